"""Finds out what is in a file, with PyAV."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import IO, TYPE_CHECKING

from .durations import declared_duration, measured_duration
from .limits import MAX_BYTES, Fault, Video, broken, check_duration, check_size, check_video
from .opening import MAX_PIXELS, first_picture, main_stream, open_video, rotation_of

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["BrokenVideoError", "check", "examine", "probe"]

Source = str | os.PathLike[str] | IO[bytes]

_READ_A_SECOND = 256 * 2**20  # bytes of a file whose pictures have to be counted, and much less than it takes


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
    found = examine(source, max_bytes=max_bytes)
    return found if isinstance(found, Fault) else None


def examine(source: Source, *, max_bytes: int = MAX_BYTES) -> Video | Fault:
    """Find out whether the platform would take a file, and what is known of it then.

    What the file says of itself is held to the limits before anything of it is decoded.

    Args:
        source: A path, or a binary file that can seek; its position changes.
        max_bytes: The greatest size, in bytes.

    Returns:
        The video, or the first fault, as `check` returns it.

    Raises:
        OSError: The file cannot be opened.
        ImportError: PyAV is not installed.

    Example:
        >>> examine("holiday.mp4")
        Video(duration=20.5, width=640, height=360)
    """
    fault = check_size(_size(source), max_bytes=max_bytes)
    if fault:
        return fault
    try:
        found = _read(source, whole=False)
    except BrokenVideoError:
        return broken()
    return check_video(found) or found


def probe(source: Source) -> Video:
    """Read a video's duration and displayed size.

    The first picture is decoded, so that a file with an intact header and nothing behind it is found out; unless it has
    more than twice as many pixels as the platform takes.

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
    return _read(source, whole=True)


def _read(source: Source, *, whole: bool) -> Video:
    """What is known of a video; of one whose duration is out of range only as much as shows that, unless `whole`."""
    if isinstance(source, str | os.PathLike):
        # Opened here, and not by FFmpeg, which would take "concat:..." and the like for more than a name.
        with open(source, "rb") as file:  # noqa: PTH123 - any path-like, not only a `Path`
            return _read(file, whole=whole)
    import av.error  # here, because the limits are of use without it

    try:
        seconds = 1.0 + _size(source) / _READ_A_SECOND
        with open_video(source, seconds) as container:
            stream = _stream(container)
            duration = declared_duration(container, stream)
            if duration is not None:
                return _found(container, stream, duration, whole=whole)
            duration = measured_duration(container, stream)
        with open_video(source, seconds) as container:
            return _found(container, _stream(container), duration, whole=whole)
    except (av.error.FFmpegError, IndexError, ArithmeticError, ValueError, MemoryError) as error:
        raise BrokenVideoError(f"Cannot read the video: {error}") from error


def _found(container: InputContainer, stream: VideoStream, duration: float, *, whole: bool) -> Video:
    coded = stream.codec_context
    declared = Video(duration, *_square(coded.width, coded.height, stream))
    if declared.width * declared.height > MAX_PIXELS or (not whole and check_duration(declared)):
        return declared
    picture = first_picture(container, stream)
    if picture is None:
        raise BrokenVideoError("The video stream has no picture.")
    width, height = _square(picture.width, picture.height, stream)
    return Video(duration, height, width) if rotation_of(picture) % 180 else Video(duration, width, height)


def _stream(container: InputContainer) -> VideoStream:
    stream = main_stream(container)
    if stream is None:
        raise BrokenVideoError("The file has no video stream.")
    return stream


def _square(width: int, height: int, stream: VideoStream) -> tuple[int, int]:
    """A size with square pixels."""
    pixel = stream.sample_aspect_ratio or Fraction(1)
    return (round(width * pixel), height) if pixel > 0 else (width, height)


def _size(source: Source) -> int:
    if isinstance(source, str | os.PathLike):
        return os.stat(source).st_size  # noqa: PTH116 - any path-like, not only a `Path`
    return source.seek(0, os.SEEK_END)
