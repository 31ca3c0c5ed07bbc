# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem


@define(kw_only=True, repr=False)
class TransfersCreateResponse(types.Model):
    """What an import will and will not bring in."""

    failed_files: list[TransfersCreateResponseFailedFilesItem] | None = None
    """The files that will not be imported, usually because they do not meet the requirements."""
    videos: list[TransfersCreateResponseVideosItem] | None = None
    """The videos that will be uploaded and indexed."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "failed_files",
            "videos",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.failed_files is not None:
            data["failed_files"] = [item.to_dict() for item in self.failed_files]
        if self.videos is not None:
            data["videos"] = [item.to_dict() for item in self.videos]
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersCreateResponse", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("failed_files")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("TransfersCreateResponse.failed_files", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        value = get("videos")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("TransfersCreateResponse.videos", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseVideosItem.from_dict(item) for item in value]
        self.videos = value
        self.additional_properties = cls._additional(source)
        return self
