# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .video_item import VideoItem
from .video_item_failed import VideoItemFailed

NAMES: frozenset[str] = frozenset({"not_imported", "validating", "pending", "queued", "indexing", "ready", "failed"})


class TransfersGetStatusResponse(types.Model):
    """The videos of an integration and an index, grouped by status. A group may be `null`."""

    __slots__ = ("not_imported", "validating", "pending", "queued", "indexing", "ready", "failed")

    not_imported: list[str] | None
    """The filenames of videos that have not been imported yet."""
    validating: list[VideoItem] | None
    """The videos that are being validated."""
    pending: list[VideoItem] | None
    """The videos that are pending."""
    queued: list[VideoItem] | None
    """The videos that are queued for import."""
    indexing: list[VideoItem] | None
    """The videos that are being indexed."""
    ready: list[VideoItem] | None
    """The videos that have been imported."""
    failed: list[VideoItemFailed] | None
    """The videos that failed to import."""

    def __init__(
        self,
        *,
        not_imported: list[str] | None = None,
        validating: list[VideoItem] | None = None,
        pending: list[VideoItem] | None = None,
        queued: list[VideoItem] | None = None,
        indexing: list[VideoItem] | None = None,
        ready: list[VideoItem] | None = None,
        failed: list[VideoItemFailed] | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.not_imported = not_imported
        self.validating = validating
        self.pending = pending
        self.queued = queued
        self.indexing = indexing
        self.ready = ready
        self.failed = failed

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("not_imported")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.not_imported", "an array", value)
        if value is not None:
            value = types.decode_strings("TransfersGetStatusResponse.not_imported", value)
        self.not_imported = value
        value = get("validating")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.validating", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.validating = value
        value = get("pending")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.pending", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.pending = value
        value = get("queued")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.queued", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.queued = value
        value = get("indexing")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.indexing", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.indexing = value
        value = get("ready")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.ready", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.ready = value
        value = get("failed")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetStatusResponse.failed", "an array", value)
        if value is not None:
            value = [VideoItemFailed.from_dict(item) for item in value]
        self.failed = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
