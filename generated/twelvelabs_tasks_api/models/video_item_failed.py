# Generated from openapi.yaml by `make regenerate`. Do not edit.
import datetime
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class VideoItemFailed(types.Model):
    """A video that failed to import, and why."""

    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""
    error_message: str
    """Why the video failed to import."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "filename",
            "created_at",
            "error_message",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["filename"] = self.filename
        data["created_at"] = self.created_at.isoformat()
        data["error_message"] = self.error_message
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("VideoItemFailed", "an object", source)
        get = source.get
        filename: Any = get("filename")
        if filename is None:
            raise types.mismatch("VideoItemFailed.filename", "there", filename)
        if not isinstance(filename, str):
            raise types.mismatch("VideoItemFailed.filename", "a string", filename)
        created_at: Any = get("created_at")
        if created_at is None:
            raise types.mismatch("VideoItemFailed.created_at", "there", created_at)
        created_at = types.decode_datetime("VideoItemFailed.created_at", created_at)
        error_message: Any = get("error_message")
        if error_message is None:
            raise types.mismatch("VideoItemFailed.error_message", "there", error_message)
        if not isinstance(error_message, str):
            raise types.mismatch("VideoItemFailed.error_message", "a string", error_message)
        return cls(
            filename=filename,
            created_at=created_at,
            error_message=error_message,
            additional_properties=cls._additional(source),
        )
