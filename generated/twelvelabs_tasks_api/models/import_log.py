# Generated from openapi.yaml by `make regenerate`. Do not edit.
import datetime
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .import_log_failed_files_item import ImportLogFailedFilesItem
from .import_log_video_status import ImportLogVideoStatus


@define(kw_only=True, repr=False)
class ImportLog(types.Model):
    """One import."""

    index_id: str | None = None
    """The unique identifier of the index associated with this import."""
    index_name: str | None = None
    """The name of the index associated with this import."""
    created_at: datetime.datetime | None = None
    """The date and time, in the RFC 3339 format, when the import was initiated."""
    ended_at: datetime.datetime | None = None
    """The date and time, in the RFC 3339 format, when the platform completed the import. `null` while the import is
    still ongoing."""
    video_status: ImportLogVideoStatus | None = None
    """How many videos of an import are in which status."""
    failed_files: list[ImportLogFailedFilesItem] | None = None
    """The files that failed to import, and why."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "index_id",
            "index_name",
            "created_at",
            "ended_at",
            "video_status",
            "failed_files",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.index_id is not None:
            data["index_id"] = self.index_id
        if self.index_name is not None:
            data["index_name"] = self.index_name
        if self.created_at is not None:
            data["created_at"] = self.created_at.isoformat()
        if self.ended_at is not None:
            data["ended_at"] = self.ended_at.isoformat()
        if self.video_status is not None:
            data["video_status"] = self.video_status.to_dict()
        if self.failed_files is not None:
            data["failed_files"] = [item.to_dict() for item in self.failed_files]
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("ImportLog", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("index_id")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("ImportLog.index_id", "a string", value)
        self.index_id = value
        value = get("index_name")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("ImportLog.index_name", "a string", value)
        self.index_name = value
        value = get("created_at")
        if value is not None:
            value = types.decode_datetime("ImportLog.created_at", value)
        self.created_at = value
        value = get("ended_at")
        if value is not None:
            value = types.decode_datetime("ImportLog.ended_at", value)
        self.ended_at = value
        value = get("video_status")
        if value is not None:
            value = ImportLogVideoStatus.from_dict(value)
        self.video_status = value
        value = get("failed_files")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("ImportLog.failed_files", "an array", value)
        if value is not None:
            value = [ImportLogFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        self.additional_properties = cls._additional(source)
        return self
