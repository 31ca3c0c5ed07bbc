"""Imports of whole cloud storage integrations (deprecated by the API)."""

from twelvelabs_tasks_api.api.transfers.async_client import AsyncTransfersClient
from twelvelabs_tasks_api.api.transfers.client import TransfersClient

from ...types import (
    TransfersCreateResponse,
    TransfersCreateResponseFailedFilesItem,
    TransfersCreateResponseVideosItem,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
)

__all__ = [
    "AsyncTransfersClient",
    "TransfersClient",
    "TransfersCreateResponse",
    "TransfersCreateResponseFailedFilesItem",
    "TransfersCreateResponseVideosItem",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
]
