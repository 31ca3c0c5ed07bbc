# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class ImportLogVideoStatus(types.Model):
    """How many videos of an import are in which status."""

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

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "ready",
            "validating",
            "queued",
            "pending",
            "indexing",
            "failed",
        }
    )

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
        get = source.get
        ready: Any = get("ready")
        if ready is None:
            raise types.mismatch("ImportLogVideoStatus.ready", "there", ready)
        if ready.__class__ is not int:
            ready = types.decode_integer("ImportLogVideoStatus.ready", ready)
        validating: Any = get("validating")
        if validating is None:
            raise types.mismatch("ImportLogVideoStatus.validating", "there", validating)
        if validating.__class__ is not int:
            validating = types.decode_integer("ImportLogVideoStatus.validating", validating)
        queued: Any = get("queued")
        if queued is None:
            raise types.mismatch("ImportLogVideoStatus.queued", "there", queued)
        if queued.__class__ is not int:
            queued = types.decode_integer("ImportLogVideoStatus.queued", queued)
        pending: Any = get("pending")
        if pending is None:
            raise types.mismatch("ImportLogVideoStatus.pending", "there", pending)
        if pending.__class__ is not int:
            pending = types.decode_integer("ImportLogVideoStatus.pending", pending)
        indexing: Any = get("indexing")
        if indexing is None:
            raise types.mismatch("ImportLogVideoStatus.indexing", "there", indexing)
        if indexing.__class__ is not int:
            indexing = types.decode_integer("ImportLogVideoStatus.indexing", indexing)
        failed: Any = get("failed")
        if failed is None:
            raise types.mismatch("ImportLogVideoStatus.failed", "there", failed)
        if failed.__class__ is not int:
            failed = types.decode_integer("ImportLogVideoStatus.failed", failed)
        return cls(
            ready=ready,
            validating=validating,
            queued=queued,
            pending=pending,
            indexing=indexing,
            failed=failed,
            additional_properties=cls._additional(source),
        )
