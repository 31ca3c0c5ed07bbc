"""The calls of `tasks`, the same for the sync and the async client."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from twelvelabs_tasks_api.api.tasks import create_task, delete_task, list_tasks, retrieve_task
from twelvelabs_tasks_api.models import TasksCreateRequest
from twelvelabs_tasks_api.types import File as Part

from ..core.calls import Call, Creation, json_object, no_content, not_empty
from ..core.files import File, VideoFile
from ..core.pagers import has_next
from ..core.request_options import RequestOptions, without_query_parameter
from ..core.uploads import OnProgress
from ..types import (
    ListTasksSortBy,
    ListTasksSortOption,
    TasksCreateResponse,
    TasksListRequestStatusItem,
    TasksListResponse,
    TasksListResponsePageInfo,
    TasksRetrieveResponse,
    VideoIndexingTask,
)

__all__ = ["TaskPage", "create_call", "delete_call", "filename_of", "first_page", "newest_page", "retrieve_call"]

PAGE_LIMIT = 50  # tasks a page, the most that the API allows


def create_call(
    *,
    index_id: str,
    video_file: File | None,
    video_url: str | None,
    enable_video_stream: bool | None,
    user_metadata: str | Mapping[str, Any] | None,
    preflight: bool,
    on_progress: OnProgress | None,
    request_options: RequestOptions | None,
    waits_for_connection: bool = False,
) -> Call[TasksCreateResponse]:
    """Return the call that creates a task; raise ValueError unless exactly one of file and URL is given."""
    if (video_file is None) == (video_url is None):
        raise ValueError("exactly one of video_file and video_url must be given")
    body = TasksCreateRequest(
        index_id=not_empty("index_id", index_id),
        video_file=None if video_file is None else Part(b""),  # its place in the form; the upload fills it
        video_url=video_url,
        enable_video_stream=enable_video_stream,
        user_metadata=user_metadata_text(user_metadata),
    )
    video = None if video_file is None else VideoFile.of(video_file)
    return Call(
        create_task.get_kwargs(body=body),
        json_object(TasksCreateResponse),
        request_options,
        repeatable=False,
        creation=Creation(
            index_id,
            filename=video.name if video else filename_of(video_url or ""),
            started_at=datetime.now(UTC),
            is_url=video is None,
        ),
        video=video,
        preflight=preflight,
        on_progress=on_progress,
        waits_for_connection=waits_for_connection,
    )


def filename_of(url: str) -> str:
    """Return the filename of a video from its URL: the end of its path, empty where there is none."""
    try:
        return unquote(PurePosixPath(urlsplit(url).path).name)
    except ValueError:
        return ""  # The platform will refuse what is no URL.


def retrieve_call(task_id: str, options: RequestOptions | None) -> Call[TasksRetrieveResponse]:
    """Return the call that retrieves a task."""
    return Call(retrieve_task.get_kwargs(task_id), json_object(TasksRetrieveResponse), options)


def delete_call(task_id: str, options: RequestOptions | None) -> Call[None]:
    """Return the call that deletes a task."""
    return Call(delete_task.get_kwargs(task_id), no_content, options)


def first_page(
    *,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: TasksListRequestStatusItem | Sequence[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
    request_options: RequestOptions | None = None,
) -> TaskPage:
    """Return the page that a list begins with."""
    request = list_tasks.get_kwargs(
        page=page,
        page_limit=page_limit,
        sort_by=sort_by,
        sort_option=sort_option,
        index_id=index_id,
        status=[status] if isinstance(status, str) else None if status is None else list(status),
        filename=filename,
        duration=duration,
        width=width,
        height=height,
        created_at=created_at,
        updated_at=updated_at,
    )
    return TaskPage(request, page or 1, request_options)


def newest_page(index_id: str, options: RequestOptions | None, *, limit: int = PAGE_LIMIT) -> TaskPage:
    """Return the page of the newest tasks of an index."""
    return first_page(
        page_limit=limit, sort_by="created_at", sort_option="desc", index_id=index_id, request_options=options
    )


@dataclass(frozen=True)
class TaskPage:
    """One page of the list of tasks: how to ask for it, and what its answer says.

    Attributes:
        request: The arguments of the request for the first page.
        number: The number of this page, counted from 1.
        options: What the caller asked for, for the request of each page.
    """

    request: dict[str, Any]
    number: int
    options: RequestOptions | None = field(repr=False)  # among its headers may be secrets

    @property
    def call(self) -> Call[TasksListResponse]:
        """The call that asks for this page."""
        return Call(self.request, json_object(TasksListResponse), self.options)

    def contents(
        self, answer: TasksListResponse
    ) -> tuple[list[VideoIndexingTask], bool, TasksListResponsePageInfo | None]:
        """Return the tasks of this page, whether there is another after it, and what the platform says of the pages."""
        items = answer.data or []
        page_limit = self.request["params"].get("page_limit")
        return items, has_next(self.number, page_limit, len(items), answer.page_info), answer.page_info

    def next(self) -> TaskPage:
        """Return the page after this one."""
        number = self.number + 1
        request = {**self.request, "params": {**self.request["params"], "page": number}}
        # A page among the additional parameters says where to begin; kept, it would be asked for again and again.
        return TaskPage(request, number, without_query_parameter(self.options, "page"))


def user_metadata_text(user_metadata: str | Mapping[str, Any] | None) -> str | None:
    """Return metadata as the JSON text that the form takes."""
    if user_metadata is None or isinstance(user_metadata, str):
        return user_metadata
    return json.dumps(dict(user_metadata), allow_nan=False)
