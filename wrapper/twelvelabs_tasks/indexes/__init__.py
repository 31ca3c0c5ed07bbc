"""Indexes: only what the deletion of a task needs."""

from . import videos
from ._client import AsyncIndexesClient, IndexesClient

__all__ = ["AsyncIndexesClient", "IndexesClient", "videos"]
