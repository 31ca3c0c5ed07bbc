# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"filename", "created_at", "error_message"})


class VideoItemFailed(types.Model):
    """A video that failed to import, and why."""

    __slots__ = ("filename", "created_at", "error_message")

    filename: str
    """The name of the video file."""
    created_at: datetime.datetime
    """The date and time, in the RFC 3339 format, when the video was added to the import process."""
    error_message: str
    """Why the video failed to import."""

    def __init__(
        self,
        *,
        filename: str,
        created_at: datetime.datetime,
        error_message: str,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.filename = filename
        self.created_at = created_at
        self.error_message = error_message

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("filename")
        if value.__class__ is not str:
            raise types.mismatch("VideoItemFailed.filename", "a string", value)
        self.filename = value
        value = get("created_at")
        value = types.decode_datetime("VideoItemFailed.created_at", value)
        self.created_at = value
        value = get("error_message")
        if value.__class__ is not str:
            raise types.mismatch("VideoItemFailed.error_message", "a string", value)
        self.error_message = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
