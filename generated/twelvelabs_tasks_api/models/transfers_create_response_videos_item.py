# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take


@define(kw_only=True, repr=False)
class TransfersCreateResponseVideosItem(Model):
    """A video that will be imported."""

    NAMES: ClassVar[dict[str, str]] = {
        "video_id": "video_id",
        "filename": "filename",
    }

    video_id: str | None = None
    """The unique identifier of the video and also of its video indexing task."""
    filename: str | None = None
    """The filename of the video."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.video_id = source["video_id"]
            self.filename = source["filename"]
            if len(source) != 2:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.video_id
        if value.__class__ is not str and value is not None:
            raise mismatch("TransfersCreateResponseVideosItem.video_id", "a string", value)
        value = self.filename
        if value.__class__ is not str and value is not None:
            raise mismatch("TransfersCreateResponseVideosItem.filename", "a string", value)
        return self
