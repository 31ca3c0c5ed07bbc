"""Everything that is made from a video for viewers: its stream and its thumbnails."""

from __future__ import annotations

from pathlib import Path

from . import hls, pictures

__all__ = ["make"]

_QUICK = 500_000_000  # pixels, which are transcoded in a few seconds


def make(source: Path, folder: Path, name: str, duration: float, *, patient: bool) -> int | None:
    """Make a stream and thumbnails of a video.

    Args:
        source: The video.
        folder: The folder to make `stream` and `thumbnails` in.
        name: The beginning of their filenames.
        duration: The duration of the video, in seconds.
        patient: Whether to begin even if it will take long.

    Returns:
        The number of thumbnails, or `None` if it would take long.

    Raises:
        av.error.FFmpegError: The video cannot be read, or cannot be written as a stream.
        ValueError: Likewise.
    """
    try:
        hls.package(source, folder / "stream" / f"{name}.m3u8", duration, None if patient else _QUICK)
    except hls.SlowError:
        return None
    return pictures.make_thumbnails(source, folder / "thumbnails", name, duration)
