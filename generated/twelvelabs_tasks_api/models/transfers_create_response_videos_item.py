# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"video_id", "filename"})


class TransfersCreateResponseVideosItem(types.Model):
    """A video that will be imported."""

    __slots__ = ("video_id", "filename")

    video_id: str | None
    """The unique identifier of the video and also of its video indexing task."""
    filename: str | None
    """The filename of the video."""

    def __init__(
        self,
        *,
        video_id: str | None = None,
        filename: str | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.video_id = video_id
        self.filename = filename

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.video_id is not None:
            data["video_id"] = self.video_id
        if self.filename is not None:
            data["filename"] = self.filename
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersCreateResponseVideosItem", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("video_id")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TransfersCreateResponseVideosItem.video_id", "a string", value)
        self.video_id = value
        value = get("filename")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("TransfersCreateResponseVideosItem.filename", "a string", value)
        self.filename = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
