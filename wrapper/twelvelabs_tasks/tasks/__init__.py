"""Video indexing tasks."""

from ..types import (
    BulkResult,
    TasksCreateResponse,
    TasksListRequestStatusItem,
    TasksListResponse,
    TasksListResponsePageInfo,
    TasksRetrieveResponse,
)
from . import transfers
from .async_client import AsyncTasksClient
from .client import TasksClient

__all__ = [
    "AsyncTasksClient",
    "BulkResult",
    "TasksClient",
    "TasksCreateResponse",
    "TasksListRequestStatusItem",
    "TasksListResponse",
    "TasksListResponsePageInfo",
    "TasksRetrieveResponse",
    "transfers",
]
