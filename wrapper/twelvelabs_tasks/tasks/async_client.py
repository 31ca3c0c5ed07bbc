"""`client.tasks` of the async client: the methods of `TasksClient`, awaited."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

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
from .calls import TaskPage, create_call, delete_call, first_page, retrieve_call
from .creating import check_choice, create_steps
from .many.async_client import AsyncManyTasksClient
from .transfers.client import AsyncTransfersClient
from .waiting import wait_for_done_steps

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
        check_choice("on_unknown", on_unknown, "raise", "reconcile")
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
        return await self._transport.run(create_steps(self._transport, call, on_unknown))

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
        steps = wait_for_done_steps(self._transport, task_id, sleep_interval, timeout, callback, request_options)
        return await self._transport.run(steps)

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
        first = first_page(
            page=page,
            page_limit=page_limit,
            sort_by=sort_by,
            sort_option=sort_option,
            index_id=index_id,
            status=status,
            filename=filename,
            duration=duration,
            width=width,
            height=height,
            created_at=created_at,
            updated_at=updated_at,
            request_options=request_options,
        )
        return await self._page(first)

    async def _page(self, page: TaskPage) -> AsyncPager[VideoIndexingTask]:
        answer, response = await self._transport.call_with_response(page.call)
        hide_api_key(response)
        return AsyncPager(*page.contents(answer), response, lambda: self._page(page.next()))

    async def delete(self, task_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a video indexing task, as `TasksClient.delete` does."""
        await self._transport.call(delete_call(task_id, request_options))
