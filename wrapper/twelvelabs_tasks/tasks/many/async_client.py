"""What `client.tasks` of the async client does with many tasks at once: the methods of `ManyTasksClient`, awaited."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any, Literal

from ...bulk_result import BulkResult
from ...core.files import File
from ...core.request_options import RequestOptions
from ...core.transport import AsyncTransport
from ...core.uploads import OnProgress
from ...types import VideoIndexingTask
from ..waiting import is_done
from .waiting import WaitForMany

__all__ = ["AsyncManyTasksClient"]


class AsyncManyTasksClient:
    """The part of `AsyncTasksClient` that is about many tasks at once."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], Awaitable[object] | object] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the whole wait is bounded, and the error carries the tasks
        request_options: RequestOptions | None = None,
    ) -> list[VideoIndexingTask]:
        """Wait until many tasks are done, as `TasksClient.wait_for_all` does. The callback may be async or plain."""
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return await self._transport.run(wait.all_steps(self._transport, callback))

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncIterator[VideoIndexingTask]:
        """Yield many tasks as they finish, as `TasksClient.as_completed` does. It is iterated over, not awaited.

        Example:
            async for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return Completed(self._transport, wait)

    async def create_bulk(
        self,
        *,
        index_id: str,
        video_files: Iterable[File] | None = None,
        video_urls: Iterable[str] | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | Mapping[str, Any] | None = None,
        preflight: bool = False,
        max_concurrency: int = 4,
        ledger: str | os.PathLike[str] | None = None,
        settling_seconds: float = 60.0,
        on_unclear: Literal["report", "send"] = "report",
        on_progress: OnProgress | None = None,
        request_options: RequestOptions | None = None,
    ) -> list[BulkResult]:
        """Create many tasks, several at once, as `TasksClient.create_bulk` does, but without executors.

        Files are read, and the iterables are taken from, off the event loop. If it is cancelled, uploads end at once.
        """
        from .async_running import run_async  # here, because only who creates in bulk pays for it
        from .plan import Plan

        plan = Plan.of(
            self._transport.settings,
            index_id=index_id,
            video_files=video_files,
            video_urls=video_urls,
            enable_video_stream=enable_video_stream,
            user_metadata=user_metadata,
            preflight=preflight,
            max_concurrency=max_concurrency,
            ledger=ledger,
            settling_seconds=settling_seconds,
            on_unclear=on_unclear,
            on_progress=on_progress,
            request_options=request_options,
        )
        return await run_async(plan, self._transport)


class Completed(AsyncIterator[VideoIndexingTask]):
    """The tasks of a wait, each when it is done. No generator, so that it may be left at any time under trio too."""

    def __init__(self, transport: AsyncTransport, wait: WaitForMany) -> None:
        self._transport = transport
        self._wait = wait
        self._done: deque[VideoIndexingTask] = deque()

    async def __anext__(self) -> VideoIndexingTask:
        while not self._done:
            if not self._wait.goes_on:
                raise StopAsyncIteration
            self._done.extend(filter(is_done, await self._transport.run(self._wait.check_steps(self._transport))))
        return self._done.popleft()
