"""`client.indexes.videos.with_raw_response`: the same method, which returns the platform's answer as well."""

from __future__ import annotations

from ...core.raw import with_answer, with_awaited_answer
from ...core.transport import AsyncTransport, SyncTransport
from .client import AsyncVideosClient, VideosClient

__all__ = ["AsyncRawVideosClient", "RawVideosClient"]


class RawVideosClient:
    """The method of `VideosClient`, returning a `RawResponse`."""

    def __init__(self, transport: SyncTransport) -> None:
        self.delete = with_answer(transport, VideosClient, VideosClient.delete)


class AsyncRawVideosClient:
    """The async twin of `RawVideosClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.delete = with_awaited_answer(transport, AsyncVideosClient, AsyncVideosClient.delete)
