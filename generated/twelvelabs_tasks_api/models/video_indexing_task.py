# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True)
class VideoIndexingTask(Model):
    """A video indexing task, the upload and the indexing of one video."""

    NAMES: ClassVar[dict[str, str]] = {
        "id": "_id",
        "video_id": "video_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "status": "status",
        "index_id": "index_id",
        "system_metadata": "system_metadata",
    }

    id: str | None = None
    """The unique identifier of the task."""
    video_id: str | None = None
    """The unique identifier of the video associated with the task."""
    created_at: str | None = None
    """The date and time, in the RFC 3339 format, that the task was created."""
    updated_at: str | None = None
    """The date and time, in the RFC 3339 format, that the task was last updated, which is when it entered its current
    status."""
    status: VideoIndexingTaskStatus | None = None
    """The status of a task: `uploading` (the video is being fetched from its URL), `validating` (the video is being
    checked), `pending` (a worker is being started), `queued` (a worker is assigned), `indexing`, and finally
    `ready` or `failed`. The platform gives no reason for `failed`."""
    index_id: str | None = None
    """The unique identifier of the index to which the video is uploaded."""
    system_metadata: VideoIndexingTaskSystemMetadata | None = None
    """The metadata that the platform determined from the video."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise mismatch("VideoIndexingTask", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.video_id", "a string", value)
        self.video_id = value
        value = get("created_at")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.created_at", "a string", value)
        self.created_at = value
        value = get("updated_at")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.updated_at", "a string", value)
        self.updated_at = value
        value = get("status")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.status", "a string", value)
        self.status = value
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.index_id", "a string", value)
        self.index_id = value
        value = get("system_metadata")
        if value is not None:
            value = VideoIndexingTaskSystemMetadata.from_dict(value)
        self.system_metadata = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(VideoIndexingTask.NAMES.values())
