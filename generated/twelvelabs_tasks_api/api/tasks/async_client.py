# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The methods of `client.tasks`, for async clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...operations import AsyncTransport

if TYPE_CHECKING:
    from ...models import (
        ListTasksSortBy,
        ListTasksSortOption,
        TasksListRequestStatusItem,
        TasksRetrieveResponse,
        VideoIndexingTask,
    )
    from ...operations import RequestOptions
    from ...pagers import AsyncPager
    from .async_raw_client import AsyncRawTasksClient

__all__ = ("AsyncTasksClient",)


class AsyncTasksClient:
    """Video indexing tasks, each of which uploads and indexes one video. Reached as `client.tasks`. Its methods are
    awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> AsyncRawTasksClient:
        """The same methods, each returning a `RawResponse`: its result with the response it was read from."""
        from .async_raw_client import AsyncRawTasksClient

        return AsyncRawTasksClient(self._transport)

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
        """List video indexing tasks.

        Returns one page of the account's tasks, by default the newest first. Filters are combined: a task is returned
        if it meets all of them. The list is empty if no task meets the filters, or if the page is beyond the last.

        Args:
            page: The page to return, counted from 1. Default: 1.
            page_limit: The number of tasks per page. From 1 to 50. Default: 10.
            sort_by: The time to sort by, that of creation or of the last update. One of `"created_at"`, `"updated_at"`.
                Default: "created_at".
            sort_option: The sort order, ascending or descending. One of `"asc"`, `"desc"`. Default: "desc".
            index_id: Only tasks of this index.
            status: Only tasks with one of these statuses. Repeat the parameter for several statuses. One of `"ready"`,
                `"uploading"`, `"validating"`, `"pending"`, `"queued"`, `"indexing"`, `"failed"`.
            filename: Only tasks whose video has this filename.
            duration: Only tasks whose video lasts this long, in seconds, to within half a second.
            width: Only tasks whose video has this width, in pixels.
            height: Only tasks whose video has this height, in pixels.
            created_at: Only tasks created on the day (UTC) of this time, at or after it.
            updated_at: Only tasks last updated on the day (UTC) of this time, at or after it.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            A page of tasks. Iterating over it yields the items of this page and of all that follow, fetched as they are
            reached.

        Raises:
            errors.BadRequestError: 400 (`parameter_invalid`, `parameter_not_provided`, `parameter_unknown`): The
                request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response, even after all retries.

        Example:
            async for item in await client.tasks.list():
                print(item)
        """
        from .list_tasks import list_tasks

        operation = list_tasks(
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
        )
        return await self._transport.pages(operation, request_options)

    async def retrieve(self, task_id: str, *, request_options: RequestOptions | None = None) -> TasksRetrieveResponse:
        """Retrieve a video indexing task.

        Returns the current state of the task, with the metadata and the HLS stream (if any) of its video.

        Args:
            task_id: The unique identifier of the video indexing task.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            The task.

        Raises:
            ValueError: `task_id` is empty or a dot segment.
            errors.BadRequestError: 400 (`parameter_invalid`, `parameter_not_provided`, `parameter_unknown`): The
                request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.NotFoundError: 404 (`resource_not_exist`): A resource that the request names does not exist.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response, even after all retries.

        Example:
            result = await client.tasks.retrieve("62a1ec6d9ea24f052b971a0f")
            print(result)
        """
        from .retrieve_task import retrieve_task

        operation = retrieve_task(task_id)
        return await self._transport.call(operation, request_options)

    async def delete(self, task_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a video indexing task.

        Permanently deletes the task. Only a task that is `ready` or `failed` can be deleted, and one that is `ready`
        only after its video vector has been deleted with `delete_video`.

        Args:
            task_id: The unique identifier of the video indexing task.
            request_options: Options for this request only. Default: those of the client.

        Raises:
            ValueError: `task_id` is empty or a dot segment.
            errors.BadRequestError: 400 (`task_cannot_be_deleted`, `parameter_invalid`): The task cannot be deleted in
                its current state, or the request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.NotFoundError: 404 (`resource_not_exist`): A resource that the request names does not exist.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response, even after all retries.

        Example:
            await client.tasks.delete("62a1ec6d9ea24f052b971a0f")
        """
        from .delete_task import delete_task

        operation = delete_task(task_id)
        return await self._transport.call(operation, request_options)
