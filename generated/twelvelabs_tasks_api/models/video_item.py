# Generated from openapi.yaml by `make regenerate`. Do not edit.
import datetime
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class VideoItem(types.Model):
    """A video that is being imported or has been."""

    video_id: str
    """The unique identifier of the video."""
    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "video_id",
            "filename",
            "created_at",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["video_id"] = self.video_id
        data["filename"] = self.filename
        data["created_at"] = self.created_at.isoformat()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("VideoItem", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("video_id")
        if not isinstance(value, str):
            raise types.mismatch("VideoItem.video_id", "a string", value)
        self.video_id = value
        value = get("filename")
        if not isinstance(value, str):
            raise types.mismatch("VideoItem.filename", "a string", value)
        self.filename = value
        value = get("created_at")
        value = types.decode_datetime("VideoItem.created_at", value)
        self.created_at = value
        self.additional_properties = cls._additional(source)
        return self
