# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_datetime, mismatch, new, take


@define(kw_only=True, repr=False)
class VideoItemFailed(Model):
    """A video that failed to import, and why."""

    NAMES: ClassVar[dict[str, str]] = {
        "filename": "filename",
        "created_at": "created_at",
        "error_message": "error_message",
    }

    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""
    error_message: str
    """Why the video failed to import."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.filename = source["filename"]
            self.created_at = source["created_at"]
            self.error_message = source["error_message"]
            if len(source) != 3:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.filename
        if value.__class__ is not str:
            raise mismatch("VideoItemFailed.filename", "a string", value)
        value = self.created_at
        self.created_at = decode_datetime("VideoItemFailed.created_at", value)
        value = self.error_message
        if value.__class__ is not str:
            raise mismatch("VideoItemFailed.error_message", "a string", value)
        return self
