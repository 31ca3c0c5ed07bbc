"""The emulator's clock, which can be moved forward."""

from __future__ import annotations

import threading
import time

from ..refusals import RefusedError
from ..store import Store
from ..times import LAST

__all__ = ["Clock"]

_MILLISECOND = 1_000_000  # in nanoseconds
_SKIPPED = "skipped_ms"


class Clock:
    """The time as tasks see it: the machine's, plus what was skipped.

    It never goes back: if the clock of the machine is set back, it continues from where it was. After a restart it
    continues from the latest time of a task.

    Args:
        store: Holds the time that was skipped, and the tasks.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._skipped = int(store.numbers.get(_SKIPPED))
        self._lock = threading.Lock()
        self._at = time.monotonic_ns()
        self._machine = ((store.tasks.last_update() or 0) - self._skipped) * _MILLISECOND

    def now(self) -> int:
        """Return the time, in milliseconds since 1970."""
        with self._lock:
            before, self._at = self._at, time.monotonic_ns()
            self._machine = max(time.time_ns(), self._machine + self._at - before)
            return self._machine // _MILLISECOND + self._skipped

    def skip(self, seconds: float) -> None:
        """Move the clock forward, for good.

        Args:
            seconds: How far; not negative.

        Raises:
            RefusedError: It would go back, or beyond the year 9999.
        """
        milliseconds = round(seconds * 1000) if 0 <= seconds <= LAST else -1
        if milliseconds < 0 or self.now() + milliseconds > LAST:
            raise RefusedError(f"The clock cannot be moved by {seconds} seconds.")
        self._store.numbers.set(_SKIPPED, self._skipped + milliseconds)
        self._skipped += milliseconds

    def reset(self) -> None:
        """Return to the machine's time."""
        with self._lock:
            self._skipped = 0
            self._machine = 0
