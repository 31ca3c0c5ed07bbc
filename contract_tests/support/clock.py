"""A clock that stands still until somebody sleeps, so that nothing waits in a test.

It does so for the thread that asked for it: servers that run next to the test keep their time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

__all__ = ["Clock", "stop_clock"]


class Clock:
    """The time, and how long was slept.

    Attributes:
        now: The seconds since the clock was made.
        slept: How long each sleep was, in seconds.
    """

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._thread = threading.get_ident()
        self._monotonic, self._sleep = time.monotonic, time.sleep

    def monotonic(self) -> float:
        """Replace `time.monotonic`."""
        return self.now if threading.get_ident() == self._thread else self._monotonic()

    def sleep(self, seconds: float) -> None:
        """Replace `time.sleep`."""
        if threading.get_ident() != self._thread:
            self._sleep(seconds)
            return
        self.slept.append(seconds)
        self.now += seconds

    async def sleep_async(self, delay: float) -> None:
        """Replace `anyio.sleep`."""
        self.sleep(delay)


@contextmanager
def stop_clock() -> Iterator[Clock]:
    """Put a clock in place of the time of this process."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", clock.sleep)
        patch.setattr("time.monotonic", clock.monotonic)
        patch.setattr("anyio.sleep", clock.sleep_async)
        yield clock
