# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"ready", "validating", "queued", "pending", "indexing", "failed"})


class ImportLogVideoStatus(types.Model):
    """How many videos of an import are in which status."""

    __slots__ = ("ready", "validating", "queued", "pending", "indexing", "failed")

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

    def __init__(
        self,
        *,
        ready: int,
        validating: int,
        queued: int,
        pending: int,
        indexing: int,
        failed: int,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.ready = ready
        self.validating = validating
        self.queued = queued
        self.pending = pending
        self.indexing = indexing
        self.failed = failed

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["ready"] = self.ready
        data["validating"] = self.validating
        data["queued"] = self.queued
        data["pending"] = self.pending
        data["indexing"] = self.indexing
        data["failed"] = self.failed
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("ImportLogVideoStatus", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("ready")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.ready", value)
        self.ready = value
        value = get("validating")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.validating", value)
        self.validating = value
        value = get("queued")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.queued", value)
        self.queued = value
        value = get("pending")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.pending", value)
        self.pending = value
        value = get("indexing")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.indexing", value)
        self.indexing = value
        value = get("failed")
        if value.__class__ is not int:
            value = types.decode_integer("ImportLogVideoStatus.failed", value)
        self.failed = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
