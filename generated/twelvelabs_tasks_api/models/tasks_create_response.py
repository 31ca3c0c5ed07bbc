# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"_id", "video_id"})


class TasksCreateResponse(types.Model):
    """The task that was created."""

    __slots__ = ("id", "video_id")

    id: str
    """The unique identifier of your video indexing task."""
    video_id: str
    """The unique identifier of the video associated with your video indexing task."""

    def __init__(
        self,
        *,
        id: str,
        video_id: str,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.id = id
        self.video_id = video_id

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["_id"] = self.id
        data["video_id"] = self.video_id
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksCreateResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str:
            raise types.mismatch("TasksCreateResponse._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str:
            raise types.mismatch("TasksCreateResponse.video_id", "a string", value)
        self.video_id = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
