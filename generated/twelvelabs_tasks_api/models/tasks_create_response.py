# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take


@define(kw_only=True, repr=False)
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
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.id = source["_id"]
            self.video_id = source["video_id"]
            if len(source) != 2:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.id
        if value.__class__ is not str:
            raise mismatch("TasksCreateResponse._id", "a string", value)
        value = self.video_id
        if value.__class__ is not str:
            raise mismatch("TasksCreateResponse.video_id", "a string", value)
        return self
