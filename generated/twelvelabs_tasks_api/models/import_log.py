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
        get = source.get
        index_id: Any = get("index_id")
        if index_id is not None:
            if not isinstance(index_id, str):
                raise types.mismatch("ImportLog.index_id", "a string", index_id)
        index_name: Any = get("index_name")
        if index_name is not None:
            if not isinstance(index_name, str):
                raise types.mismatch("ImportLog.index_name", "a string", index_name)
        created_at: Any = get("created_at")
        if created_at is not None:
            created_at = types.decode_datetime("ImportLog.created_at", created_at)
        ended_at: Any = get("ended_at")
        if ended_at is not None:
            ended_at = types.decode_datetime("ImportLog.ended_at", ended_at)
        video_status: Any = get("video_status")
        if video_status is not None:
            video_status = ImportLogVideoStatus.from_dict(video_status)
        failed_files: Any = get("failed_files")
        if failed_files is not None:
            if not isinstance(failed_files, list):
                raise types.mismatch("ImportLog.failed_files", "an array", failed_files)
            failed_files = [ImportLogFailedFilesItem.from_dict(item) for item in failed_files]
        return cls(
            index_id=index_id,
            index_name=index_name,
            created_at=created_at,
            ended_at=ended_at,
            video_status=video_status,
            failed_files=failed_files,
            additional_properties=cls._additional(source),
        )
