# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_datetime, mismatch, new, take
from .import_log_failed_files_item import ImportLogFailedFilesItem
from .import_log_video_status import ImportLogVideoStatus


@define(kw_only=True, repr=False)
class ImportLog(Model):
    """One import."""

    NAMES: ClassVar[dict[str, str]] = {
        "index_id": "index_id",
        "index_name": "index_name",
        "created_at": "created_at",
        "ended_at": "ended_at",
        "video_status": "video_status",
        "failed_files": "failed_files",
    }

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
    """The number of videos of an import per status."""
    failed_files: list[ImportLogFailedFilesItem] | None = None
    """The files that failed to import, and why."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.index_id = source["index_id"]
            self.index_name = source["index_name"]
            self.created_at = source["created_at"]
            self.ended_at = source["ended_at"]
            self.video_status = source["video_status"]
            self.failed_files = source["failed_files"]
            if len(source) != 6:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.index_id
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLog.index_id", "a string", value)
        value = self.index_name
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLog.index_name", "a string", value)
        value = self.created_at
        if value is not None:
            self.created_at = decode_datetime("ImportLog.created_at", value)
        value = self.ended_at
        if value is not None:
            self.ended_at = decode_datetime("ImportLog.ended_at", value)
        value = self.video_status
        if value is not None:
            self.video_status = ImportLogVideoStatus.from_dict(value)
        value = self.failed_files
        if value.__class__ is not list and value is not None:
            raise mismatch("ImportLog.failed_files", "an array", value)
        if value is not None:
            self.failed_files = list(map(ImportLogFailedFilesItem.from_dict, value))
        return self
