# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, decode_strings, mismatch
from .video_item import VideoItem
from .video_item_failed import VideoItemFailed


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("TransfersGetStatusResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("not_imported")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.not_imported", "an array", value)
        if value is not None:
            value = decode_strings("TransfersGetStatusResponse.not_imported", value)
        self.not_imported = value
        value = get("validating")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.validating", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.validating = value
        value = get("pending")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.pending", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.pending = value
        value = get("queued")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.queued", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.queued = value
        value = get("indexing")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.indexing", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.indexing = value
        value = get("ready")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.ready", "an array", value)
        if value is not None:
            value = [VideoItem.from_dict(item) for item in value]
        self.ready = value
        value = get("failed")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetStatusResponse.failed", "an array", value)
        if value is not None:
            value = [VideoItemFailed.from_dict(item) for item in value]
        self.failed = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TransfersGetStatusResponse.NAMES.values())
