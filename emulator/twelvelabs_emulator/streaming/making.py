"""Everything that is made of a video to be looked at: its stream and its thumbnails."""

from __future__ import annotations

from pathlib import Path

from . import hls, pictures

_QUICK = 500_000_000  # pixels, which are decoded and encoded in a few seconds


def make(source: Path, folder: Path, name: str, duration: float, *, patient: bool) -> int | None:
    """Make a stream and thumbnails of a video.

    Args:
        source: The video.
        folder: The folder to make them in, ``stream`` and ``thumbnails``.
        name: What their names begin with.
        duration: How long the video lasts, in seconds.
        patient: Whether to begin even if it will take long.

    Returns:
        How many thumbnails there are, or ``None`` if it would take long.

    Raises:
        av.error.FFmpegError: The video cannot be read, or not be written as a stream.
        ValueError: Likewise.
    """
    try:
        hls.package(source, folder / "stream" / f"{name}.m3u8", duration, None if patient else _QUICK)
    except hls.SlowError:
        return None
    return pictures.make_thumbnails(source, folder / "thumbnails", name, duration)
