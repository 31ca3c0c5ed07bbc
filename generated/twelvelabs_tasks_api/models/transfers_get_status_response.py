# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .video_item import VideoItem
from .video_item_failed import VideoItemFailed


@define(kw_only=True, repr=False)
class TransfersGetStatusResponse(types.Model):
    """The videos of an integration and an index, grouped by status. A group may be `null`."""

    not_imported: list[str] | None = None
    """The filenames of videos that have not been imported yet."""
    validating: list[VideoItem] | None = None
    """The videos that are being validated."""
    pending: list[VideoItem] | None = None
    """The videos that are pending."""
    queued: list[VideoItem] | None = None
    """The videos that are queued for import."""
    indexing: list[VideoItem] | None = None
    """The videos that are being indexed."""
    ready: list[VideoItem] | None = None
    """The videos that have been imported."""
    failed: list[VideoItemFailed] | None = None
    """The videos that failed to import."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "not_imported",
            "validating",
            "pending",
            "queued",
            "indexing",
            "ready",
            "failed",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.not_imported is not None:
            data["not_imported"] = self.not_imported
        if self.validating is not None:
            data["validating"] = [item.to_dict() for item in self.validating]
        if self.pending is not None:
            data["pending"] = [item.to_dict() for item in self.pending]
        if self.queued is not None:
            data["queued"] = [item.to_dict() for item in self.queued]
        if self.indexing is not None:
            data["indexing"] = [item.to_dict() for item in self.indexing]
        if self.ready is not None:
            data["ready"] = [item.to_dict() for item in self.ready]
        if self.failed is not None:
            data["failed"] = [item.to_dict() for item in self.failed]
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersGetStatusResponse", "an object", source)
        get = source.get
        not_imported: Any = get("not_imported")
        if not_imported is not None:
            if not isinstance(not_imported, list):
                raise types.mismatch("TransfersGetStatusResponse.not_imported", "an array", not_imported)
            if not all(isinstance(item, str) for item in not_imported):
                raise types.mismatch("TransfersGetStatusResponse.not_imported", "an array of strings", not_imported)
        validating: Any = get("validating")
        if validating is not None:
            if not isinstance(validating, list):
                raise types.mismatch("TransfersGetStatusResponse.validating", "an array", validating)
            validating = [VideoItem.from_dict(item) for item in validating]
        pending: Any = get("pending")
        if pending is not None:
            if not isinstance(pending, list):
                raise types.mismatch("TransfersGetStatusResponse.pending", "an array", pending)
            pending = [VideoItem.from_dict(item) for item in pending]
        queued: Any = get("queued")
        if queued is not None:
            if not isinstance(queued, list):
                raise types.mismatch("TransfersGetStatusResponse.queued", "an array", queued)
            queued = [VideoItem.from_dict(item) for item in queued]
        indexing: Any = get("indexing")
        if indexing is not None:
            if not isinstance(indexing, list):
                raise types.mismatch("TransfersGetStatusResponse.indexing", "an array", indexing)
            indexing = [VideoItem.from_dict(item) for item in indexing]
        ready: Any = get("ready")
        if ready is not None:
            if not isinstance(ready, list):
                raise types.mismatch("TransfersGetStatusResponse.ready", "an array", ready)
            ready = [VideoItem.from_dict(item) for item in ready]
        failed: Any = get("failed")
        if failed is not None:
            if not isinstance(failed, list):
                raise types.mismatch("TransfersGetStatusResponse.failed", "an array", failed)
            failed = [VideoItemFailed.from_dict(item) for item in failed]
        return cls(
            not_imported=not_imported,
            validating=validating,
            pending=pending,
            queued=queued,
            indexing=indexing,
            ready=ready,
            failed=failed,
            additional_properties=cls._additional(source),
        )
