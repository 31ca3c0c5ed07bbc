"""Finds out what is in a file, with PyAV, in this process."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import IO, TYPE_CHECKING

from ._durations import declared_duration, measure_duration
from ._guarding import TooLaboriousError
from ._limits import Video, check_duration
from ._opening import MAX_PIXELS, first_picture, main_stream, open_video, rotation_of
from ._resources import processor_seconds

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["BrokenVideoError", "read_video"]


class BrokenVideoError(ValueError):
    """The file cannot be read, or has no video in it."""


def read_video(file: IO[bytes], *, whole: bool) -> Video:
    """Find out what is known of a video, in this process.

    FFmpeg may take as much memory as the file makes it take, and between two reads any time, unless the process is
    limited (`limit_process`).

    Args:
        file: A binary file that can seek; its position changes.
        whole: Whether everything is wanted; if not, of a video that is out of range as much as shows that.

    Returns:
        What is known.

    Raises:
        BrokenVideoError: The file cannot be read, or has no video in it.
        ImportError: PyAV is not installed.

    Example:
        >>> with open("holiday.mp4", "rb") as file:
        ...     read_video(file, whole=True)
        Video(duration=20.5, width=640, height=360)
    """
    import av.error  # here, because the limits are of use without it

    try:
        seconds = processor_seconds(file.seek(0, os.SEEK_END))
        try:
            return _read(file, seconds, whole=whole, decode=True)
        except TooLaboriousError:
            raise
        except (av.error.FFmpegError, ValueError):
            # Of pictures that are too large to be decoded, FFmpeg may tell not even the size if it might decode them.
            found = _read(file, seconds, whole=whole, decode=False)
            if not _is_huge(found):
                raise
            return found
    except (av.error.FFmpegError, IndexError, ArithmeticError, ValueError, MemoryError) as error:
        raise BrokenVideoError(f"Cannot read the video: {error}") from error


def _read(file: IO[bytes], seconds: float, *, whole: bool, decode: bool) -> Video:
    with open_video(file, seconds, decode=decode) as container:
        stream = _stream(container)
        declared = _declared(stream, 0.0)
        if not whole and (_is_huge(declared) or not decode):
            return declared
        duration = declared_duration(container, stream)
        if duration is not None:
            return _describe(container, stream, duration, whole=whole, decode=decode)
        duration = measure_duration(container, stream)
    with open_video(file, seconds, decode=decode) as container:
        return _describe(container, _stream(container), duration, whole=whole, decode=decode)


def _describe(container: InputContainer, stream: VideoStream, duration: float, *, whole: bool, decode: bool) -> Video:
    declared = _declared(stream, duration)
    if _is_huge(declared) or not decode or (not whole and check_duration(declared)):
        return declared
    picture = first_picture(container, stream)
    if picture is None:
        raise BrokenVideoError("The video stream has no picture.")
    width, height = _square_size(picture.width, picture.height, stream)
    return Video(duration, height, width) if rotation_of(picture) % 180 else Video(duration, width, height)


def _declared(stream: VideoStream, duration: float) -> Video:
    return Video(duration, *_square_size(stream.codec_context.width, stream.codec_context.height, stream))


def _is_huge(video: Video) -> bool:
    """Whether a picture is too large to be decoded."""
    return video.width * video.height > MAX_PIXELS


def _stream(container: InputContainer) -> VideoStream:
    stream = main_stream(container)
    if stream is None:
        raise BrokenVideoError("The file has no video stream.")
    return stream


def _square_size(width: int, height: int, stream: VideoStream) -> tuple[int, int]:
    """A size with square pixels."""
    pixel = stream.sample_aspect_ratio or Fraction(1)
    return (round(width * pixel), height) if pixel > 0 else (width, height)
