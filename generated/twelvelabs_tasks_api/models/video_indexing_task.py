# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True, repr=False)
class VideoIndexingTask(types.Model):
    """A video indexing task, the upload and the indexing of one video."""

    id: str | None = None
    """The unique identifier of the task."""
    video_id: str | None = None
    """The unique identifier of the video associated with the task."""
    created_at: str | None = None
    """The date and time, in the RFC 3339 format, that the task was created."""
    updated_at: str | None = None
    """The date and time, in the RFC 3339 format, that the task was last updated: that it came into its present status."""
    status: VideoIndexingTaskStatus | None = None
    """Where a task stands: `uploading` (the video is being fetched from its URL), `validating` (the video is being
    checked), `pending` (a worker is being started), `queued` (a worker is assigned), `indexing`, and at last
    `ready` or `failed`. The platform gives no reason for `failed`."""
    index_id: str | None = None
    """The unique identifier of the index to which the video is uploaded."""
    system_metadata: VideoIndexingTaskSystemMetadata | None = None
    """What the platform found out about the video."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "_id",
            "video_id",
            "created_at",
            "updated_at",
            "status",
            "index_id",
            "system_metadata",
        }
    )

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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("_id")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask.video_id", "a string", value)
        self.video_id = value
        value = get("created_at")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask.created_at", "a string", value)
        self.created_at = value
        value = get("updated_at")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask.updated_at", "a string", value)
        self.updated_at = value
        value = get("status")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask.status", "a string", value)
        self.status = value
        value = get("index_id")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTask.index_id", "a string", value)
        self.index_id = value
        value = get("system_metadata")
        if value is not None:
            value = VideoIndexingTaskSystemMetadata.from_dict(value)
        self.system_metadata = value
        self.additional_properties = cls._additional(source)
        return self
