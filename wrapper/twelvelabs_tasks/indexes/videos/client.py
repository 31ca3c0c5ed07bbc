"""`client.indexes.videos`: delete a video vector, so that its task can be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twelvelabs_tasks_api.api.videos import delete_video

from ...core.calls import Call, no_content
from ...core.request_options import RequestOptions
from ...core.transport import AsyncTransport, SyncTransport

if TYPE_CHECKING:
    from .raw_client import AsyncRawVideosClient, RawVideosClient

__all__ = ["AsyncVideosClient", "VideosClient"]


class VideosClient:
    """The videos of an index. Reached as `client.indexes.videos`."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> RawVideosClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import RawVideosClient  # here, because it is made of this class

        return RawVideosClient(self._transport)

    def delete(self, index_id: str, video_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete everything that an index knows of a video, for good.

        Args:
            index_id: The unique identifier of the index that holds the video.
            video_id: The unique identifier of the video.
            request_options: Options for this request only.

        Raises:
            ValueError: An identifier is empty or a dot segment.
            errors.NotFoundError: There is no such index or video; or, after an answer that was lost, no longer.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            client.indexes.videos.delete("6298d673f1090f1100476d4c", "62a1ec6d9ea24f052b971a0f")
        """
        self._transport.call(_delete_call(index_id, video_id, request_options))


class AsyncVideosClient:
    """The async twin of `VideosClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> AsyncRawVideosClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import AsyncRawVideosClient  # here, because it is made of this class

        return AsyncRawVideosClient(self._transport)

    async def delete(self, index_id: str, video_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete everything that an index knows of a video, as `VideosClient.delete` does."""
        await self._transport.call(_delete_call(index_id, video_id, request_options))


def _delete_call(index_id: str, video_id: str, options: RequestOptions | None) -> Call[None]:
    return Call(delete_video.get_kwargs(index_id, video_id), no_content, options)
