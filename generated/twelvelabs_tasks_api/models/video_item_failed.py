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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("filename")
        if not isinstance(value, str):
            raise types.mismatch("VideoItemFailed.filename", "a string", value)
        self.filename = value
        value = get("created_at")
        value = types.decode_datetime("VideoItemFailed.created_at", value)
        self.created_at = value
        value = get("error_message")
        if not isinstance(value, str):
            raise types.mismatch("VideoItemFailed.error_message", "a string", value)
        self.error_message = value
        self.additional_properties = cls._additional(source)
        return self
