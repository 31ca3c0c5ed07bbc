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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("_id")
        if not isinstance(value, str):
            raise types.mismatch("TasksCreateResponse._id", "a string", value)
        self.id = value
        value = get("video_id")
        if not isinstance(value, str):
            raise types.mismatch("TasksCreateResponse.video_id", "a string", value)
        self.video_id = value
        self.additional_properties = cls._additional(source)
        return self
