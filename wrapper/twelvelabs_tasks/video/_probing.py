"""Finds out what is in a file, with PyAV, and whether the platform would take it.

Files are read in processes of their own, each with limits on processor time (a second, and a second more for each
256 MiB) and memory (240 MiB), so that no file holds up or ends the caller. Where no such process can be started (on
Windows, and in programs that are frozen or embed Python), they are read in the calling process, without those limits.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import IO

from ._apart import read_apart
from ._limits import MAX_BYTES, Fault, Video, broken, check_size, check_video
from ._reading import BrokenVideoError, read_video

__all__ = ["check", "examine", "examine_here", "probe"]

Source = str | os.PathLike[str] | IO[bytes]


def check(source: Source, *, max_bytes: int = MAX_BYTES) -> Fault | None:
    """Find out whether the platform would take a file.

    Args:
        source: A path, or a binary file that can seek; its position changes.
        max_bytes: The maximum size, in bytes. Default: 2,000,000,000.

    Returns:
        The first fault, in the order size, readability, resolution, aspect ratio, duration; ``None`` if there is none.
        A file counts as broken if reading it takes too much processor time or memory.

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
        max_bytes: The maximum size, in bytes. Default: 2,000,000,000.

    Returns:
        The video, or the first fault, as `check` returns it.

    Raises:
        OSError: The file cannot be opened.
        ImportError: PyAV is not installed.

    Example:
        >>> examine("holiday.mp4")
        Video(duration=20.5, width=640, height=360)
    """
    return _examine(_size(source), max_bytes, lambda: _read(source, whole=False))


def examine_here(file: IO[bytes], *, max_bytes: int = MAX_BYTES) -> Video | Fault:
    """Do the same in this process, which is limited already or cannot be.

    Args:
        file: A binary file that can seek; its position changes.
        max_bytes: The maximum size, in bytes. Default: 2,000,000,000.

    Returns:
        The video, or the first fault, as `check` returns it.

    Raises:
        ImportError: PyAV is not installed.
    """
    return _examine(_size(file), max_bytes, lambda: read_video(file, whole=False))


def probe(source: Source) -> Video:
    """Read a video's duration and displayed size.

    The first picture is decoded, so that a file with an intact header and nothing behind it is found out; unless it has
    more than twice as many pixels as the platform takes.

    Args:
        source: A path, or a binary file that can seek; its position changes.

    Returns:
        The video's duration, in seconds, and its width and height as displayed, in pixels.

    Raises:
        BrokenVideoError: The file cannot be read, has no video in it, or takes too much processor time or memory.
        OSError: The file cannot be opened.
        ImportError: PyAV is not installed.

    Example:
        >>> probe("holiday.mp4").duration
        20.5
    """
    return _read(source, whole=True)


def _examine(size: int, max_bytes: int, read: Callable[[], Video]) -> Video | Fault:
    fault = check_size(size, max_bytes=max_bytes)
    if fault:
        return fault
    try:
        found = read()
    except BrokenVideoError:
        return broken()
    return check_video(found) or found


def _read(source: Source, *, whole: bool) -> Video:
    if isinstance(source, str | os.PathLike):
        # Opened here, and not by FFmpeg, which would take "concat:..." and the like for more than a name.
        with open(source, "rb") as file:  # noqa: PTH123 - any path-like, not only a `Path`
            return read_apart(file, whole=whole)
    return read_apart(source, whole=whole)


def _size(source: Source) -> int:
    if isinstance(source, str | os.PathLike):
        return os.stat(source).st_size  # noqa: PTH116 - any path-like, not only a `Path`
    return source.seek(0, os.SEEK_END)
