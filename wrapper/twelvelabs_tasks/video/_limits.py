"""What the API requires of a video: its limits, and the codes and messages of what does not meet them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

__all__ = [
    "MAX_ASPECT_RATIO",
    "MAX_BYTES",
    "MAX_LONG_SIDE",
    "MAX_SECONDS",
    "MAX_SHORT_SIDE",
    "MIN_SECONDS",
    "MIN_SIDE",
    "Fault",
    "Video",
    "broken",
    "check_duration",
    "check_size",
    "check_video",
]

MIN_SIDE: Final = 360
"""The minimum length of the short side, in pixels."""
MAX_LONG_SIDE: Final = 5184
"""The maximum length of the long side, in pixels."""
MAX_SHORT_SIDE: Final = 2160
"""The maximum length of the short side, in pixels."""
MAX_ASPECT_RATIO: Final = 2.4
"""The maximum ratio of the long side to the short side."""
MIN_SECONDS: Final = 10.0
"""The minimum duration, in seconds."""
MAX_SECONDS: Final = 7200.0
"""The maximum duration, in seconds."""
MAX_BYTES: Final = 2_000_000_000
"""The maximum size of a file, in bytes."""

_RESOLUTION_RANGE: Final = f"{MIN_SIDE}x{MIN_SIDE} and {MAX_LONG_SIDE}x{MAX_SHORT_SIDE}"
_DURATION_RANGE: Final = f"{MIN_SECONDS:.0f} seconds and 2 hours({MAX_SECONDS:.0f} seconds)"


@attrs.frozen
class Video:
    """What is known of a video.

    Attributes:
        duration: How long it lasts, in seconds.
        width: Its width as it is shown, in pixels: rotated as its metadata say, with square pixels.
        height: Its height as it is shown, in pixels.
    """

    duration: float
    width: int
    height: int


@attrs.frozen
class Fault:
    """Why a video is refused.

    Attributes:
        code: The platform's error code, such as ``video_duration_too_short``.
        message: The platform's message, with the actual values filled in.
        values: The values in the message, by the names the documentation gives them: ``current_resolution`` (text
            such as ``"320x240"``), ``current_duration`` (seconds, a float), ``maximum_size`` and ``current_file_size``
            (text such as ``"2.1 GB"``).
    """

    code: str
    message: str
    values: Mapping[str, str | float] = attrs.field(factory=dict)


def check_size(size: int, *, max_bytes: int = MAX_BYTES) -> Fault | None:
    """Compare the size of a file with the limit.

    Args:
        size: The size of the file, in bytes.
        max_bytes: The maximum size, in bytes. Default: 2,000,000,000.

    Returns:
        ``video_filesize_too_large``, or ``None``.

    Example:
        >>> check_size(2_100_000_000).values["current_file_size"]
        '2.1 GB'
    """
    if size <= max_bytes:
        return None
    maximum, current = _format_size(max_bytes), _format_size(size, other_than=max_bytes)
    return Fault(
        "video_filesize_too_large",
        f"The video is too large. Please use a video with a size less than `{maximum}`. "
        f"The current size is `{current}`.",
        {"maximum_size": maximum, "current_file_size": current},
    )


def check_video(video: Video) -> Fault | None:
    """Compare resolution, aspect ratio and duration with the limits.

    Args:
        video: What `probe` found out.

    Returns:
        The first fault, in the order resolution, aspect ratio, duration; ``None`` if there is none. Portrait video is
        held to the same limits as landscape: the ratio is that of the long side to the short side.

    Example:
        >>> check_video(Video(duration=4.0, width=640, height=360)).code
        'video_duration_too_short'
    """
    return _check_resolution(video) or check_duration(video)


def broken() -> Fault:
    """The fault of a file that cannot be read as a video: ``video_file_broken``.

    Example:
        >>> broken().message
        'Cannot read video file. Please check the video file is valid and try again.'
    """
    return Fault("video_file_broken", "Cannot read video file. Please check the video file is valid and try again.")


def _check_resolution(video: Video) -> Fault | None:
    resolution = f"{video.width}x{video.height}"
    short, long = sorted((video.width, video.height))
    if short < MIN_SIDE:
        code, what = "video_resolution_too_low", "too low"
    elif long > MAX_LONG_SIDE or short > MAX_SHORT_SIDE:
        code, what = "video_resolution_too_high", "too high"
    elif long > short * MAX_ASPECT_RATIO:
        return Fault(
            "video_resolution_invalid_aspect_ratio",
            "The aspect ratio of the video is invalid. Please upload a video with aspect ratio between 1:1 and 2.4:1. "
            f"Current resolution is `{resolution}`.",
            {"current_resolution": resolution},
        )
    else:
        return None
    return Fault(
        code,
        f"The resolution of the video is {what}. Please upload a video with resolution between {_RESOLUTION_RANGE}. "
        f"Current resolution is `{resolution}`.",
        {"current_resolution": resolution},
    )


def check_duration(video: Video) -> Fault | None:
    """Compare the duration with the limits.

    Args:
        video: What `probe` found out.

    Returns:
        ``video_duration_too_short``, ``video_duration_too_long`` or ``None``.

    Example:
        >>> check_duration(Video(duration=4.0, width=640, height=360)).values
        {'current_duration': 4.0}
    """
    if video.duration < MIN_SECONDS:
        code, what = "video_duration_too_short", "short"
    elif video.duration > MAX_SECONDS:
        code, what = "video_duration_too_long", "long"
    else:
        return None
    return Fault(
        code,
        f"Video is too {what}. Please use video with duration between {_DURATION_RANGE}. "
        f"Current duration is `{video.duration}` seconds.",
        {"current_duration": video.duration},
    )


def _format_size(size: int, *, other_than: int | None = None) -> str:
    """A size for people, with one decimal, or as many as distinguish it from another one."""
    units = {"GB": 10**9, "MB": 10**6, "KB": 10**3}
    unit, factor = next(((unit, factor) for unit, factor in units.items() if size >= factor), ("bytes", 1))
    if factor == 1:
        return f"{size} bytes"
    text = ""
    for decimals in range(1, 10):  # pragma: no branch - nine decimals of a GB are bytes
        text = f"{size / factor:.{decimals}f}"
        if other_than is None or text != f"{other_than / factor:.{decimals}f}":
            break
    return f"{text} {unit}"
