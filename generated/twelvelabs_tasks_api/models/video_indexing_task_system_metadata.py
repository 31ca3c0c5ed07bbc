# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"duration", "filename", "height", "width"})


class VideoIndexingTaskSystemMetadata(types.Model):
    """What the platform found out about the video."""

    __slots__ = ("duration", "filename", "height", "width")

    duration: float | None
    """The duration of the video, in seconds."""
    filename: str | None
    """The filename of the video."""
    height: int | None
    """The height of the video, in pixels."""
    width: int | None
    """The width of the video, in pixels."""

    def __init__(
        self,
        *,
        duration: float | None = None,
        filename: str | None = None,
        height: int | None = None,
        width: int | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.duration = duration
        self.filename = filename
        self.height = height
        self.width = width

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.duration is not None:
            data["duration"] = self.duration
        if self.filename is not None:
            data["filename"] = self.filename
        if self.height is not None:
            data["height"] = self.height
        if self.width is not None:
            data["width"] = self.width
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("VideoIndexingTaskSystemMetadata", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("duration")
        if value.__class__ is not float and value.__class__ is not int and value is not None:
            raise types.mismatch("VideoIndexingTaskSystemMetadata.duration", "a number", value)
        self.duration = value
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("VideoIndexingTaskSystemMetadata.filename", "a string", value)
        self.filename = value
        value = get("height")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("VideoIndexingTaskSystemMetadata.height", value)
        self.height = value
        value = get("width")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("VideoIndexingTaskSystemMetadata.width", value)
        self.width = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
