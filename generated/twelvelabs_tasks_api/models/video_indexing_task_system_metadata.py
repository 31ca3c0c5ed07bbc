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
        get = source.get
        duration: Any = get("duration")
        if duration is not None:
            if not isinstance(duration, (float, int)) or isinstance(duration, bool):
                raise types.mismatch("VideoIndexingTaskSystemMetadata.duration", "a number", duration)
        filename: Any = get("filename")
        if filename is not None:
            if not isinstance(filename, str):
                raise types.mismatch("VideoIndexingTaskSystemMetadata.filename", "a string", filename)
        height: Any = get("height")
        if height is not None:
            if height.__class__ is not int:
                height = types.decode_integer("VideoIndexingTaskSystemMetadata.height", height)
        width: Any = get("width")
        if width is not None:
            if width.__class__ is not int:
                width = types.decode_integer("VideoIndexingTaskSystemMetadata.width", width)
        return cls(
            duration=duration,
            filename=filename,
            height=height,
            width=width,
            additional_properties=cls._additional(source),
        )
