# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, decode_datetime, mismatch
from .import_log_failed_files_item import ImportLogFailedFilesItem
from .import_log_video_status import ImportLogVideoStatus


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("ImportLog", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("index_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLog.index_id", "a string", value)
        self.index_id = value
        value = get("index_name")
        if value.__class__ is not str and value is not None:
            raise mismatch("ImportLog.index_name", "a string", value)
        self.index_name = value
        value = get("created_at")
        if value is not None:
            value = decode_datetime("ImportLog.created_at", value)
        self.created_at = value
        value = get("ended_at")
        if value is not None:
            value = decode_datetime("ImportLog.ended_at", value)
        self.ended_at = value
        value = get("video_status")
        if value is not None:
            value = ImportLogVideoStatus.from_dict(value)
        self.video_status = value
        value = get("failed_files")
        if value.__class__ is not list and value is not None:
            raise mismatch("ImportLog.failed_files", "an array", value)
        if value is not None:
            value = [ImportLogFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(ImportLog.NAMES.values())
