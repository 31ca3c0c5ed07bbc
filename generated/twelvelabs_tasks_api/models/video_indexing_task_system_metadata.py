# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class VideoIndexingTaskSystemMetadata(types.Model):
    """What the platform found out about the video."""

    duration: float | None = None
    """The duration of the video, in seconds."""
    filename: str | None = None
    """The filename of the video."""
    height: int | None = None
    """The height of the video, in pixels."""
    width: int | None = None
    """The width of the video, in pixels."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "duration",
            "filename",
            "height",
            "width",
        }
    )

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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("duration")
        if value is not None and value.__class__ is not float and value.__class__ is not int:
            raise types.mismatch("VideoIndexingTaskSystemMetadata.duration", "a number", value)
        self.duration = value
        value = get("filename")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("VideoIndexingTaskSystemMetadata.filename", "a string", value)
        self.filename = value
        value = get("height")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("VideoIndexingTaskSystemMetadata.height", value)
        self.height = value
        value = get("width")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("VideoIndexingTaskSystemMetadata.width", value)
        self.width = value
        self.additional_properties = cls._additional(source)
        return self
