"""How the emulator and a worker talk: messages over a socket, with an open file where one is needed."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Channel"]

_LENGTH = struct.Struct("!I")


@contextmanager
def _raise_eof() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EOFError("The other end is gone.") from error


class Channel:
    """One end of a conversation.

    Args:
        connected: The socket; the channel owns it from now on.
    """

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def fileno(self) -> int:
        """Return the descriptor of the socket, for polling."""
        return self._socket.fileno()

    def close(self) -> None:
        """End the conversation."""
        self._socket.close()

    def send(self, message: dict[str, Any], descriptor: int | None = None) -> None:
        """Send a message that JSON can hold, optionally with an open file.

        Raises:
            EOFError: The other end is gone.
        """
        self.send_bytes(json.dumps(message).encode(), descriptor)

    def send_bytes(self, data: bytes, descriptor: int | None = None) -> None:
        """Send bytes, optionally with an open file.

        Raises:
            EOFError: The other end is gone.
        """
        length = _LENGTH.pack(len(data))
        with _raise_eof():
            if descriptor is None:
                self._socket.sendall(length)
            else:
                socket.send_fds(self._socket, [length], [descriptor])
            self._socket.sendall(data)

    def receive(self) -> tuple[dict[str, Any], int | None]:
        """Wait for a message, and return it with the descriptor of the file that came with it.

        Raises:
            EOFError: The other end is gone.
        """
        data, descriptor = self.receive_bytes()
        message: dict[str, Any] = json.loads(data)
        return message, descriptor

    def receive_bytes(self) -> tuple[bytes, int | None]:
        """Wait for bytes, and return them with the descriptor of the file that came with them.

        Raises:
            EOFError: The other end is gone.
        """
        with _raise_eof():
            length, descriptors, _, _ = socket.recv_fds(self._socket, _LENGTH.size, 1)
            length += self._receive_exactly(_LENGTH.size - len(length))
            return self._receive_exactly(*_LENGTH.unpack(length)), descriptors[0] if descriptors else None

    def _receive_exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = self._socket.recv(size - len(data))
            if not piece:
                raise EOFError("The other end is gone.")
            data += piece
        return bytes(data)
