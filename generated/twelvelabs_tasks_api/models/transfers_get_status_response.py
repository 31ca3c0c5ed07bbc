# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_strings, mismatch, new, take
from .video_item import VideoItem
from .video_item_failed import VideoItemFailed


@define(kw_only=True, repr=False)
class TransfersGetStatusResponse(Model):
    """The videos of an integration and an index, grouped by status. A group may be `null`."""

    NAMES: ClassVar[dict[str, str]] = {
        "not_imported": "not_imported",
        "validating": "validating",
        "pending": "pending",
        "queued": "queued",
        "indexing": "indexing",
        "ready": "ready",
        "failed": "failed",
    }

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

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.not_imported = source["not_imported"]
            self.validating = source["validating"]
            self.pending = source["pending"]
            self.queued = source["queued"]
            self.indexing = source["indexing"]
            self.ready = source["ready"]
            self.failed = source["failed"]
            if len(source) != 7:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.not_imported
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.not_imported", "an array", value)
        if value is not None:
            self.not_imported = decode_strings("TransfersGetStatusResponse.not_imported", value)
        value = self.validating
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.validating", "an array", value)
        if value is not None:
            self.validating = list(map(VideoItem.from_dict, value))
        value = self.pending
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.pending", "an array", value)
        if value is not None:
            self.pending = list(map(VideoItem.from_dict, value))
        value = self.queued
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.queued", "an array", value)
        if value is not None:
            self.queued = list(map(VideoItem.from_dict, value))
        value = self.indexing
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.indexing", "an array", value)
        if value is not None:
            self.indexing = list(map(VideoItem.from_dict, value))
        value = self.ready
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.ready", "an array", value)
        if value is not None:
            self.ready = list(map(VideoItem.from_dict, value))
        value = self.failed
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.failed", "an array", value)
        if value is not None:
            self.failed = list(map(VideoItemFailed.from_dict, value))
        return self
