# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The methods of `client.indexes.videos`, for async clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import AsyncTransport

if TYPE_CHECKING:
    from ...operations import RequestOptions
    from .async_raw_client import AsyncRawVideosClient

__all__ = ("AsyncVideosClient",)


class AsyncVideosClient:
    """Indexed videos. Only what is needed to delete a task that is `ready`. Reached as `client.indexes.videos`. Its
    methods are awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> AsyncRawVideosClient:
        """The same methods, each returning a `RawResponse`: its result with the response it was read from."""
        from .async_raw_client import AsyncRawVideosClient

        return AsyncRawVideosClient(self._transport)

    async def delete(self, index_id: str, video_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a video vector.

        Permanently deletes everything that the index holds about a video. A task that is `ready` can be deleted only
        afterwards.

        Args:
            index_id: The unique identifier of the index that holds the video.
            video_id: The unique identifier of the video whose vector to delete.
            request_options: Options for this request only. Default: those of the client.

        Raises:
            ValueError: `index_id` or `video_id` is empty or a dot segment.
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
            await client.indexes.videos.delete("6298d673f1090f1100476d4c", "62a1ec6d9ea24f052b971a0f")
        """
        from .delete_video import delete_video

        operation = delete_video(index_id, video_id)
        return await self._transport.call(operation, request_options)
