"""`client.indexes`."""

from __future__ import annotations

from ..core._async_transport import AsyncTransport
from ..core._sync_transport import SyncTransport
from .videos import AsyncVideosClient, VideosClient

__all__ = ["AsyncIndexesClient", "IndexesClient"]


class IndexesClient:
    """Indexes: only their videos, and of these only what the deletion of a task needs."""

    def __init__(self, transport: SyncTransport) -> None:
        self.videos = VideosClient(transport)


class AsyncIndexesClient:
    """The async twin of `IndexesClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.videos = AsyncVideosClient(transport)
