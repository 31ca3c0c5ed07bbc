# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take


@define(kw_only=True, repr=False)
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
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.filename = source["filename"]
            self.error_message = source["error_message"]
            if len(source) != 2:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.filename
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLogFailedFilesItem.filename", "a string", value)
        value = self.error_message
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLogFailedFilesItem.error_message", "a string", value)
        return self
