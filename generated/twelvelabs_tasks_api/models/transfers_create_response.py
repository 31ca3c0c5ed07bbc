# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take
from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem


@define(kw_only=True, repr=False)
class TransfersCreateResponse(Model):
    """Which files will be imported, and which will not."""

    NAMES: ClassVar[dict[str, str]] = {
        "failed_files": "failed_files",
        "videos": "videos",
    }

    failed_files: list[TransfersCreateResponseFailedFilesItem] | None = None
    """The files that will not be imported, usually because they do not meet the requirements."""
    videos: list[TransfersCreateResponseVideosItem] | None = None
    """The videos that will be uploaded and indexed."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.failed_files = source["failed_files"]
            self.videos = source["videos"]
            if len(source) != 2:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.failed_files
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersCreateResponse.failed_files", "an array", value)
        if value is not None:
            self.failed_files = list(map(TransfersCreateResponseFailedFilesItem.from_dict, value))
        value = self.videos
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersCreateResponse.videos", "an array", value)
        if value is not None:
            self.videos = list(map(TransfersCreateResponseVideosItem.from_dict, value))
        return self
