# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The objects and enumerations of the contract."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .error_code import ErrorCode
    from .hls_object import HlsObject
    from .hls_object_status import HlsObjectStatus
    from .import_log import ImportLog
    from .import_log_failed_files_item import ImportLogFailedFilesItem
    from .import_log_video_status import ImportLogVideoStatus
    from .list_tasks_sort_by import ListTasksSortBy
    from .list_tasks_sort_option import ListTasksSortOption
    from .tasks_create_response import TasksCreateResponse
    from .tasks_list_request_status_item import TasksListRequestStatusItem
    from .tasks_list_response import TasksListResponse
    from .tasks_list_response_page_info import TasksListResponsePageInfo
    from .tasks_retrieve_response import TasksRetrieveResponse
    from .transfers_create_response import TransfersCreateResponse
    from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
    from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem
    from .transfers_get_logs_response import TransfersGetLogsResponse
    from .transfers_get_status_response import TransfersGetStatusResponse
    from .video_indexing_task import VideoIndexingTask
    from .video_indexing_task_status import VideoIndexingTaskStatus
    from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata
    from .video_item import VideoItem
    from .video_item_failed import VideoItemFailed

__all__ = (
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
)

_MODULES = {
    "ErrorCode": ".error_code",
    "HlsObject": ".hls_object",
    "HlsObjectStatus": ".hls_object_status",
    "ImportLog": ".import_log",
    "ImportLogFailedFilesItem": ".import_log_failed_files_item",
    "ImportLogVideoStatus": ".import_log_video_status",
    "ListTasksSortBy": ".list_tasks_sort_by",
    "ListTasksSortOption": ".list_tasks_sort_option",
    "TasksCreateResponse": ".tasks_create_response",
    "TasksListRequestStatusItem": ".tasks_list_request_status_item",
    "TasksListResponse": ".tasks_list_response",
    "TasksListResponsePageInfo": ".tasks_list_response_page_info",
    "TasksRetrieveResponse": ".tasks_retrieve_response",
    "TransfersCreateResponse": ".transfers_create_response",
    "TransfersCreateResponseFailedFilesItem": ".transfers_create_response_failed_files_item",
    "TransfersCreateResponseVideosItem": ".transfers_create_response_videos_item",
    "TransfersGetLogsResponse": ".transfers_get_logs_response",
    "TransfersGetStatusResponse": ".transfers_get_status_response",
    "VideoIndexingTask": ".video_indexing_task",
    "VideoIndexingTaskStatus": ".video_indexing_task_status",
    "VideoIndexingTaskSystemMetadata": ".video_indexing_task_system_metadata",
    "VideoItem": ".video_item",
    "VideoItemFailed": ".video_item_failed",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
