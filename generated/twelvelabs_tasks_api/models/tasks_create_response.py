# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch


@define(kw_only=True)
class TasksCreateResponse(Model):
    """The task that was created."""

    NAMES: ClassVar[dict[str, str]] = {
        "id": "_id",
        "video_id": "video_id",
    }

    id: str
    """The unique identifier of your video indexing task."""
    video_id: str
    """The unique identifier of the video associated with your video indexing task."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise mismatch("TasksCreateResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("_id")
        if value.__class__ is not str:
            raise mismatch("TasksCreateResponse._id", "a string", value)
        self.id = value
        value = get("video_id")
        if value.__class__ is not str:
            raise mismatch("TasksCreateResponse.video_id", "a string", value)
        self.video_id = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TasksCreateResponse.NAMES.values())
