"""A server that does one thing wrong, over real sockets, to every client that connects, until it is told to recover."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import parse_headers
from typing import TypeAlias

from contract_tests.support.http_server import Response
from contract_tests.support.socket_server import Listening, SocketServer, run_server

__all__ = ["LONGEST", "FaultPlay", "FaultServer", "Peer", "serve"]

LONGEST = 15.0  # seconds that a stall lasts if the client does not give up, so that no test hangs
RECEIVE_BUFFER = 64 * 1024  # bytes; so that an upload that is not read cannot vanish into the buffers of the system
PIECE = 256 * 1024  # bytes read at once


class Peer:
    """The connection of a client, as a fault has it.

    Attributes:
        number: Which connection of the server it is, counted from 1.
        well: The normal response of the platform.
        path: The path that was requested, once the head of the request has been read.
    """

    def __init__(self, number: int, connected: socket.socket, well: Response, ended: threading.Event) -> None:
        self.number = number
        self.well = well
        self.path = ""
        self._socket = connected
        self._ended = ended
        self._received = b""
        self._length = 0
        self._read_so_far = 0

    @property
    def url_elsewhere(self) -> str:
        """A URL of this server that is one of another origin."""
        return f"http://localhost:{self._socket.getsockname()[1]}"

    @property
    def with_body(self) -> Response:
        """What the platform would respond, with a body in any case, so that there is one to be broken."""
        return self.well if self.well.body else Response(200, b'{"deleted": true}')

    def await_request(self) -> None:
        """Wait until a request has begun, and read nothing of it."""
        self._socket.recv(1, socket.MSG_PEEK)

    def read_head(self) -> None:
        """Read the request up to its body."""
        while b"\r\n\r\n" not in self._received:
            self._received += self._read(PIECE)
        head, _, body = self._received.partition(b"\r\n\r\n")
        self._read_so_far = len(body)
        line, _, headers = head.partition(b"\r\n")
        self.path = line.split()[1].decode()
        self._length = int(parse_headers(io.BytesIO(headers + b"\r\n\r\n")).get("Content-Length", "0"))

    def read_body(self, most: int) -> None:
        """Read that many bytes of the body, or all but the last if there are fewer."""
        self._read_until(min(most, self._length - 1))

    def read_request(self) -> None:
        """Read the whole request."""
        self.read_head()
        self.read_rest()

    def read_rest(self) -> None:
        """Read what is left of the request."""
        self._read_until(self._length)

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._socket.sendall(data)

    def reset(self) -> None:
        """Reset the connection."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def stall(self, seconds: float = LONGEST) -> None:
        """Do nothing, until the test is over or that many seconds have passed."""
        self._ended.wait(seconds)

    def _read_until(self, length: int) -> None:
        while self._read_so_far < length:
            self._read_so_far += len(self._read(min(PIECE, length - self._read_so_far)))

    def _read(self, most: int) -> bytes:
        data = self._socket.recv(most)
        if not data:
            raise ConnectionError("The client has gone.")
        return data


FaultPlay: TypeAlias = Callable[[Peer], None]
"""What a fault does with a connection, which is closed afterwards."""


class FaultServer(SocketServer):
    """The server. Each connection carries one request, since no response keeps its connection alive.

    Args:
        play: What it does with every connection.
        response: What it responds after it has recovered.
        listening: How it listens before it recovers.
    """

    def __init__(self, play: FaultPlay, response: Response, listening: Listening) -> None:
        self._play = play
        self._response = response
        super().__init__(listening, RECEIVE_BUFFER)

    def recover(self) -> None:
        """Respond from now on as the platform does when it is well."""
        self._play = respond_well
        if not self.is_accepting:
            self.accept()

    def converse(self, number: int) -> None:
        """Play the fault."""
        self._play(Peer(number, self.connection(number), self._response, self.ended))


def respond_well(peer: Peer) -> None:
    """Respond as the platform does when it is well."""
    peer.read_request()
    peer.send(peer.well.raw())


@contextmanager
def serve(play: FaultPlay, response: Response, listening: Listening = "accepting") -> Iterator[FaultServer]:
    """Run a server that plays a fault until the block ends."""
    with run_server(FaultServer(play, response, listening)) as server:
        yield server
