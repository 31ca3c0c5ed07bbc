"""The operations on tasks."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from ..platform.intake import RejectedError
from ..platform.platform import Platform
from ..platform.reception import derive_filename
from ..responses import ApiError, JsonResponse, not_found
from ..store import Task
from ..times import format_time
from .arguments import Arguments

__all__ = ["create_task", "delete_task", "list_tasks", "retrieve_task"]

_KEPT_APART = ("index_id", "video_url", "enable_video_stream")
"""The parameters of `create_task` that have a column, or decide about one."""


def create_task(platform: Platform, arguments: Arguments) -> Response:
    """Take in a video that was uploaded, or begin to fetch one from its URL."""
    body = arguments.body
    platform.check_index(body["index_id"])
    common = {
        "index_id": body["index_id"],
        "stream": body.get("enable_video_stream", True),
        "parameters": json.dumps({name: value for name, value in body.items() if name not in _KEPT_APART}),
    }
    if "video_file" in arguments.files:
        received = arguments.files["video_file"]
        task = platform.new_task(**common, filename=received.filename, status="validating")
        try:
            task = platform.intake.accept(task, received)
        except RejectedError as error:
            raise ApiError(400, error.fault.code, error.fault.message) from error
    else:
        url = body["video_url"]
        task = platform.new_task(**common, filename=derive_filename(url), status="uploading", source=url)
        platform.intake.accept_url(task)
    return JsonResponse({"_id": task.id, "video_id": task.id})


def list_tasks(platform: Platform, arguments: Arguments) -> Response:
    """Return one page of the tasks that meet all filters."""
    query = arguments.query
    number, size = query.get("page", 1), query.get("page_limit", 10)
    page = platform.store.tasks.page(
        query,
        number=number,
        size=size,
        sort_by=query.get("sort_by", "created_at"),
        descending=query.get("sort_option", "desc") == "desc",
    )
    info = {
        "limit_per_page": size,
        "page": number,
        "total_page": -(-page.total // size),
        "total_results": page.total,
    }
    return JsonResponse({"data": [_describe(task) for task in page.tasks], "page_info": info})


def retrieve_task(platform: Platform, arguments: Arguments) -> Response:
    """Return a task as it stands."""
    task = _find(platform, arguments.path["task_id"])
    description = _describe(task)
    if task.hls_status:
        description["hls"] = _describe_stream(task, arguments.origin)
    return JsonResponse(description)


def delete_task(platform: Platform, arguments: Arguments) -> Response:
    """Delete a task that is over, and whose video the index does not hold."""
    task = _find(platform, arguments.path["task_id"])
    if not task.is_final:
        raise _cannot_be_deleted(f"The task is {task.status}. Only tasks that are ready or failed can be deleted.")
    if task.has_vector:
        raise _cannot_be_deleted(f"Delete the video vector of the video {task.id} before its task, which is ready.")
    platform.remove(task)
    return Response(status_code=204)


def _find(platform: Platform, task_id: str) -> Task:
    task = platform.store.tasks.get(task_id)
    if task is None:
        raise not_found(task_id, "tasks")
    return task


def _cannot_be_deleted(message: str) -> ApiError:
    return ApiError(400, "task_cannot_be_deleted", message)


def _describe(task: Task) -> dict[str, Any]:
    metadata = {
        "filename": task.filename,
        "duration": task.duration,
        "width": task.width,
        "height": task.height,
    }
    return {
        "_id": task.id,
        "index_id": task.index_id,
        "video_id": task.id,
        "status": task.status,
        "created_at": format_time(task.created_at),
        "updated_at": format_time(task.updated_at),
        "system_metadata": {name: value for name, value in metadata.items() if value is not None},
    }


def _describe_stream(task: Task, origin: str) -> dict[str, Any]:
    description: dict[str, Any] = {"status": task.hls_status, "updated_at": format_time(task.hls_updated_at or 0)}
    if task.hls_status == "COMPLETE":
        folder = f"{origin}/media/{task.id}"
        description["video_url"] = f"{folder}/stream/{task.id}.m3u8"
        description["thumbnail_urls"] = [
            f"{folder}/thumbnails/{task.id}.{number:07}.jpg" for number in range(1, task.thumbnails + 1)
        ]
    return description
