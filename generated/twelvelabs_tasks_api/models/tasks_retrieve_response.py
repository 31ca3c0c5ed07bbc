# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .hls_object import HlsObject
from .video_indexing_task import VideoIndexingTask
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True, repr=False)
class TasksRetrieveResponse(VideoIndexingTask):
    """A video indexing task with the HLS stream of its video."""

    hls: HlsObject | None = None
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "_id",
            "video_id",
            "created_at",
            "updated_at",
            "status",
            "index_id",
            "system_metadata",
            "hls",
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
        if self.hls is not None:
            data["hls"] = self.hls.to_dict()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksRetrieveResponse", "an object", source)
        get = source.get
        id: Any = get("_id")
        if id is not None:
            if not isinstance(id, str):
                raise types.mismatch("TasksRetrieveResponse._id", "a string", id)
        video_id: Any = get("video_id")
        if video_id is not None:
            if not isinstance(video_id, str):
                raise types.mismatch("TasksRetrieveResponse.video_id", "a string", video_id)
        created_at: Any = get("created_at")
        if created_at is not None:
            if not isinstance(created_at, str):
                raise types.mismatch("TasksRetrieveResponse.created_at", "a string", created_at)
        updated_at: Any = get("updated_at")
        if updated_at is not None:
            if not isinstance(updated_at, str):
                raise types.mismatch("TasksRetrieveResponse.updated_at", "a string", updated_at)
        status: Any = get("status")
        if status is not None:
            if not isinstance(status, str):
                raise types.mismatch("TasksRetrieveResponse.status", "a string", status)
        index_id: Any = get("index_id")
        if index_id is not None:
            if not isinstance(index_id, str):
                raise types.mismatch("TasksRetrieveResponse.index_id", "a string", index_id)
        system_metadata: Any = get("system_metadata")
        if system_metadata is not None:
            system_metadata = VideoIndexingTaskSystemMetadata.from_dict(system_metadata)
        hls: Any = get("hls")
        if hls is not None:
            hls = HlsObject.from_dict(hls)
        return cls(
            id=id,
            video_id=video_id,
            created_at=created_at,
            updated_at=updated_at,
            status=status,
            index_id=index_id,
            system_metadata=system_metadata,
            hls=hls,
            additional_properties=cls._additional(source),
        )
