"""Streams that can do less than files."""

from __future__ import annotations

import io
from typing import Any

__all__ = ["OneWay"]


class OneWay(io.RawIOBase):
    """A stream that cannot be rewound, as from a pipe or a socket.

    Args:
        content: What can be read.
        name: The name of the stream; it has none if this is `None`.
    """

    def __init__(self, content: bytes, name: str | None = "pipe.mp4") -> None:
        self._content = io.BytesIO(content)
        if name is not None:
            self.name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._content.readinto(buffer)
