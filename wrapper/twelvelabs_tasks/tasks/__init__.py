"""Video indexing tasks."""

from typing import TYPE_CHECKING

from ..core._lazy import import_on_use

if TYPE_CHECKING:
    from ..types import (
        BulkResult,
        TasksCreateResponse,
        TasksListRequestStatusItem,
        TasksListResponse,
        TasksListResponsePageInfo,
        TasksRetrieveResponse,
    )
    from . import transfers
    from ._async_client import AsyncTasksClient
    from ._client import TasksClient
    from ._many.ledger import Ledger, LedgerUpload

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

if not TYPE_CHECKING:
    __getattr__, __dir__ = import_on_use(
        __name__,
        {
            **dict.fromkeys([name for name in __all__ if name.startswith("Tasks") or name == "BulkResult"], "..types"),
            "AsyncTasksClient": "._async_client",
            "TasksClient": "._client",
            "Ledger": "._many.ledger",
            "LedgerUpload": "._many.ledger",
            "transfers": "",
        },
        __all__,
    )
