"""How a process that reads a video talks with the one it does so for, over a socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

__all__ = ["receive", "receive_bytes", "send", "send_bytes"]

_LENGTH = struct.Struct("!Q")


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send a message that JSON can hold.

    Raises:
        OSError: The other end is gone.
    """
    send_bytes(connection, json.dumps(message).encode())


def send_bytes(connection: socket.socket, data: bytes) -> None:
    """Send bytes.

    Raises:
        OSError: The other end is gone.
    """
    connection.sendall(_LENGTH.pack(len(data)))
    connection.sendall(data)


def receive(connection: socket.socket) -> dict[str, Any]:
    """Wait for a message.

    Raises:
        OSError: The other end is gone.
    """
    message: dict[str, Any] = json.loads(receive_bytes(connection))
    return message


def receive_bytes(connection: socket.socket) -> bytes:
    """Wait for bytes.

    Raises:
        OSError: The other end is gone.
    """
    (size,) = _LENGTH.unpack(_receive_exactly(connection, _LENGTH.size))
    return _receive_exactly(connection, size)


def _receive_exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 2**20))
        if not piece:
            raise ConnectionResetError("The other end is gone.")
        data += piece
    return bytes(data)
