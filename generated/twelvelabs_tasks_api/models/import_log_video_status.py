# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, decode_integer, mismatch


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("ImportLogVideoStatus", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("ready")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.ready", value)
        self.ready = value
        value = get("validating")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.validating", value)
        self.validating = value
        value = get("queued")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.queued", value)
        self.queued = value
        value = get("pending")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.pending", value)
        self.pending = value
        value = get("indexing")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.indexing", value)
        self.indexing = value
        value = get("failed")
        if value.__class__ is not int:
            value = decode_integer("ImportLogVideoStatus.failed", value)
        self.failed = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(ImportLogVideoStatus.NAMES.values())
