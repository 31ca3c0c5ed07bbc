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
        get = source.get
        video_url: Any = get("video_url")
        if video_url is not None:
            if not isinstance(video_url, str):
                raise types.mismatch("HlsObject.video_url", "a string", video_url)
        thumbnail_urls: Any = get("thumbnail_urls")
        if thumbnail_urls is not None:
            if not isinstance(thumbnail_urls, list):
                raise types.mismatch("HlsObject.thumbnail_urls", "an array", thumbnail_urls)
            if not all(isinstance(item, str) for item in thumbnail_urls):
                raise types.mismatch("HlsObject.thumbnail_urls", "an array of strings", thumbnail_urls)
        status: Any = get("status")
        if status is not None:
            if not isinstance(status, str):
                raise types.mismatch("HlsObject.status", "a string", status)
        updated_at: Any = get("updated_at")
        if updated_at is not None:
            if not isinstance(updated_at, str):
                raise types.mismatch("HlsObject.updated_at", "a string", updated_at)
        return cls(
            video_url=video_url,
            thumbnail_urls=thumbnail_urls,
            status=status,
            updated_at=updated_at,
            additional_properties=cls._additional(source),
        )
