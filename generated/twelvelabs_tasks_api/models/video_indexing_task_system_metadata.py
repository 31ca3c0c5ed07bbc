# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_integer, mismatch, new, take


@define(kw_only=True, repr=False)
class VideoIndexingTaskSystemMetadata(Model):
    """The metadata that the platform determined from the video."""

    NAMES: ClassVar[dict[str, str]] = {
        "duration": "duration",
        "filename": "filename",
        "height": "height",
        "width": "width",
    }

    duration: float | None = None
    """The duration of the video, in seconds."""
    filename: str | None = None
    """The filename of the video."""
    height: int | None = None
    """The height of the video, in pixels."""
    width: int | None = None
    """The width of the video, in pixels."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.duration = source["duration"]
            self.filename = source["filename"]
            self.height = source["height"]
            self.width = source["width"]
            if len(source) != 4:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.duration
        if value.__class__ is not float and value.__class__ is not int and value is not None:
            raise mismatch("VideoIndexingTaskSystemMetadata.duration", "a number", value)
        value = self.filename
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTaskSystemMetadata.filename", "a string", value)
        value = self.height
        if value.__class__ is not int and value is not None:
            self.height = decode_integer("VideoIndexingTaskSystemMetadata.height", value)
        value = self.width
        if value.__class__ is not int and value is not None:
            self.width = decode_integer("VideoIndexingTaskSystemMetadata.width", value)
        return self
