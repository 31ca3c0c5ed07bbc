"""`client.tasks` of the async client: the methods of `TasksClient`, awaited."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from twelvelabs_tasks_api.api.tasks import list_tasks

from .. import errors
from ..core.files import File
from ..core.pagers import AsyncPager
from ..core.redaction import hide_api_key
from ..core.request_options import RequestOptions
from ..core.transport import AsyncTransport
from ..core.uploads import OnProgress
from ..types import (
    ListTasksSortBy,
    ListTasksSortOption,
    TasksCreateResponse,
    TasksListRequestStatusItem,
    TasksRetrieveResponse,
    VideoIndexingTask,
)
from .calls import TaskPage, create_call, delete_call, retrieve_call, statuses
from .many.async_client import AsyncManyTasksClient
from .reconciling import PAGE_LIMIT, Search, check_choice
from .transfers.client import AsyncTransfersClient
from .waiting import WaitForOne

if TYPE_CHECKING:
    from .raw_client import AsyncRawTasksClient

__all__ = ["AsyncTasksClient"]


class AsyncTasksClient(AsyncManyTasksClient):
    """The async twin of `TasksClient`: the same methods, awaited. Reached as `client.tasks`."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport)
        self.transfers = AsyncTransfersClient(transport)

    @property
    def with_raw_response(self) -> AsyncRawTasksClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import AsyncRawTasksClient  # here, because it is made of this class

        return AsyncRawTasksClient(self._transport)

    async def create(
        self,
        *,
        index_id: str,
        video_file: File | None = None,
        video_url: str | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | Mapping[str, Any] | None = None,
        preflight: bool = False,
        on_progress: OnProgress | None = None,
        on_unknown: Literal["raise", "reconcile"] = "raise",
        request_options: RequestOptions | None = None,
    ) -> TasksCreateResponse:
        """Create a video indexing task, as `TasksClient.create` does.

        The file is opened, read and looked into off the event loop. `on_progress` may be async or plain. Where the call
        is cancelled, the platform may have made the task, as when the answer is lost.
        """
        check_choice(on_unknown)
        call = create_call(
            index_id=index_id,
            video_file=video_file,
            video_url=video_url,
            enable_video_stream=enable_video_stream,
            user_metadata=user_metadata,
            preflight=preflight,
            on_progress=on_progress,
            request_options=request_options,
        )
        try:
            return await self._transport.call(call)
        except errors.CreateOutcomeUnknown as lost:
            if on_unknown == "raise":
                raise
            return await self._reconcile(lost)

    async def _reconcile(self, lost: errors.CreateOutcomeUnknown) -> TasksCreateResponse:
        from anyio import sleep  # only async clients need it, and httpx has it

        search = Search(lost)
        for pause in search.pauses():
            await sleep(pause)
            with search.looking():
                page: AsyncPager[VideoIndexingTask] | None
                page = await self.list(index_id=lost.index_id, page_limit=PAGE_LIMIT)
                while page is not None and search.take(page.items, page.response):
                    page = await page.next_page()
        return search.result()

    async def retrieve(self, task_id: str, *, request_options: RequestOptions | None = None) -> TasksRetrieveResponse:
        """Retrieve a video indexing task, as `TasksClient.retrieve` does."""
        return await self._transport.call(retrieve_call(task_id, request_options))

    async def wait_for_done(
        self,
        task_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[TasksRetrieveResponse], Awaitable[object] | object] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the whole wait is bounded, and the error carries the task
        request_options: RequestOptions | None = None,
    ) -> TasksRetrieveResponse:
        """Wait until a task is done, as `TasksClient.wait_for_done` does. The callback may be async or plain."""
        from anyio import sleep  # only async clients need it, and httpx has it

        wait = WaitForOne(task_id, sleep_interval, timeout)
        while True:
            task = None
            with wait.checking():
                task = await self.retrieve(task_id, request_options=request_options)
            if task is not None:
                if callback is not None:
                    returned = callback(task)
                    if inspect.isawaitable(returned):
                        await returned
                if wait.is_done(task):
                    return task
            await sleep(wait.pause())

    async def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: ListTasksSortBy | None = None,
        sort_option: ListTasksSortOption | None = None,
        index_id: str | None = None,
        status: TasksListRequestStatusItem | Sequence[TasksListRequestStatusItem] | None = None,
        filename: str | None = None,
        duration: float | None = None,
        width: int | None = None,
        height: int | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncPager[VideoIndexingTask]:
        """List the video indexing tasks, as `TasksClient.list` does.

        Example:
            async for task in await client.tasks.list(status="ready"):
                print(task.id)
        """
        request = list_tasks.get_kwargs(
            page=page,
            page_limit=page_limit,
            sort_by=sort_by,
            sort_option=sort_option,
            index_id=index_id,
            status=statuses(status),
            filename=filename,
            duration=duration,
            width=width,
            height=height,
            created_at=created_at,
            updated_at=updated_at,
        )
        return await self._page(TaskPage(request, page or 1, request_options))

    async def _page(self, page: TaskPage) -> AsyncPager[VideoIndexingTask]:
        answer, response = await self._transport.call_with_response(page.call)
        hide_api_key(response)
        return AsyncPager(*page.contents(answer), response, lambda: self._page(page.next()))

    async def delete(self, task_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a video indexing task, as `TasksClient.delete` does."""
        await self._transport.call(delete_call(task_id, request_options))
