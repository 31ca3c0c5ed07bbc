# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import beyond, mismatch
from .hls_object import HlsObject
from .video_indexing_task import VideoIndexingTask
from .video_indexing_task_system_metadata import VideoIndexingTaskSystemMetadata


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("TasksRetrieveResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.video_id", "a string", value)
        self.video_id = value
        value = get("created_at")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.created_at", "a string", value)
        self.created_at = value
        value = get("updated_at")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.updated_at", "a string", value)
        self.updated_at = value
        value = get("status")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.status", "a string", value)
        self.status = value
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("TasksRetrieveResponse.index_id", "a string", value)
        self.index_id = value
        value = get("system_metadata")
        if value is not None:
            value = VideoIndexingTaskSystemMetadata.from_dict(value)
        self.system_metadata = value
        value = get("hls")
        if value is not None:
            value = HlsObject.from_dict(value)
        self.hls = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TasksRetrieveResponse.NAMES.values())
