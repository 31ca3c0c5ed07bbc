"""A program that creates tasks in bulk, to be killed, or to be run on a machine whose clock is wrong.

    python -m contract_tests.support.programs.lost CLOCK_AHEAD MAX_CONCURRENCY INDEX_ID LEDGER FILE...

`CLOCK_AHEAD` is in seconds. The key and the URL of the platform are in its environment.
"""

from __future__ import annotations

import datetime
import sys
import time
from typing import Self

SETTLING_SECONDS = 0.02


def set_clock(ahead: float) -> None:
    """Set the clock ahead for all modules that are imported from now on, as the library is."""
    right_time = time.time

    class ShiftedDatetime(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Self:
            return cls.fromtimestamp(right_time() + ahead, tz)

    time.time = lambda: right_time() + ahead
    datetime.datetime = ShiftedDatetime  # type: ignore[misc]


def main(clock_ahead: str, max_concurrency: str, index_id: str, ledger: str, *files: str) -> None:
    if float(clock_ahead):
        set_clock(float(clock_ahead))
    from twelvelabs_tasks import TwelveLabs

    with TwelveLabs() as client:
        client.tasks.create_bulk(
            index_id=index_id,
            video_files=files,
            ledger=ledger,
            max_concurrency=int(max_concurrency),
            settling_seconds=SETTLING_SECONDS,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
