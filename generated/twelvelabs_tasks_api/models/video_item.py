# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"video_id", "filename", "created_at"})


class VideoItem(types.Model):
    """A video that is being imported or has been."""

    __slots__ = ("video_id", "filename", "created_at")

    video_id: str
    """The unique identifier of the video."""
    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""

    def __init__(
        self,
        *,
        video_id: str,
        filename: str,
        created_at: datetime.datetime,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.video_id = video_id
        self.filename = filename
        self.created_at = created_at

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("video_id")
        if value.__class__ is not str:
            raise types.mismatch("VideoItem.video_id", "a string", value)
        self.video_id = value
        value = get("filename")
        if value.__class__ is not str:
            raise types.mismatch("VideoItem.filename", "a string", value)
        self.filename = value
        value = get("created_at")
        value = types.decode_datetime("VideoItem.created_at", value)
        self.created_at = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
