# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_integer, new, take


@define(kw_only=True, repr=False)
class ImportLogVideoStatus(Model):
    """The number of videos of an import per status."""

    NAMES: ClassVar[dict[str, str]] = {
        "ready": "ready",
        "validating": "validating",
        "queued": "queued",
        "pending": "pending",
        "indexing": "indexing",
        "failed": "failed",
    }

    ready: int
    """How many videos have been imported."""
    validating: int
    """How many videos are being validated."""
    queued: int
    """How many videos are queued for import."""
    pending: int
    """How many videos are pending."""
    indexing: int
    """How many videos are being indexed."""
    failed: int
    """How many videos failed to import."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.ready = source["ready"]
            self.validating = source["validating"]
            self.queued = source["queued"]
            self.pending = source["pending"]
            self.indexing = source["indexing"]
            self.failed = source["failed"]
            if len(source) != 6:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.ready
        if value.__class__ is not int:
            self.ready = decode_integer("ImportLogVideoStatus.ready", value)
        value = self.validating
        if value.__class__ is not int:
            self.validating = decode_integer("ImportLogVideoStatus.validating", value)
        value = self.queued
        if value.__class__ is not int:
            self.queued = decode_integer("ImportLogVideoStatus.queued", value)
        value = self.pending
        if value.__class__ is not int:
            self.pending = decode_integer("ImportLogVideoStatus.pending", value)
        value = self.indexing
        if value.__class__ is not int:
            self.indexing = decode_integer("ImportLogVideoStatus.indexing", value)
        value = self.failed
        if value.__class__ is not int:
            self.failed = decode_integer("ImportLogVideoStatus.failed", value)
        return self
