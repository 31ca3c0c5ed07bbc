# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch
from .transfers_create_response_failed_files_item import TransfersCreateResponseFailedFilesItem
from .transfers_create_response_videos_item import TransfersCreateResponseVideosItem


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("TransfersCreateResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("failed_files")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersCreateResponse.failed_files", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseFailedFilesItem.from_dict(item) for item in value]
        self.failed_files = value
        value = get("videos")
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersCreateResponse.videos", "an array", value)
        if value is not None:
            value = [TransfersCreateResponseVideosItem.from_dict(item) for item in value]
        self.videos = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TransfersCreateResponse.NAMES.values())
