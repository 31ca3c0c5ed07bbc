# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""Contains all the data models used in inputs/outputs"""

from .error_code import ErrorCode
from .error_response import ErrorResponse
from .hls_object import HlsObject
from .hls_object_status import HlsObjectStatus
from .import_log import ImportLog
from .import_log_failed_files_item import ImportLogFailedFilesItem
from .import_log_video_status import ImportLogVideoStatus
from .list_tasks_sort_by import ListTasksSortBy
from .list_tasks_sort_option import ListTasksSortOption
from .tasks_create_request import TasksCreateRequest
from .tasks_create_response import TasksCreateResponse
from .tasks_list_request_status_item import TasksListRequestStatusItem
from .tasks_list_response import TasksListResponse
from .tasks_list_response_page_info import TasksListResponsePageInfo
from .tasks_retrieve_response import TasksRetrieveResponse
from .transfers_create_request import TransfersCreateRequest
from .transfers_create_response import TransfersCreateResponse
from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem
from .transfers_get_logs_response import TransfersGetLogsResponse
from .transfers_get_status_response import TransfersGetStatusResponse
from .user_metadata import UserMetadata
from .video_indexing_task import VideoIndexingTask
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata
from .video_item import VideoItem
from .video_item_failed import VideoItemFailed

__all__ = (
    "ErrorCode",
    "ErrorResponse",
    "HlsObject",
    "HlsObjectStatus",
    "ImportLog",
    "ImportLogFailedFilesItem",
    "ImportLogVideoStatus",
    "ListTasksSortBy",
    "ListTasksSortOption",
    "TasksCreateRequest",
    "TasksCreateResponse",
    "TasksListRequestStatusItem",
    "TasksListResponse",
    "TasksListResponsePageInfo",
    "TasksRetrieveResponse",
    "TransfersCreateRequest",
    "TransfersCreateResponse",
    "TransfersCreateResponseFailedFilesItem",
    "TransfersCreateResponseVideosItem",
    "TransfersGetLogsResponse",
    "TransfersGetStatusResponse",
    "UserMetadata",
    "VideoIndexingTask",
    "VideoIndexingTaskStatus",
    "VideoIndexingTaskSystemMetadata",
    "VideoItem",
    "VideoItemFailed",
)
