# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, Self

from .. import types
from .import_log_failed_files_item import ImportLogFailedFilesItem
from .import_log_video_status import ImportLogVideoStatus

NAMES: frozenset[str] = frozenset({"index_id", "index_name", "created_at", "ended_at", "video_status", "failed_files"})


class ImportLog(types.Model):
    """One import."""

    __slots__ = ("index_id", "index_name", "created_at", "ended_at", "video_status", "failed_files")

    index_id: str | None
    """The unique identifier of the index associated with this import."""
    index_name: str | None
    """The name of the index associated with this import."""
    created_at: datetime.datetime | None
    """The date and time, in the RFC 3339 format, when the import was initiated."""
    ended_at: datetime.datetime | None
    """The date and time, in the RFC 3339 format, when the platform completed the import. `null` while the import is
    still ongoing."""
    video_status: ImportLogVideoStatus | None
    """How many videos of an import are in which status."""
    failed_files: list[ImportLogFailedFilesItem] | None
    """The files that failed to import, and why."""

    def __init__(
        self,
        *,
        index_id: str | None = None,
        index_name: str | None = None,
        created_at: datetime.datetime | None = None,
        ended_at: datetime.datetime | None = None,
        video_status: ImportLogVideoStatus | None = None,
        failed_files: list[ImportLogFailedFilesItem] | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.index_id = index_id
        self.index_name = index_name
        self.created_at = created_at
        self.ended_at = ended_at
        self.video_status = video_status
        self.failed_files = failed_files

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("ImportLog.index_id", "a string", value)
        self.index_id = value
        value = get("index_name")
        if value.__class__ is not str and value is not None:
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
        if value.__class__ is not list and value is not None:
            raise types.mismatch("ImportLog.failed_files", "an array", value)
        if value is not None:
            value = [ImportLogFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
