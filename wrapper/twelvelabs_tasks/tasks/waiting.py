"""The rules of `wait_for_done`, apart from who sleeps and who retrieves. Those of all waits are in `Wait`."""

from __future__ import annotations

import logging
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from .. import errors
from ..types import TasksRetrieveResponse, VideoIndexingTask

__all__ = ["Wait", "WaitForOne", "is_done"]

logger = logging.getLogger("twelvelabs_tasks")

DONE = frozenset({"ready", "failed"})


def is_done(task: VideoIndexingTask) -> bool:
    """Whether a task is `ready` or `failed`."""
    return task.status in DONE


class Wait(ABC):
    """A wait that checks, sleeps and checks again: which errors it survives, how long it sleeps, when it gives up.

    Args:
        what: What is waited for, for the log.
        sleep_interval: The seconds between two status checks, greater than 0.
        timeout: The seconds after which to give up, `None` for never.
    """

    def __init__(self, what: str, sleep_interval: float, timeout: float | None) -> None:
        if not sleep_interval > 0:
            raise ValueError(f"sleep_interval must be greater than 0, but is {sleep_interval}")
        self._what = what
        self._sleep_interval = sleep_interval
        self._deadline = None if timeout is None else time.monotonic() + timeout

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Log an error that may pass, so that the wait goes on; let all others end it."""
        try:
            yield
        except (errors.ApiConnectionError, errors.TooManyRequestsError, errors.InternalServerError) as error:
            logger.warning("%s could not be checked, trying again: %s", self._what, error)

    def pause(self) -> float:
        """Return the seconds to sleep until the next check; raise WaitTimeoutError when there is no time left."""
        left = self.left
        if left <= 0:
            raise self.timed_out()
        return min(self._sleep_interval, left)

    @property
    def left(self) -> float:
        """The seconds until the timeout, infinitely many if there is none."""
        return math.inf if self._deadline is None else self._deadline - time.monotonic()

    @abstractmethod
    def timed_out(self) -> errors.WaitTimeoutError:
        """Return the exception that says what is not done yet."""


class WaitForOne(Wait):
    """One wait for one task, and how the task was seen last."""

    def __init__(self, task_id: str, sleep_interval: float, timeout: float | None) -> None:
        super().__init__(f"Task {task_id}", sleep_interval, timeout)
        self._timeout = timeout
        self._task: TasksRetrieveResponse | None = None

    def is_done(self, task: TasksRetrieveResponse) -> bool:
        """Take note of a task that was retrieved; return whether it is `ready` or `failed`."""
        self._task = task
        return is_done(task)

    def timed_out(self) -> errors.WaitTimeoutError:
        status = "was never seen" if self._task is None else f"is {self._task.status!r}"
        return errors.WaitTimeoutError(f"{self._what} {status} after {self._timeout:g} seconds", task=self._task)
