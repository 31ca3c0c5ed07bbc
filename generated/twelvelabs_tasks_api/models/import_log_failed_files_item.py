# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"filename", "error_message"})


class ImportLogFailedFilesItem(types.Model):
    """A file that failed to import, and why."""

    __slots__ = ("filename", "error_message")

    filename: str | None
    """The name of the video file that failed to import."""
    error_message: str | None
    """Why the import failed, for people to read."""

    def __init__(
        self,
        *,
        filename: str | None = None,
        error_message: str | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.filename = filename
        self.error_message = error_message

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.filename is not None:
            data["filename"] = self.filename
        if self.error_message is not None:
            data["error_message"] = self.error_message
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("ImportLogFailedFilesItem", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("ImportLogFailedFilesItem.filename", "a string", value)
        self.filename = value
        value = get("error_message")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("ImportLogFailedFilesItem.error_message", "a string", value)
        self.error_message = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
