# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata

NAMES: frozenset[str] = frozenset(
    {"_id", "video_id", "created_at", "updated_at", "status", "index_id", "system_metadata"}
)


class VideoIndexingTask(types.Model):
    """A video indexing task, the upload and the indexing of one video."""

    __slots__ = ("id", "video_id", "created_at", "updated_at", "status", "index_id", "system_metadata")

    id: str | None
    """The unique identifier of the task."""
    video_id: str | None
    """The unique identifier of the video associated with the task."""
    created_at: str | None
    """The date and time, in the RFC 3339 format, that the task was created."""
    updated_at: str | None
    """The date and time, in the RFC 3339 format, that the task was last updated: that it came into its present status."""
    status: VideoIndexingTaskStatus | None
    """Where a task stands: `uploading` (the video is being fetched from its URL), `validating` (the video is being
    checked), `pending` (a worker is being started), `queued` (a worker is assigned), `indexing`, and at last
    `ready` or `failed`. The platform gives no reason for `failed`."""
    index_id: str | None
    """The unique identifier of the index to which the video is uploaded."""
    system_metadata: VideoIndexingTaskSystemMetadata | None
    """What the platform found out about the video."""

    def __init__(
        self,
        *,
        id: str | None = None,
        video_id: str | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        status: VideoIndexingTaskStatus | None = None,
        index_id: str | None = None,
        system_metadata: VideoIndexingTaskSystemMetadata | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.id = id
        self.video_id = video_id
        self.created_at = created_at
        self.updated_at = updated_at
        self.status = status
        self.index_id = index_id
        self.system_metadata = system_metadata

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.id is not None:
            data["_id"] = self.id
        if self.video_id is not None:
            data["video_id"] = self.video_id
        if self.created_at is not None:
            data["created_at"] = self.created_at
        if self.updated_at is not None:
            data["updated_at"] = self.updated_at
        if self.status is not None:
            data["status"] = self.status
        if self.index_id is not None:
            data["index_id"] = self.index_id
        if self.system_metadata is not None:
            data["system_metadata"] = self.system_metadata.to_dict()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("VideoIndexingTask", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask.video_id", "a string", value)
        self.video_id = value
        value = get("created_at")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask.created_at", "a string", value)
        self.created_at = value
        value = get("updated_at")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask.updated_at", "a string", value)
        self.updated_at = value
        value = get("status")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask.status", "a string", value)
        self.status = value
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTask.index_id", "a string", value)
        self.index_id = value
        value = get("system_metadata")
        if value is not None:
            value = VideoIndexingTaskSystemMetadata.from_dict(value)
        self.system_metadata = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
