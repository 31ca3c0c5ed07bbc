"""The pace of a bulk creation: when the API makes one upload wait, all wait."""

from __future__ import annotations

import logging
import time

from ...core._retries import retry_after_of
from .uploads import BulkUpload

__all__ = ["Pace"]

logger = logging.getLogger("twelvelabs_tasks")

SHORTEST, LONGEST = 0.5, 8.0  # seconds, where the platform does not say how long to wait, or says so in vain
MOST_IN_A_ROW = 10  # refusals of an input while the platform takes in no other either, before it is given up
MOST_REFUSALS = 50  # of an input while it takes in others


class Pace:
    """The pause that all uploads of a bulk creation share, and how many are sent at once.

    Args:
        max_concurrency: How many at most.

    Attributes:
        concurrency: How many now: half as many after a pause, and one more after as many successes, so that what the
            platform does not take is not sent over and over.
    """

    def __init__(self, max_concurrency: int) -> None:
        self._max_concurrency = self.concurrency = max_concurrency
        self._ends = time.monotonic()
        self._pauses = 0  # since the last success
        self._successes = 0
        self._successes_to_grow = 0
        self._in_a_row: dict[BulkUpload, tuple[int, int]] = {}  # refusals, and the successes that there were then

    @property
    def pause(self) -> float:
        """The seconds that are left of the pause, 0 if there is none."""
        return max(0.0, self._ends - time.monotonic())

    def is_hopeless(self, upload: BulkUpload) -> bool:
        """Take note that an upload was refused; return whether to give it up."""
        count, successes = self._in_a_row.get(upload, (0, 0))
        count = count + 1 if successes == self._successes else 1
        self._in_a_row[upload] = (count, self._successes)
        upload.refusals += 1
        return count >= MOST_IN_A_ROW or upload.refusals >= MOST_REFUSALS

    def slow_down(self, error: Exception) -> None:
        """Make a pause, as long as the platform asked for, or else twice as long as the one before."""
        asked = retry_after_of(error)
        is_new = not self.pause
        if is_new:
            self._pauses += 1
            self.concurrency = max(1, self.concurrency // 2)
            self._successes_to_grow = self.concurrency
        elif asked is None:  # It was sent before the pause, and says nothing new.
            return
        seconds = min(SHORTEST * 2.0 ** min(self._pauses - 1, 16), LONGEST)
        if asked is not None:
            # What it asks for was too short, if it refuses for the third time in a row.
            seconds = asked if self._pauses < 3 else max(asked, seconds / 4)
        if is_new:
            logger.warning("All uploads wait for %.1f s: %s", seconds, error)
        self._ends = max(self._ends, time.monotonic() + seconds)

    def go_on(self) -> None:
        """Take note that the platform accepts uploads again."""
        self._pauses = 0
        self._successes += 1
        self._successes_to_grow -= 1
        if self._successes_to_grow <= 0:
            self.concurrency = min(self._max_concurrency, self.concurrency + 1)
            self._successes_to_grow = self.concurrency
