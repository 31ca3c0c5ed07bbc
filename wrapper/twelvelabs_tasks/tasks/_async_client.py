"""`client.tasks` of the async client: the plain methods of the contract, uploads, and waiting."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from twelvelabs_tasks_api.api.tasks.async_client import AsyncTasksClient as PlainAsyncTasksClient

from ..core._request_options import RequestOptions
from . import _async_create

if TYPE_CHECKING:
    from ..core._async_transport import AsyncTransport
    from ..types import TasksRetrieveResponse, VideoIndexingTask
    from ._raw_client import AsyncRawTasksClient
    from .transfers import AsyncTransfersClient

__all__ = ["AsyncTasksClient"]


class AsyncTasksClient(PlainAsyncTasksClient):
    """The async twin of `TasksClient`: the same methods, awaited. Reached as `client.tasks`."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport)
        self._runner = transport

    @cached_property
    def transfers(self) -> AsyncTransfersClient:
        """Imports of all videos of a cloud storage integration (deprecated by the API)."""
        from .transfers import AsyncTransfersClient

        return AsyncTransfersClient(self._transport)

    @property
    def with_raw_response(self) -> AsyncRawTasksClient:
        """The same methods, each returning a `RawResponse`: its result with the response it was read from."""
        from ._raw_client import AsyncRawTasksClient  # here, because it is made of this class

        return AsyncRawTasksClient(self._runner)

    create = _async_create.create
    create_bulk = _async_create.create_bulk

    async def wait_for_done(
        self,
        task_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[TasksRetrieveResponse], Awaitable[object] | object] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the whole wait is bounded, and the error carries what was seen
        request_options: RequestOptions | None = None,
    ) -> TasksRetrieveResponse:
        """Wait until a video indexing task is done: `ready`, or `failed`, for which the API gives no reason.

        Connection errors, 429 and 5xx are logged, and waiting continues; every other error ends it.

        Args:
            task_id: The unique identifier of the task to wait for.
            sleep_interval: The time between two status checks, in seconds. Default: 5.0.
            callback: Called with the task after every successful status check, the first and the last included. It
                may be async.
            timeout: The time after which to give up, in seconds, at most a second later. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The task, `ready` or `failed`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or `task_id` is empty or a dot segment.
            errors.WaitTimeoutError: The task is not done after `timeout`. Its `task` is the task as last seen.
            errors.NotFoundError: There is no such task.
            errors.ApiError: The API rejected a request with a non-transient error.

        Example:
            task = await client.tasks.wait_for_done("62a1ec6d9ea24f052b971a0f", callback=print)
            if task.status != "ready":
                raise RuntimeError(f"Indexing failed with status {task.status}")
        """
        from ._waiting import wait_for_done_steps

        steps = wait_for_done_steps(self._runner, task_id, sleep_interval, timeout, callback, request_options)
        return await self._runner.run(steps)

    async def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], Awaitable[object] | object] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the whole wait is bounded, and the error carries what was seen
        request_options: RequestOptions | None = None,
    ) -> builtins.list[VideoIndexingTask]:
        """Wait until many video indexing tasks are done: each `ready`, or `failed`.

        Their status is read from the list of tasks, 50 at once, the newest first and only as far as needed; so waiting
        for the newest 1,000 tasks of an index takes about 20 requests a round. A task that the list does not show is
        retrieved on its own. Errors are handled as by `wait_for_done`.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. Duplicates are allowed.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            callback: Called with each task that is not done yet after each check of its status, and with each that has
                just been done. It may be async.
            timeout: The time after which to give up, in seconds, at most a second later. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, `ready` or `failed`, in the order of `task_ids`, as lists show them: without `hls`, which takes a
            `retrieve`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: Not all tasks are done after `timeout`. Its `tasks` are the tasks as last seen.
            errors.NotFoundError: There is no such task, perhaps not any more.
            errors.ApiError: The API rejected a request with a non-transient error.

        Example:
            tasks = await client.tasks.wait_for_all(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"])
            print([task.status for task in tasks])
        """
        from ._many.waiting import WaitForMany

        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return await self._runner.run(wait.all_steps(self._runner, callback))

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncIterator[VideoIndexingTask]:
        """Yield each of many video indexing tasks once, as soon as it is `ready` or `failed`.

        It asks as `wait_for_all` does, and only while it is iterated over. It is iterated over, not awaited.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. Duplicates are allowed.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            timeout: The time after which to give up, in seconds from this call on. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, in the order in which they were found to be done, as lists show them: without `hls`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: While iterating, as by `wait_for_all`; so are the errors of the API.

        Example:
            async for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        from ._many.waiting import AsyncCompleted, WaitForMany

        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return AsyncCompleted(self._runner, wait)
