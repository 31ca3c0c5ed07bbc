# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_strings, mismatch, new, take
from .hls_object_status import HlsObjectStatus


@define(kw_only=True, repr=False)
class HlsObject(Model):
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

    NAMES: ClassVar[dict[str, str]] = {
        "video_url": "video_url",
        "thumbnail_urls": "thumbnail_urls",
        "status": "status",
        "updated_at": "updated_at",
    }

    video_url: str | None = None
    """The URL of the HLS playlist."""
    thumbnail_urls: list[str] | None = None
    """The URLs of the thumbnails."""
    status: HlsObjectStatus | None = None
    """The status of encoding the video for streaming."""
    updated_at: str | None = None
    """The date and time, in the RFC 3339 format, that the status of the stream was last updated."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.video_url = source["video_url"]
            self.thumbnail_urls = source["thumbnail_urls"]
            self.status = source["status"]
            self.updated_at = source["updated_at"]
            if len(source) != 4:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.video_url
        if value.__class__ is not str and value is not None:
            raise mismatch("HlsObject.video_url", "a string", value)
        value = self.thumbnail_urls
        if value.__class__ is not list and value is not None:
            raise mismatch("HlsObject.thumbnail_urls", "an array", value)
        if value is not None:
            self.thumbnail_urls = decode_strings("HlsObject.thumbnail_urls", value)
        value = self.status
        if value.__class__ is not str and value is not None:
            raise mismatch("HlsObject.status", "a string", value)
        value = self.updated_at
        if value.__class__ is not str and value is not None:
            raise mismatch("HlsObject.updated_at", "a string", value)
        return self
