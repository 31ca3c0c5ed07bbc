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
from .many.ledger import Ledger, LedgerUpload

__all__ = [
    "AsyncTasksClient",
    "BulkResult",
    "Ledger",
    "LedgerUpload",
    "TasksClient",
    "TasksCreateResponse",
    "TasksListRequestStatusItem",
    "TasksListResponse",
    "TasksListResponsePageInfo",
    "TasksRetrieveResponse",
    "transfers",
]
