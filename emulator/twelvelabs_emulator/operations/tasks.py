"""The operations on tasks."""

from __future__ import annotations

from typing import Any

from ..answers import Answer, ApiError, not_found
from ..platform import tasks
from ..platform.clock import rfc3339
from ..platform.intake import RefusedError
from ..platform.platform import Platform
from ..platform.reception import filename_of
from ..platform.tasks import Task
from .arguments import Arguments

_FILTERS = ("index_id", "status", "filename", "duration", "width", "height", "created_at", "updated_at")


def create_task(platform: Platform, arguments: Arguments) -> Answer:
    """Take in a video that was uploaded, or begin to fetch one from its URL."""
    body = arguments.body
    platform.index_name(body["index_id"])
    common = {
        "index_id": body["index_id"],
        "stream": body.get("enable_video_stream", True),
        "user_metadata": body.get("user_metadata"),
    }
    if "video_file" in arguments.files:
        received = arguments.files["video_file"]
        task = platform.new_task(**common, filename=received.filename, status="validating")
        try:
            task = platform.intake.accept(task, received)
        except RefusedError as error:
            raise ApiError(400, error.fault.code, error.fault.message) from error
    else:
        url = body["video_url"]
        task = platform.new_task(**common, filename=filename_of(url), status="uploading", source=url)
        with platform.store.writing() as db:
            platform.index_name(task.index_id)  # A reset may have come in between.
            tasks.insert(db, task)
        platform.intake.start(task)
    return Answer(200, {"_id": task.id, "video_id": task.id})


def list_tasks(platform: Platform, arguments: Arguments) -> Answer:
    """One page of the tasks that meet all filters."""
    platform.advance()
    query = arguments.query
    number, size = query.get("page", 1), query.get("page_limit", 10)
    page = tasks.page(
        platform.store,
        {name: query[name] for name in _FILTERS if name in query},
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
    return Answer(200, {"data": [_described(task) for task in page.tasks], "page_info": info})


def retrieve_task(platform: Platform, arguments: Arguments) -> Answer:
    """A task as it stands."""
    task = _find(platform, arguments.path["task_id"])
    described = _described(task)
    if task.hls_status:
        described["hls"] = _stream(task, arguments.origin)
    return Answer(200, described)


def delete_task(platform: Platform, arguments: Arguments) -> Answer:
    """Delete a task that is over, and that the index knows no video of any more."""
    task = _find(platform, arguments.path["task_id"])
    if not task.is_final:
        raise _cannot_be_deleted(f"The task is {task.status}. Only tasks that are ready or failed can be deleted.")
    if task.has_vector:
        raise _cannot_be_deleted(f"Delete the video vector of the video {task.id} before its task, which is ready.")
    platform.remove(task)
    return Answer(204)


def _find(platform: Platform, task_id: str) -> Task:
    platform.advance_task(task_id)
    task = tasks.get(platform.store, task_id)
    if task is None:
        raise not_found(task_id, "tasks")
    return task


def _cannot_be_deleted(message: str) -> ApiError:
    return ApiError(400, "task_cannot_be_deleted", message)


def _described(task: Task) -> dict[str, Any]:
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
        "created_at": rfc3339(task.created_at),
        "updated_at": rfc3339(task.updated_at),
        "system_metadata": {name: value for name, value in metadata.items() if value is not None},
    }


def _stream(task: Task, origin: str) -> dict[str, Any]:
    described: dict[str, Any] = {"status": task.hls_status, "updated_at": rfc3339(task.hls_updated_at or 0)}
    if task.hls_status == "COMPLETE":
        folder = f"{origin}/media/{task.id}"
        described["video_url"] = f"{folder}/stream/{task.id}.m3u8"
        described["thumbnail_urls"] = [
            f"{folder}/thumbnails/{task.id}.{number:07}.jpg" for number in range(1, task.thumbnails + 1)
        ]
    return described
