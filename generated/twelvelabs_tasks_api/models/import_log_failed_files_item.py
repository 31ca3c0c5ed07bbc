# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch


@define(kw_only=True)
class ImportLogFailedFilesItem(Model):
    """A file that failed to import, and why."""

    NAMES: ClassVar[dict[str, str]] = {
        "filename": "filename",
        "error_message": "error_message",
    }

    filename: str | None = None
    """The name of the video file that failed to import."""
    error_message: str | None = None
    """Why the import failed, in human-readable form."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise mismatch("ImportLogFailedFilesItem", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLogFailedFilesItem.filename", "a string", value)
        self.filename = value
        value = get("error_message")
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLogFailedFilesItem.error_message", "a string", value)
        self.error_message = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(ImportLogFailedFilesItem.NAMES.values())
