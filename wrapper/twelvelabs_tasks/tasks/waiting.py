"""The rules of `wait_for_done`, apart from who sleeps and who retrieves."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .. import errors
from ..types import TasksRetrieveResponse

__all__ = ["Wait"]

logger = logging.getLogger("twelvelabs_tasks")

DONE = frozenset({"ready", "failed"})


class Wait:
    """One wait for one task: what was seen last, whether to go on, and how long to sleep.

    Args:
        task_id: The task that is waited for.
        sleep_interval: The seconds between two status checks, greater than 0.
        timeout: The seconds after which to give up, `None` for never.
    """

    def __init__(self, task_id: str, sleep_interval: float, timeout: float | None) -> None:
        if not sleep_interval > 0:
            raise ValueError(f"sleep_interval must be greater than 0, but is {sleep_interval}")
        self._task_id = task_id
        self._sleep_interval = sleep_interval
        self._timeout = timeout
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._task: TasksRetrieveResponse | None = None

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Log an error that may pass, so that the wait goes on; let all others end it."""
        try:
            yield
        except (errors.ApiConnectionError, errors.TooManyRequestsError, errors.InternalServerError) as error:
            logger.warning("Task %s could not be checked, trying again: %s", self._task_id, error)

    def is_done(self, task: TasksRetrieveResponse) -> bool:
        """Take note of a task that was retrieved; return whether it is `ready` or `failed`."""
        self._task = task
        return task.status in DONE

    def pause(self) -> float:
        """Return the seconds to sleep until the next check; raise WaitTimeoutError when there is no time left."""
        if self._deadline is None:
            return self._sleep_interval
        left = self._deadline - time.monotonic()
        if left <= 0:
            status = "was never seen" if self._task is None else f"is {self._task.status!r}"
            raise errors.WaitTimeoutError(
                f"Task {self._task_id} {status} after {self._timeout:g} seconds", task=self._task
            )
        return min(self._sleep_interval, left)
