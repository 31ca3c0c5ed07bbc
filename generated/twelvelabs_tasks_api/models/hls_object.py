# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .hls_object_status import HlsObjectStatus

NAMES: frozenset[str] = frozenset({"video_url", "thumbnail_urls", "status", "updated_at"})


class HlsObject(types.Model):
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

    __slots__ = ("video_url", "thumbnail_urls", "status", "updated_at")

    video_url: str | None
    """The URL of the HLS playlist."""
    thumbnail_urls: list[str] | None
    """The URLs of the thumbnails."""
    status: HlsObjectStatus | None
    """How far the video is encoded for streaming."""
    updated_at: str | None
    """The date and time, in the RFC 3339 format, that the status of the stream was last updated."""

    def __init__(
        self,
        *,
        video_url: str | None = None,
        thumbnail_urls: list[str] | None = None,
        status: HlsObjectStatus | None = None,
        updated_at: str | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.video_url = video_url
        self.thumbnail_urls = thumbnail_urls
        self.status = status
        self.updated_at = updated_at

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.video_url is not None:
            data["video_url"] = self.video_url
        if self.thumbnail_urls is not None:
            data["thumbnail_urls"] = self.thumbnail_urls
        if self.status is not None:
            data["status"] = self.status
        if self.updated_at is not None:
            data["updated_at"] = self.updated_at
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("HlsObject", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("video_url")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("HlsObject.video_url", "a string", value)
        self.video_url = value
        value = get("thumbnail_urls")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("HlsObject.thumbnail_urls", "an array", value)
        if value is not None:
            value = types.decode_strings("HlsObject.thumbnail_urls", value)
        self.thumbnail_urls = value
        value = get("status")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("HlsObject.status", "a string", value)
        self.status = value
        value = get("updated_at")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("HlsObject.updated_at", "a string", value)
        self.updated_at = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
