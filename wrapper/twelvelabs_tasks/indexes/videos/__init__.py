"""The videos of an index: only what the deletion of a task needs."""

from .client import AsyncVideosClient, VideosClient

__all__ = ["AsyncVideosClient", "VideosClient"]
