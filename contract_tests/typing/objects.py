"""User code that a type checker must understand exactly: every property of every object.

Nothing here runs. `make lint` checks it with mypy and basedpyright; one `Any`, or one `None` too many, fails there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_type

import httpx

from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks import TasksCreateResponse, TasksRetrieveResponse
from twelvelabs_tasks.tasks.transfers import (
    TransfersCreateResponse,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
)
from twelvelabs_tasks.types import (
    HlsObject,
    HlsObjectStatus,
    ImportLog,
    ImportLogFailedFilesItem,
    ImportLogVideoStatus,
    TasksListResponsePageInfo,
    TransfersCreateResponseFailedFilesItem,
    TransfersCreateResponseVideosItem,
    VideoIndexingTask,
    VideoIndexingTaskStatus,
    VideoIndexingTaskSystemMetadata,
    VideoItem,
    VideoItemFailed,
)


def tasks(created: TasksCreateResponse, task: TasksRetrieveResponse, info: TasksListResponsePageInfo) -> None:
    assert_type(created.id, str)
    assert_type(created.video_id, str)
    parent: VideoIndexingTask = task
    assert_type(parent.id, str | None)
    assert_type(task.id, str | None)
    assert_type(task.video_id, str | None)
    assert_type(task.created_at, str | None)
    assert_type(task.updated_at, str | None)
    assert_type(task.status, VideoIndexingTaskStatus | None)
    assert_type(task.index_id, str | None)
    assert_type(task.system_metadata, VideoIndexingTaskSystemMetadata | None)
    assert_type(task.hls, HlsObject | None)
    assert_type(task.additional_properties, dict[str, Any])
    assert_type(task.to_dict(), dict[str, Any])
    if task.system_metadata is not None:
        assert_type(task.system_metadata.duration, float | None)
        assert_type(task.system_metadata.filename, str | None)
        assert_type(task.system_metadata.height, int | None)
        assert_type(task.system_metadata.width, int | None)
        for name, _ in task.system_metadata:
            assert_type(name, str)
    if task.hls is not None:
        assert_type(task.hls.video_url, str | None)
        assert_type(task.hls.thumbnail_urls, list[str] | None)
        assert_type(task.hls.status, HlsObjectStatus | None)
        assert_type(task.hls.updated_at, str | None)
    assert_type(info.limit_per_page, int | None)
    assert_type(info.page, int | None)
    assert_type(info.total_page, int | None)
    assert_type(info.total_results, int | None)


def transfers(
    created: TransfersCreateResponse,
    status: TransfersGetStatusResponse,
    logs: TransfersGetLogsResponse,
    failed_file: TransfersCreateResponseFailedFilesItem,
    video: TransfersCreateResponseVideosItem,
) -> None:
    assert_type(created.failed_files, list[TransfersCreateResponseFailedFilesItem] | None)
    assert_type(created.videos, list[TransfersCreateResponseVideosItem] | None)
    assert_type(failed_file.filename, str | None)
    assert_type(failed_file.error_message, str | None)
    assert_type(video.video_id, str | None)
    assert_type(video.filename, str | None)
    assert_type(status.not_imported, list[str] | None)
    for group in (status.validating, status.pending, status.queued, status.indexing, status.ready):
        assert_type(group, list[VideoItem] | None)
    assert_type(status.failed, list[VideoItemFailed] | None)
    assert_type(logs.data, list[ImportLog] | None)


def items(item: VideoItem, failed: VideoItemFailed, log: ImportLog) -> None:
    assert_type(item.video_id, str)
    assert_type(item.filename, str)
    assert_type(item.created_at, datetime)
    assert_type(failed.filename, str)
    assert_type(failed.created_at, datetime)
    assert_type(failed.error_message, str)
    assert_type(log.index_id, str | None)
    assert_type(log.index_name, str | None)
    assert_type(log.created_at, datetime | None)
    assert_type(log.ended_at, datetime | None)
    assert_type(log.video_status, ImportLogVideoStatus | None)
    assert_type(log.failed_files, list[ImportLogFailedFilesItem] | None)
    for failed_file in log.failed_files or []:
        assert_type(failed_file.filename, str | None)
        assert_type(failed_file.error_message, str | None)
    if log.video_status is not None:
        counts = log.video_status
        for count in (
            counts.ready,
            counts.validating,
            counts.queued,
            counts.pending,
            counts.indexing,
            counts.failed,
        ):
            assert_type(count, int)


def exceptions(api: errors.ApiError, response: errors.ResponseError, wait: errors.WaitTimeoutError) -> None:
    assert_type(api.status_code, int | None)
    assert_type(api.code, str | None)
    assert_type(api.message, str)
    assert_type(api.docs_url, str | None)
    assert_type(api.request, httpx.Request | None)
    assert_type(api.response, httpx.Response | None)
    assert_type(response.response, httpx.Response | None)
    assert_type(wait.task, TasksRetrieveResponse | None)
    assert_type(wait.tasks, Sequence[VideoIndexingTask])
