"""Real videos of every kind, made on the spot and only once."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

from twelvelabs_emulator.sample import make_video

__all__ = ["Videos", "pad"]

CHEAP: dict[str, Any] = {"width": 360, "height": 360, "rate": 1, "audio": False}
"""What makes a video small, where nothing else is asked of it."""


class Videos:
    """Makes videos.

    Args:
        folder: Where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str, **properties: Any) -> Path:
        """Return a video of that name, whose suffix says its container."""
        path = self._folder / name
        if not path.exists():
            made = make_video(path.with_stem(f"{path.stem}.making"), **properties)
            made.rename(path)
        return path

    def plain(self) -> Path:
        """Return a lively video with sound."""
        return self.make("plain.mp4")

    def cheap(self, seed: int = 0) -> Path:
        """Return a small one; every seed has a content of its own."""
        return self.make(f"cheap-{seed}.mp4", seed=seed, **CHEAP)

    def long(self, seconds: float) -> Path:
        """Return a small one of that duration."""
        return self.make(f"long-{seconds}.mp4", **CHEAP | {"duration": seconds, "rate": Fraction(1, 5)})


def pad(video: Path, size: int) -> bytes:
    """Return an MP4 file made larger by a box that players skip."""
    content = video.read_bytes()
    return content + struct.pack(">I4s", size, b"free") + bytes(size - 8)
