"""Whether a stream is whole: FFmpeg does not report it if it could not write the end of a file."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_whole"]

_END = "#EXT-X-ENDLIST"
_PACKET = 188
"""The length of each packet of a segment, in bytes."""


def is_whole(playlist: Path) -> bool:
    """Return whether a playlist has its end, and each of its segments consists of whole packets.

    Args:
        playlist: The playlist, with its segments next to it.
    """
    lines = playlist.read_text(encoding="utf-8").splitlines()
    segments = [playlist.with_name(line) for line in lines if line and not line.startswith("#")]
    return lines[-1:] == [_END] and bool(segments) and all(map(_is_whole_segment, segments))


def _is_whole_segment(path: Path) -> bool:
    size = path.stat().st_size if path.is_file() else 0
    return size > 0 and size % _PACKET == 0
