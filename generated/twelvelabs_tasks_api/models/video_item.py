# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_datetime, mismatch, new, take


@define(kw_only=True, repr=False)
class VideoItem(Model):
    """A video that is being imported or has been."""

    NAMES: ClassVar[dict[str, str]] = {
        "video_id": "video_id",
        "filename": "filename",
        "created_at": "created_at",
    }

    video_id: str
    """The unique identifier of the video."""
    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.video_id = source["video_id"]
            self.filename = source["filename"]
            self.created_at = source["created_at"]
            if len(source) != 3:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.video_id
        if value.__class__ is not str:
            raise mismatch("VideoItem.video_id", "a string", value)
        value = self.filename
        if value.__class__ is not str:
            raise mismatch("VideoItem.filename", "a string", value)
        value = self.created_at
        self.created_at = decode_datetime("VideoItem.created_at", value)
        return self
