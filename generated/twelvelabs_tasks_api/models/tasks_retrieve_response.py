# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import beyond, mismatch, new, take
from .hls_object import HlsObject
from .video_indexing_task import VideoIndexingTask
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True, repr=False)
class TasksRetrieveResponse(VideoIndexingTask):
    """A video indexing task with the HLS stream of its video."""

    NAMES: ClassVar[dict[str, str]] = {
        "id": "_id",
        "video_id": "video_id",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "status": "status",
        "index_id": "index_id",
        "system_metadata": "system_metadata",
        "hls": "hls",
    }

    hls: HlsObject | None = None
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

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
            self.hls = source["hls"]
            if len(source) != 8:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.id
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse._id", "a string", value)
        value = self.video_id
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.video_id", "a string", value)
        value = self.created_at
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.created_at", "a string", value)
        value = self.updated_at
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.updated_at", "a string", value)
        value = self.status
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.status", "a string", value)
        value = self.index_id
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.index_id", "a string", value)
        value = self.system_metadata
        if value is not None:
            self.system_metadata = VideoIndexingTaskSystemMetadata.from_dict(value)
        value = self.hls
        if value is not None:
            self.hls = HlsObject.from_dict(value)
        return self
