"""A file of which somebody else reads the pieces."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

__all__ = ["open_piecewise"]

_PIECE = 2**18


def open_piecewise(size: int, fetch: Callable[[int, int], bytes]) -> io.BufferedReader:
    """Open a file.

    Args:
        size: Its size, in bytes.
        fetch: Returns bytes from a position on, as many as asked for or fewer; none at the end.

    Example:
        >>> open_piecewise(5, lambda position, size: b"video"[position : position + size]).read()
        b'video'
    """
    return io.BufferedReader(_Piecewise(size, fetch), _PIECE)


class _Piecewise(io.RawIOBase):
    def __init__(self, size: int, fetch: Callable[[int, int], bytes]) -> None:
        self._size = size
        self._fetch = fetch
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer).cast("B")
        data = self._fetch(self._position, len(room))
        room[: len(data)] = data
        self._position += len(data)
        return len(data)
