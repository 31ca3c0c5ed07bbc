"""What the platform asks of a video, and how to find out whether a file meets it.

Needs PyAV, which the extra ``twelvelabs-tasks[video]`` installs. The limits, codes and messages are those that the
platform documents under "Error codes"; they are written down here once, for the check before an upload and for the
emulator alike.

    >>> from twelvelabs_tasks import video
    >>> video.probe("holiday.mp4")
    Video(duration=20.5, width=640, height=360)
    >>> fault = video.check("stamp.mp4")
    >>> fault.code, fault.values
    ('video_resolution_too_low', {'current_resolution': '320x240'})
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Final

import attrs
import av
import av.error

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = [
    "MAX_ASPECT_RATIO",
    "MAX_BYTES",
    "MAX_LONG_SIDE",
    "MAX_SECONDS",
    "MAX_SHORT_SIDE",
    "MIN_SECONDS",
    "MIN_SIDE",
    "BrokenVideoError",
    "Fault",
    "Video",
    "broken",
    "check",
    "check_size",
    "check_video",
    "probe",
]

MIN_SIDE: Final = 360
"""The least length of the short side, in pixels."""
MAX_LONG_SIDE: Final = 5184
"""The greatest length of the long side, in pixels."""
MAX_SHORT_SIDE: Final = 2160
"""The greatest length of the short side, in pixels."""
MAX_ASPECT_RATIO: Final = 2.4
"""The greatest ratio of the long side to the short side."""
MIN_SECONDS: Final = 10.0
"""The least duration, in seconds."""
MAX_SECONDS: Final = 7200.0
"""The greatest duration, in seconds."""
MAX_BYTES: Final = 2_000_000_000
"""The greatest size of a file, in bytes."""

_RESOLUTION_RANGE: Final = f"{MIN_SIDE}x{MIN_SIDE} and {MAX_LONG_SIDE}x{MAX_SHORT_SIDE}"
_DURATION_RANGE: Final = f"{MIN_SECONDS:.0f} seconds and 2 hours({MAX_SECONDS:.0f} seconds)"

Source = str | os.PathLike[str] | IO[bytes]


class BrokenVideoError(ValueError):
    """The file cannot be read, or has no video in it."""


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


def check(source: Source, *, max_bytes: int = MAX_BYTES) -> Fault | None:
    """Find out whether the platform would take a file.

    Args:
        source: A path, or a binary file that can seek; its position changes.
        max_bytes: The greatest size, in bytes.

    Returns:
        The first fault, in the order size, readability, resolution, aspect ratio, duration; ``None`` if there is none.

    Raises:
        OSError: The file cannot be opened.

    Example:
        >>> check("holiday.mp4") is None
        True
    """
    fault = check_size(_size(source), max_bytes=max_bytes)
    if fault:
        return fault
    try:
        video = probe(source)
    except BrokenVideoError:
        return broken()
    return check_video(video)


def check_size(size: int, *, max_bytes: int = MAX_BYTES) -> Fault | None:
    """Compare the size of a file with the limit.

    Args:
        size: The size of the file, in bytes.
        max_bytes: The greatest size, in bytes.

    Returns:
        ``video_filesize_too_large``, or ``None``.

    Example:
        >>> check_size(2_100_000_000).values["current_file_size"]
        '2.1 GB'
    """
    if size <= max_bytes:
        return None
    maximum, current = _readable(max_bytes), _readable(size, other_than=max_bytes)
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
    return _check_resolution(video) or _check_duration(video)


def broken() -> Fault:
    """The fault of a file that cannot be read as a video: ``video_file_broken``.

    Example:
        >>> broken().message
        'Cannot read video file. Please check the video file is valid and try again.'
    """
    return Fault("video_file_broken", "Cannot read video file. Please check the video file is valid and try again.")


def probe(source: Source) -> Video:
    """Read a video's duration and displayed size.

    The first frame is decoded, so that a file with an intact header and nothing behind it is found out.

    Args:
        source: A path, or a binary file that can seek; its position changes.

    Returns:
        The video's duration, in seconds, and its width and height as displayed, in pixels.

    Raises:
        BrokenVideoError: The file cannot be read, or has no video in it.
        OSError: The file cannot be opened.

    Example:
        >>> probe("holiday.mp4").duration
        20.5
    """
    if isinstance(source, str | os.PathLike):
        # Opened here, and not by FFmpeg, which would take "concat:..." and the like for more than a name.
        with open(source, "rb") as file:  # noqa: PTH123 - any path-like, not only a `Path`
            return probe(file)
    source.seek(0)
    try:
        # The mode is given because without it FFmpeg now and then takes a temporary file for one to be written.
        with av.open(source, "r", metadata_errors="replace") as container:
            return _inspect(container)
    except (av.error.FFmpegError, IndexError, ArithmeticError, ValueError) as error:
        raise BrokenVideoError(f"Cannot read the video: {error}") from error


def _inspect(container: InputContainer) -> Video:
    stream = next((stream for stream in container.streams.video if not _is_cover(stream)), None)
    if stream is None:
        raise BrokenVideoError("The file has no video stream.")
    frame = next(container.decode(stream), None)
    if frame is None:
        raise BrokenVideoError("The video stream has no frame.")
    width, height = _displayed_size(stream, frame)
    return Video(duration=_duration(container, stream), width=width, height=height)


def _is_cover(stream: VideoStream) -> bool:
    """Whether a stream is the cover picture of a piece of music."""
    return bool(stream.disposition & stream.disposition.attached_pic)


def _displayed_size(stream: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    width, height = frame.width, frame.height
    pixel = stream.sample_aspect_ratio or Fraction(1)
    if pixel > 0:
        width = round(width * pixel)
    return (height, width) if frame.rotation % 180 else (width, height)


def _duration(container: InputContainer, stream: VideoStream) -> float:
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    else:
        seconds = _measured_duration(container, stream)
    return round(seconds, 3)


def _measured_duration(container: InputContainer, stream: VideoStream) -> float:
    """The time from the first packet to the end of the last, for files that do not say how long they are."""
    container.seek(0)
    first, last = None, 0
    for packet in container.demux(stream):
        if packet.pts is not None:
            first = packet.pts if first is None else min(first, packet.pts)
            last = max(last, packet.pts + (packet.duration or 0))
    if first is None or not stream.time_base:
        raise BrokenVideoError("The video stream has no times.")
    return float((last - first) * stream.time_base)


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


def _check_duration(video: Video) -> Fault | None:
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


def _size(source: Source) -> int:
    if isinstance(source, str | os.PathLike):
        return os.stat(source).st_size  # noqa: PTH116 - any path-like, not only a `Path`
    return source.seek(0, os.SEEK_END)


def _readable(size: int, *, other_than: int | None = None) -> str:
    """A size for people, with one decimal, or as many as tell it from another one."""
    units = {"GB": 10**9, "MB": 10**6, "KB": 10**3}
    unit, factor = next(((unit, factor) for unit, factor in units.items() if size >= factor), ("bytes", 1))
    if factor == 1:
        return f"{size} bytes"
    text = ""
    for decimals in range(1, 10):
        text = f"{size / factor:.{decimals}f}"
        if other_than is None or text != f"{other_than / factor:.{decimals}f}":
            break
    return f"{text} {unit}"
