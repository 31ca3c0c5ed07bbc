# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .hls_object import HlsObject
from .video_indexing_task import VideoIndexingTask
from .video_indexing_task_status import VideoIndexingTaskStatus
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata

NAMES: frozenset[str] = frozenset(
    {"_id", "video_id", "created_at", "updated_at", "status", "index_id", "system_metadata", "hls"}
)


class TasksRetrieveResponse(VideoIndexingTask):
    """A video indexing task with the HLS stream of its video."""

    __slots__ = ("hls",)

    hls: HlsObject | None
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

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
        hls: HlsObject | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            id=id,
            video_id=video_id,
            created_at=created_at,
            updated_at=updated_at,
            status=status,
            index_id=index_id,
            system_metadata=system_metadata,
            additional_properties=additional_properties,
        )
        self.hls = hls

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
        if self.hls is not None:
            data["hls"] = self.hls.to_dict()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksRetrieveResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse.video_id", "a string", value)
        self.video_id = value
        value = get("created_at")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse.created_at", "a string", value)
        self.created_at = value
        value = get("updated_at")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse.updated_at", "a string", value)
        self.updated_at = value
        value = get("status")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse.status", "a string", value)
        self.status = value
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TasksRetrieveResponse.index_id", "a string", value)
        self.index_id = value
        value = get("system_metadata")
        if value is not None:
            value = VideoIndexingTaskSystemMetadata.from_dict(value)
        self.system_metadata = value
        value = get("hls")
        if value is not None:
            value = HlsObject.from_dict(value)
        self.hls = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
