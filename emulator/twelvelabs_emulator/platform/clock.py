"""The emulator's clock, which can be moved forward, and how its times are written."""

from __future__ import annotations

import re
import threading
import time
from datetime import UTC, datetime, timedelta

from .store import Store

_MILLISECOND = 1_000_000  # in nanoseconds
DAY = 86_400_000
"""A day, in milliseconds."""
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)


class Clock:
    """The time as tasks see it: that of the machine, and as much as was skipped.

    It never goes back: where the clock of the machine is set back, it goes on from where it was, and so it does after a
    restart from the latest time that a task has.

    Args:
        store: Where the skipped time and the tasks are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._skipped = int(store.setting("skipped_ms"))
        self._lock = threading.Lock()
        self._at = time.monotonic_ns()
        self._machine = (_latest(store) - self._skipped) * _MILLISECOND

    def now(self) -> int:
        """Milliseconds since 1970."""
        with self._lock:
            before, self._at = self._at, time.monotonic_ns()
            self._machine = max(time.time_ns(), self._machine + self._at - before)
            return self._machine // _MILLISECOND + self._skipped

    def skip(self, seconds: float) -> None:
        """Move the clock forward, for good.

        Args:
            seconds: By how much; not less than 0.

        Raises:
            ValueError: It would go backward, or beyond the year 9999.
        """
        milliseconds = round(seconds * 1000) if 0 <= seconds <= _LAST else -1
        if milliseconds < 0 or self.now() + milliseconds > _LAST:
            raise ValueError(f"The clock cannot be moved by {seconds} seconds.")
        self._store.keep_setting("skipped_ms", self._skipped + milliseconds)
        self._skipped += milliseconds

    def reset(self) -> None:
        """Go back to the machine's time."""
        with self._lock:
            self._skipped = 0
            self._machine = 0


def _latest(store: Store) -> int:
    """The latest time at which something happened to a task; 0 if nothing has."""
    with store.reading() as db:
        times = db.execute("SELECT max(created_at) FROM tasks UNION ALL SELECT max(updated_at) FROM tasks").fetchall()
    return max(row[0] or 0 for row in times)


def rfc3339(milliseconds: int) -> str:
    """A time as the platform writes it.

    Example:
        >>> rfc3339(1654750200879)
        '2022-06-09T04:50:00.879Z'
    """
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z"


def parse_rfc3339(text: str) -> int:
    """A time in any spelling of RFC 3339, in milliseconds since 1970, rounded up.

    Any year, leap second and offset that RFC 3339 allows will do; ones that lie before 1970 are negative.

    Raises:
        ValueError: It is none.
    """
    match = _RFC3339.fullmatch(text)
    if not match:
        raise ValueError(f"not a time: {text}")
    year, month, day, hour, minute, second = (int(part) for part in match.group(1, 2, 3, 4, 5, 6))
    fraction, sign, offset_hours, offset_minutes = match.group(7, 8, 9, 10)
    # The calendar repeats itself every 400 years, and `datetime` does not know the year 0.
    since_400 = datetime(400 + year % 400, month, day, tzinfo=UTC) - _EPOCH
    days = since_400.days + (year // 400 - 1) * _DAYS_IN_400_YEARS
    milliseconds = days * DAY + ((hour * 60 + minute) * 60 + second) * 1000
    if fraction:
        milliseconds += int(f"{fraction:0<3}"[:3]) + bool(fraction[3:].strip("0"))
    if sign:
        offset = (int(offset_hours) * 60 + int(offset_minutes)) * 60_000
        milliseconds -= offset if sign == "+" else -offset
    return milliseconds


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp() * 1000)
_DAYS_IN_400_YEARS = 146_097
