# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem

NAMES: frozenset[str] = frozenset({"failed_files", "videos"})


class TransfersCreateResponse(types.Model):
    """What an import will and will not bring in."""

    __slots__ = ("failed_files", "videos")

    failed_files: list[TransfersCreateResponseFailedFilesItem] | None
    """The files that will not be imported, usually because they do not meet the requirements."""
    videos: list[TransfersCreateResponseVideosItem] | None
    """The videos that will be uploaded and indexed."""

    def __init__(
        self,
        *,
        failed_files: list[TransfersCreateResponseFailedFilesItem] | None = None,
        videos: list[TransfersCreateResponseVideosItem] | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.failed_files = failed_files
        self.videos = videos

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("failed_files")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersCreateResponse.failed_files", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        value = get("videos")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersCreateResponse.videos", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseVideosItem.from_dict(item) for item in value]
        self.videos = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
