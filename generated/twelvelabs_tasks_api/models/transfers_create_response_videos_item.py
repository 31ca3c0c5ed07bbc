# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch


@define(kw_only=True)
class TransfersCreateResponseVideosItem(Model):
    """A video that will be imported."""

    NAMES: ClassVar[dict[str, str]] = {
        "video_id": "video_id",
        "filename": "filename",
    }

    video_id: str | None = None
    """The unique identifier of the video and also of its video indexing task."""
    filename: str | None = None
    """The filename of the video."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise mismatch("TransfersCreateResponseVideosItem", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise mismatch("TransfersCreateResponseVideosItem.video_id", "a string", value)
        self.video_id = value
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise mismatch("TransfersCreateResponseVideosItem.filename", "a string", value)
        self.filename = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TransfersCreateResponseVideosItem.NAMES.values())
