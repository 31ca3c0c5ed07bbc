"""What `client.tasks` does with many tasks at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from ...core.request_options import RequestOptions
from ...core.transport import SyncTransport
from ...types import VideoIndexingTask
from ..waiting import is_done
from .waiting import WaitForMany

__all__ = ["ManyTasksClient"]


class ManyTasksClient:
    """The part of `TasksClient` that is about many tasks at once."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], object] | None = None,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> list[VideoIndexingTask]:
        """Wait until many video indexing tasks are done: each `ready`, or `failed`.

        Their status is read from the list of tasks, 50 at once, the newest first and only as far as needed; so waiting
        for the newest 1,000 tasks of an index takes about 20 requests a round. A task that the list does not show is
        retrieved on its own. Connection errors, 429 and 5xx are logged, and the wait goes on; every other error ends
        it.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. One may be named more than once.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            callback: Called with each task that is not done yet after each check of its status, and with each that has
                just been done.
            timeout: The time after which to give up, in seconds. Default: never. Each task is checked at least once.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, `ready` or `failed`, in the order of `task_ids`, as lists show them: without `hls`, which takes a
            `retrieve`.

        Raises:
            ValueError: `sleep_interval` is not greater than 0, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: Not all tasks are done after `timeout`. Its `tasks` are the tasks as last seen.
            errors.NotFoundError: There is no such task, perhaps not any more.
            errors.ApiError: The platform refused a request for another reason that does not pass.

        Example:
            tasks = client.tasks.wait_for_all(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"])
            print([task.status for task in tasks])
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        while wait.goes_on:
            for task in self._check(wait):
                if callback is not None:
                    callback(task)
        return wait.results()

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Iterator[VideoIndexingTask]:
        """Yield many video indexing tasks as they finish, each once, `ready` or `failed`.

        It asks as `wait_for_all` does, and only while it is iterated over.

        Args:
            task_ids: The unique identifiers of the tasks to wait for.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            timeout: The time after which to give up, in seconds from this call on. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, in the order in which they were found to be done, as lists show them: without `hls`.

        Raises:
            ValueError: `sleep_interval` is not greater than 0, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: While iterating, as `wait_for_all`; so do the errors of the platform.

        Example:
            for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return self._completed(wait)

    def _completed(self, wait: WaitForMany) -> Iterator[VideoIndexingTask]:
        while wait.goes_on:
            yield from filter(is_done, self._check(wait))

    def _check(self, wait: WaitForMany) -> list[VideoIndexingTask]:
        """Ask once, or sleep until the next round; return the tasks whose status was checked."""
        call = wait.next_call()
        if call is None:
            time.sleep(wait.pause())
            return []
        with wait.checking():
            return wait.seen(self._transport.call(call))
        return []  # an error that may pass
