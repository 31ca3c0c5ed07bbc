# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True, repr=False)
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
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.id = source["_id"]
            self.video_id = source["video_id"]
            self.created_at = source["created_at"]
            self.updated_at = source["updated_at"]
            self.status = source["status"]
            self.index_id = source["index_id"]
            self.system_metadata = source["system_metadata"]
            if len(source) != 7:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.id
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask._id", "a string", value)
        value = self.video_id
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.video_id", "a string", value)
        value = self.created_at
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.created_at", "a string", value)
        value = self.updated_at
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.updated_at", "a string", value)
        value = self.status
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.status", "a string", value)
        value = self.index_id
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTask.index_id", "a string", value)
        value = self.system_metadata
        if value is not None:
            self.system_metadata = VideoIndexingTaskSystemMetadata.from_dict(value)
        return self
