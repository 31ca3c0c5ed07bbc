"""Finds out what is in a file, with PyAV."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import IO, TYPE_CHECKING

from .limits import MAX_BYTES, Fault, Video, broken, check_size, check_video

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["BrokenVideoError", "check", "probe"]

Source = str | os.PathLike[str] | IO[bytes]

MICROSECONDS = 1_000_000  # in which FFmpeg gives the duration of a container


class BrokenVideoError(ValueError):
    """The file cannot be read, or has no video in it."""


def check(source: Source, *, max_bytes: int = MAX_BYTES) -> Fault | None:
    """Find out whether the platform would take a file.

    Args:
        source: A path, or a binary file that can seek; its position changes.
        max_bytes: The greatest size, in bytes.

    Returns:
        The first fault, in the order size, readability, resolution, aspect ratio, duration; ``None`` if there is none.

    Raises:
        OSError: The file cannot be opened.
        ImportError: PyAV is not installed.

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
        ImportError: PyAV is not installed.

    Example:
        >>> probe("holiday.mp4").duration
        20.5
    """
    if isinstance(source, str | os.PathLike):
        # Opened here, and not by FFmpeg, which would take "concat:..." and the like for more than a name.
        with open(source, "rb") as file:  # noqa: PTH123 - any path-like, not only a `Path`
            return probe(file)
    import av  # here, because the limits are of use without it
    import av.error

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
    if frame is None:  # pragma: no cover - only some builds of FFmpeg end a damaged stream without an error
        raise BrokenVideoError("The video stream has no frame.")
    width, height = _displayed_size(stream, frame)
    return Video(duration=_duration(container, stream), width=width, height=height)


def _is_cover(stream: VideoStream) -> bool:
    """Whether a stream is the cover picture of a piece of music."""
    return bool(stream.disposition & stream.disposition.attached_pic)


def _displayed_size(stream: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    width, height = frame.width, frame.height
    pixel = stream.sample_aspect_ratio or Fraction(1)
    if pixel > 0:  # pragma: no branch - FFmpeg gives none instead of 0, but does not promise it
        width = round(width * pixel)
    return (height, width) if frame.rotation % 180 else (width, height)


def _duration(container: InputContainer, stream: VideoStream) -> float:
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / MICROSECONDS
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
    if first is None or not stream.time_base:  # pragma: no cover - likewise, for packets without times
        raise BrokenVideoError("The video stream has no times.")
    return float((last - first) * stream.time_base)


def _size(source: Source) -> int:
    if isinstance(source, str | os.PathLike):
        return os.stat(source).st_size  # noqa: PTH116 - any path-like, not only a `Path`
    return source.seek(0, os.SEEK_END)
