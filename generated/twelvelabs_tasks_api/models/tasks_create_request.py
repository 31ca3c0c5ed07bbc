# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any

from .. import types


class TasksCreateRequest(types.Model):
    """What to upload, to which index. Exactly one of `video_file` and `video_url` is given."""

    __slots__ = ("index_id", "video_file", "video_url", "enable_video_stream", "user_metadata")

    index_id: str
    """The unique identifier of the index to which the video will be uploaded."""
    video_file: types.File | None
    """The video file to upload."""
    video_url: str | None
    """The publicly accessible URL, http or https, of the video to upload."""
    enable_video_stream: bool | None
    """Whether the platform stores the video for streaming. If so, the task has an `hls` object. Default: true."""
    user_metadata: str | None
    """Metadata that helps you categorize your videos: the JSON text of an object whose values are strings, integers,
    floats or booleans."""

    def __init__(
        self,
        *,
        index_id: str,
        video_file: types.File | None = None,
        video_url: str | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.index_id = index_id
        self.video_file = video_file
        self.video_url = video_url
        self.enable_video_stream = enable_video_stream
        self.user_metadata = user_metadata

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["index_id"] = self.index_id
        if self.video_file is not None:
            data["video_file"] = self.video_file
        if self.video_url is not None:
            data["video_url"] = self.video_url
        if self.enable_video_stream is not None:
            data["enable_video_stream"] = self.enable_video_stream
        if self.user_metadata is not None:
            data["user_metadata"] = self.user_metadata
        return data

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []
        files.append(("index_id", (None, self.index_id, None, {})))
        if self.video_file is not None:
            files.append(("video_file", self.video_file.to_tuple()))
        if self.video_url is not None:
            files.append(("video_url", (None, self.video_url, None, {})))
        if self.enable_video_stream is not None:
            files.append(("enable_video_stream", (None, "true" if self.enable_video_stream else "false", None, {})))
        if self.user_metadata is not None:
            files.append(("user_metadata", (None, self.user_metadata, None, {})))
        return files
