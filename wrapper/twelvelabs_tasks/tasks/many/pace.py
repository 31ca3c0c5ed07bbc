"""The pace of a bulk creation: when the platform tells one upload to wait, all wait."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime

from ... import errors
from ...core.retries import retry_after

__all__ = ["Pace"]

logger = logging.getLogger("twelvelabs_tasks")

SHORTEST, LONGEST = 0.5, 8.0  # seconds, where the platform does not say how long to wait


class Pace:
    """The pause that all uploads of a bulk creation share, and how many are sent at once.

    Args:
        max_concurrency: How many at most.

    Attributes:
        concurrency: How many now: one fewer after each refusal, one more after each success, so that what the platform
            does not take is not sent over and over.
    """

    def __init__(self, max_concurrency: int) -> None:
        self._max_concurrency = self.concurrency = max_concurrency
        self._ends = time.monotonic()
        self._pauses = 0  # since the last success

    @property
    def pause(self) -> float:
        """The seconds that are left of the pause, 0 if there is none."""
        return max(0.0, self._ends - time.monotonic())

    def slow_down(self, error: Exception) -> None:
        """Make a pause, as long as the platform asked for, or else twice as long as the one before."""
        self.concurrency = max(1, self.concurrency - 1)
        headers = error.headers if isinstance(error, errors.ApiError) else {}
        seconds = retry_after(headers.get("retry-after"), datetime.now(UTC))
        if seconds is None:
            seconds = min(SHORTEST * 2.0 ** min(self._pauses, 16), LONGEST)
        if not self.pause:  # what is refused during a pause was sent before it
            self._pauses += 1
            logger.warning("All uploads wait for %.1f s: %s", seconds, error)
        self._ends = max(self._ends, time.monotonic() + seconds)

    def go_on(self) -> None:
        """Take note that the platform accepts uploads again."""
        self._pauses = 0
        self.concurrency = min(self._max_concurrency, self.concurrency + 1)
