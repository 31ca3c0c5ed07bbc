# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class TransfersCreateResponseFailedFilesItem(types.Model):
    """A file that will not be imported, and why."""

    filename: str | None = None
    """The filename of the video that failed to be imported."""
    error_message: str | None = None
    """Why the import failed."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "filename",
            "error_message",
        }
    )

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
            raise types.mismatch("TransfersCreateResponseFailedFilesItem", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("filename")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("TransfersCreateResponseFailedFilesItem.filename", "a string", value)
        self.filename = value
        value = get("error_message")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("TransfersCreateResponseFailedFilesItem.error_message", "a string", value)
        self.error_message = value
        self.additional_properties = cls._additional(source)
        return self
