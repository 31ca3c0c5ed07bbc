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
        get = source.get
        video_id: Any = get("video_id")
        if video_id is None:
            raise types.mismatch("VideoItem.video_id", "there", video_id)
        if not isinstance(video_id, str):
            raise types.mismatch("VideoItem.video_id", "a string", video_id)
        filename: Any = get("filename")
        if filename is None:
            raise types.mismatch("VideoItem.filename", "there", filename)
        if not isinstance(filename, str):
            raise types.mismatch("VideoItem.filename", "a string", filename)
        created_at: Any = get("created_at")
        if created_at is None:
            raise types.mismatch("VideoItem.created_at", "there", created_at)
        created_at = types.decode_datetime("VideoItem.created_at", created_at)
        return cls(
            video_id=video_id,
            filename=filename,
            created_at=created_at,
            additional_properties=cls._additional(source),
        )
