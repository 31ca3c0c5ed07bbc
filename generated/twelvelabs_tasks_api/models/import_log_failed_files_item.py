# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class ImportLogFailedFilesItem(types.Model):
    """A file that failed to import, and why."""

    filename: str | None = None
    """The name of the video file that failed to import."""
    error_message: str | None = None
    """Why the import failed, for people to read."""

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
            raise types.mismatch("ImportLogFailedFilesItem", "an object", source)
        get = source.get
        filename: Any = get("filename")
        if filename is not None:
            if not isinstance(filename, str):
                raise types.mismatch("ImportLogFailedFilesItem.filename", "a string", filename)
        error_message: Any = get("error_message")
        if error_message is not None:
            if not isinstance(error_message, str):
                raise types.mismatch("ImportLogFailedFilesItem.error_message", "a string", error_message)
        return cls(
            filename=filename,
            error_message=error_message,
            additional_properties=cls._additional(source),
        )
