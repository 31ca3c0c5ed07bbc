"""The videos of an index: only what the deletion of a task needs."""

from twelvelabs_tasks_api.api.videos.async_client import AsyncVideosClient
from twelvelabs_tasks_api.api.videos.client import VideosClient

__all__ = ["AsyncVideosClient", "VideosClient"]
