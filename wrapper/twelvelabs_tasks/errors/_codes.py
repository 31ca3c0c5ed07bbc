"""The exceptions for refusals whose code says more than their status."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ._statuses import BY_STATUS, ApiError, BadRequestError, InternalServerError

__all__ = [
    "BY_CODE",
    "TaskCannotBeDeletedError",
    "UsageLimitExceededError",
    "VideoDurationTooLongError",
    "VideoDurationTooShortError",
    "VideoFileBrokenError",
    "VideoFilesizeTooLargeError",
    "VideoResolutionInvalidAspectRatioError",
    "VideoResolutionTooHighError",
    "VideoResolutionTooLowError",
    "class_of",
]


class _ResolutionError(BadRequestError):
    @property
    def current_resolution(self) -> str | None:
        """The resolution of the video, such as `"320x240"`; `None` if the message does not say."""
        return _value_in(self.message, "Current resolution is")


class VideoResolutionTooLowError(_ResolutionError):
    """`video_resolution_too_low`: the video is smaller than 360x360 pixels; see `current_resolution`."""


class VideoResolutionTooHighError(_ResolutionError):
    """`video_resolution_too_high`: the video is larger than 5184x2160 pixels; see `current_resolution`."""


class VideoResolutionInvalidAspectRatioError(_ResolutionError):
    """`video_resolution_invalid_aspect_ratio`: not between 1:1 and 2.4:1; see `current_resolution`."""


class _DurationError(BadRequestError):
    @property
    def current_duration(self) -> float | None:
        """The duration of the video, in seconds; `None` if the message does not say."""
        text = _value_in(self.message, "Current duration is")
        return float(text) if text and re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) else None


class VideoDurationTooShortError(_DurationError):
    """`video_duration_too_short`: the video lasts less than 10 seconds; see `current_duration`."""


class VideoDurationTooLongError(_DurationError):
    """`video_duration_too_long`: the video lasts more than 2 hours; see `current_duration`."""


class VideoFileBrokenError(BadRequestError):
    """`video_file_broken`: the file cannot be read as a video."""


class VideoFilesizeTooLargeError(BadRequestError):
    """`video_filesize_too_large`: the file is too large; see `maximum_size` and `current_file_size`."""

    @property
    def maximum_size(self) -> str | None:
        """The maximum size, such as `"2.0 GB"`; `None` if the message does not say."""
        return _value_in(self.message, "a size less than")

    @property
    def current_file_size(self) -> str | None:
        """The size of the file, such as `"2.1 GB"`; `None` if the message does not say."""
        return _value_in(self.message, "current size is")


class TaskCannotBeDeletedError(BadRequestError):
    """`task_cannot_be_deleted`: the task is not done, or its video vector has not been deleted before."""


class UsageLimitExceededError(BadRequestError):
    """`usage_limit_exceeded`: there is not enough credit."""


def _value_in(message: str, before: str) -> str | None:
    """Return the value that a message of the API gives, in backticks, after some words."""
    found = re.search(f"{before} `([^`]+)`", message)
    return found[1] if found else None


BY_CODE: Mapping[str, type[ApiError]] = {
    "task_cannot_be_deleted": TaskCannotBeDeletedError,
    "usage_limit_exceeded": UsageLimitExceededError,
    "video_duration_too_long": VideoDurationTooLongError,
    "video_duration_too_short": VideoDurationTooShortError,
    "video_file_broken": VideoFileBrokenError,
    "video_filesize_too_large": VideoFilesizeTooLargeError,
    "video_resolution_invalid_aspect_ratio": VideoResolutionInvalidAspectRatioError,
    "video_resolution_too_high": VideoResolutionTooHighError,
    "video_resolution_too_low": VideoResolutionTooLowError,
}


def class_of(status: int, code: object) -> type[ApiError]:
    """Return the class of a refusal: that of its code if it has one, else that of its status."""
    if 400 <= status < 500 and isinstance(code, str) and code in BY_CODE:
        return BY_CODE[code]
    return BY_STATUS.get(status, InternalServerError if status >= 500 else ApiError)
