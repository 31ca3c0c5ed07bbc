"""All objects that the platform answers with, and the types of what it is asked.

All but `BulkResult` are generated from the contract. Optional properties that are absent or `null` are `None`;
properties that the contract does not know are in `additional_properties`; `to_dict()` gives back what came.
"""

from twelvelabs_tasks_api.models import (
    ErrorCode,
    HlsObject,
    HlsObjectStatus,
    ImportLog,
    ImportLogFailedFilesItem,
    ImportLogVideoStatus,
    ListTasksSortBy,
    ListTasksSortOption,
    TasksCreateResponse,
    TasksListRequestStatusItem,
    TasksListResponse,
    TasksListResponsePageInfo,
    TasksRetrieveResponse,
    TransfersCreateResponse,
    TransfersCreateResponseFailedFilesItem,
    TransfersCreateResponseVideosItem,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
    VideoIndexingTask,
    VideoIndexingTaskStatus,
    VideoIndexingTaskSystemMetadata,
    VideoItem,
    VideoItemFailed,
)

from .bulk_result import BulkResult

__all__ = [
    "BulkResult",
    "ErrorCode",
    "HlsObject",
    "HlsObjectStatus",
    "ImportLog",
    "ImportLogFailedFilesItem",
    "ImportLogVideoStatus",
    "ListTasksSortBy",
    "ListTasksSortOption",
    "TasksCreateResponse",
    "TasksListRequestStatusItem",
    "TasksListResponse",
    "TasksListResponsePageInfo",
    "TasksRetrieveResponse",
    "TransfersCreateResponse",
    "TransfersCreateResponseFailedFilesItem",
    "TransfersCreateResponseVideosItem",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
    "VideoIndexingTask",
    "VideoIndexingTaskStatus",
    "VideoIndexingTaskSystemMetadata",
    "VideoItem",
    "VideoItemFailed",
]
