"""A program that creates tasks in bulk with any executor, to be killed and run again.

    python -m contract_tests.support.programs.killed EXECUTOR INDEX_ID LEDGER FILE...

`EXECUTOR` is `threads`, `processes` or `dask`. The key and the URL of the platform are in its environment. Prints, as
JSON, what became of each file, and how many uploads of unknown outcome were found, unclear, and retried.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from twelvelabs_tasks import TwelveLabs

SETTLING_SECONDS = 0.3
WORKER_TIMEOUT = 3.0
SAID = {"Found": "found", "Unclear": "unclear", "Sending": "sent again"}


class Counting(logging.Handler):
    """Counts what the library says of uploads whose outcome was unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count a message."""
        word = record.getMessage().partition(" ")[0]
        if word in SAID:
            self.counts[SAID[word]] += 1


@contextmanager
def executor_of(kind: str) -> Iterator[Executor | None]:
    """Yield an executor, `None` for the threads of the library."""
    if kind == "processes":
        with ProcessPoolExecutor(2) as pool:
            yield pool
    elif kind == "dask":
        from dask import config
        from distributed import Client, LocalCluster

        config.set({"distributed.scheduler.allowed-failures": 0})
        cluster = LocalCluster(  # type: ignore[no-untyped-call]  # It has no annotations.
            n_workers=2, threads_per_worker=1, dashboard_address=":0"
        )
        with cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]  # Nor has this.
            yield client.get_executor()
    else:
        yield None


def main(kind: str, index_id: str, ledger: str, *files: str) -> None:
    counting = Counting()
    logger = logging.getLogger("twelvelabs_tasks")
    logger.addHandler(counting)
    logger.setLevel(logging.INFO)
    with executor_of(kind) as executor, TwelveLabs() as client:
        results = client.tasks.create_bulk(
            index_id=index_id,
            video_files=files,
            ledger=ledger,
            executor=executor,
            settling_seconds=SETTLING_SECONDS,
            worker_timeout=WORKER_TIMEOUT,
        )
    became: dict[str, Any] = {
        str(result.input): result.task.id if result.task else type(result.error).__name__ for result in results
    }
    sys.stdout.write(json.dumps({"became": became, "counts": counting.counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
