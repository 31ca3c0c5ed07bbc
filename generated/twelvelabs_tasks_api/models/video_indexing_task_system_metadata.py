# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, decode_integer, mismatch


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("VideoIndexingTaskSystemMetadata", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("duration")
        if value.__class__ is not float and value.__class__ is not int and value is not None:
            raise mismatch("VideoIndexingTaskSystemMetadata.duration", "a number", value)
        self.duration = value
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise mismatch("VideoIndexingTaskSystemMetadata.filename", "a string", value)
        self.filename = value
        value = get("height")
        if value.__class__ is not int and value is not None:
            value = decode_integer("VideoIndexingTaskSystemMetadata.height", value)
        self.height = value
        value = get("width")
        if value.__class__ is not int and value is not None:
            value = decode_integer("VideoIndexingTaskSystemMetadata.width", value)
        self.width = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(VideoIndexingTaskSystemMetadata.NAMES.values())
