# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class TransfersCreateResponseVideosItem(types.Model):
    """A video that will be imported."""

    video_id: str | None = None
    """The unique identifier of the video and also of its video indexing task."""
    filename: str | None = None
    """The filename of the video."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "video_id",
            "filename",
        }
    )

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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("video_id")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("TransfersCreateResponseVideosItem.video_id", "a string", value)
        self.video_id = value
        value = get("filename")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("TransfersCreateResponseVideosItem.filename", "a string", value)
        self.filename = value
        self.additional_properties = cls._additional(source)
        return self
