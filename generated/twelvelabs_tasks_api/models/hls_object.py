# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .hls_object_status import HlsObjectStatus


@define(kw_only=True, repr=False)
class HlsObject(types.Model):
    """The HLS stream of the video. Present only if the video was uploaded with `enable_video_stream` set to `true`."""

    video_url: str | None = None
    """The URL of the HLS playlist."""
    thumbnail_urls: list[str] | None = None
    """The URLs of the thumbnails."""
    status: HlsObjectStatus | None = None
    """How far the video is encoded for streaming."""
    updated_at: str | None = None
    """The date and time, in the RFC 3339 format, that the status of the stream was last updated."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "video_url",
            "thumbnail_urls",
            "status",
            "updated_at",
        }
    )

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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("video_url")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("HlsObject.video_url", "a string", value)
        self.video_url = value
        value = get("thumbnail_urls")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("HlsObject.thumbnail_urls", "an array", value)
        if value is not None:
            value = types.decode_strings("HlsObject.thumbnail_urls", value)
        self.thumbnail_urls = value
        value = get("status")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("HlsObject.status", "a string", value)
        self.status = value
        value = get("updated_at")
        if value is not None and not isinstance(value, str):
            raise types.mismatch("HlsObject.updated_at", "a string", value)
        self.updated_at = value
        self.additional_properties = cls._additional(source)
        return self
