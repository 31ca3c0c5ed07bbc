# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class TasksCreateResponse(types.Model):
    """The task that was created."""

    id: str
    """The unique identifier of your video indexing task."""
    video_id: str
    """The unique identifier of the video associated with your video indexing task."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "_id",
            "video_id",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["_id"] = self.id
        data["video_id"] = self.video_id
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksCreateResponse", "an object", source)
        get = source.get
        id: Any = get("_id")
        if id is None:
            raise types.mismatch("TasksCreateResponse._id", "there", id)
        if not isinstance(id, str):
            raise types.mismatch("TasksCreateResponse._id", "a string", id)
        video_id: Any = get("video_id")
        if video_id is None:
            raise types.mismatch("TasksCreateResponse.video_id", "there", video_id)
        if not isinstance(video_id, str):
            raise types.mismatch("TasksCreateResponse.video_id", "a string", video_id)
        return cls(
            id=id,
            video_id=video_id,
            additional_properties=cls._additional(source),
        )
