"""Imports of whole cloud storage integrations (deprecated by the platform)."""

from ...types import (
    TransfersCreateResponse,
    TransfersCreateResponseFailedFilesItem,
    TransfersCreateResponseVideosItem,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
)
from .client import AsyncTransfersClient, TransfersClient

__all__ = [
    "AsyncTransfersClient",
    "TransfersClient",
    "TransfersCreateResponse",
    "TransfersCreateResponseFailedFilesItem",
    "TransfersCreateResponseVideosItem",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
]
