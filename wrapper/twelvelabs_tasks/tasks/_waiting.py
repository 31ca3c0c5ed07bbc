"""The steps of `wait_for_done`, and the rules of all waits: which errors they survive, and when they give up."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from twelvelabs_tasks_api.api.tasks.retrieve_task import retrieve_task

from .. import errors
from ..core._attempts import call_steps
from ..core._calls import Call
from ..core._request_options import RequestOptions
from ..core._steps import Notify, Sleep, Steps
from ..core._transport import Transport
from ..types import TasksRetrieveResponse, VideoIndexingTask

__all__ = ["Wait", "is_done", "wait_for_done_steps"]

logger = logging.getLogger("twelvelabs_tasks")

DONE = frozenset({"ready", "failed"})
LONGEST = 1e8  # seconds; whoever waits for years waits for ever
GRACE = 0.5  # seconds after the timeout for which a response that is on its way is still waited for


def is_done(task: VideoIndexingTask) -> bool:
    """Whether a task is `ready` or `failed`."""
    return task.status in DONE


class Wait:
    """A wait that checks, sleeps and checks again.

    Args:
        what: What is waited for, for the log.
        sleep_interval: The seconds between two status checks, greater than 0.
        timeout: The seconds after which to give up, `None` for never.

    Attributes:
        timeout: Those seconds.
        deadline: When to stop waiting for a response, on the monotonic clock, in seconds; `None` for never.
    """

    def __init__(self, what: str, sleep_interval: float, timeout: float | None) -> None:
        if not 0 < sleep_interval < math.inf:
            raise ValueError(f"sleep_interval must be a finite number greater than 0, but is {sleep_interval}")
        if timeout is not None and not timeout >= 0:
            raise ValueError(f"timeout must be at least 0, but is {timeout}")
        self._what = what
        self._sleep_interval = sleep_interval
        self.timeout = timeout
        self._end = math.inf if timeout is None or timeout > LONGEST else time.monotonic() + timeout
        self.deadline = None if self._end == math.inf else self._end + GRACE

    @contextmanager
    def log_passing_errors(self) -> Iterator[None]:
        """Log an error that may pass, so that waiting continues; let all others end it."""
        try:
            yield
        except (errors.ApiConnectionError, errors.TooManyRequestsError, errors.InternalServerError) as error:
            logger.warning("%s could not be checked, trying again: %s", self._what, error)

    def pause(self) -> Sleep | None:
        """Return the pause until the next check; `None` when there is no time left."""
        return Sleep(min(self._sleep_interval, self.left)) if self.left > 0 else None

    @property
    def left(self) -> float:
        """The seconds until the timeout, infinitely many if there is none."""
        return self._end - time.monotonic()


def wait_for_done_steps(
    transport: Transport[Any],
    task_id: str,
    sleep_interval: float,
    timeout: float | None,
    callback: Callable[[TasksRetrieveResponse], object] | None,
    options: RequestOptions | None,
) -> Steps[TasksRetrieveResponse]:
    """Return the steps of waiting for one task; their result is the task, `ready` or `failed`."""
    wait = Wait(f"Task {task_id}", sleep_interval, timeout)
    return _wait_steps(transport, wait, task_id, callback, options)


def _wait_steps(
    transport: Transport[Any],
    wait: Wait,
    task_id: str,
    callback: Callable[[TasksRetrieveResponse], object] | None,
    options: RequestOptions | None,
) -> Steps[TasksRetrieveResponse]:
    seen: TasksRetrieveResponse | None = None
    while True:
        task: TasksRetrieveResponse | None = None
        with wait.log_passing_errors():
            task, _ = yield from call_steps(transport, Call(retrieve_task(task_id), options), wait.deadline)
        if task is not None:
            seen = task
            if callback is not None:
                yield Notify(callback, task)
            if is_done(task):
                return task
        pause = wait.pause()
        if pause is None:
            status = "was never seen" if seen is None else f"is still {seen.status!r}"
            raise errors.WaitTimeoutError(
                f"Timed out after {wait.timeout:g} seconds: task {task_id} {status}", task=seen
            )
        yield pause
