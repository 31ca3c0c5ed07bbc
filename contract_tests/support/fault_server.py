"""A server that does one thing wrong, over real sockets, to every client that connects, until it is told to be well."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import parse_headers, responses
from typing import Literal, TypeAlias

__all__ = ["LONGEST", "Answer", "FaultServer", "Listening", "Peer", "Play", "serving"]

LONGEST = 15.0  # seconds that a stall lasts if the client does not give up, so that no test hangs
RECEIVE_BUFFER = 64 * 1024  # bytes; so that an upload that is not read cannot vanish into the buffers of the system
PIECE = 256 * 1024  # bytes read at once

Listening: TypeAlias = Literal["accepting", "deaf", "full", "closed"]
"""How a port is listened at: connections are accepted, left in the queue, kept out of a full queue, or refused."""


@dataclass(frozen=True)
class Answer:
    """An answer.

    Attributes:
        status: The status.
        body: The body.
        headers: The headers, but for those that say how long the body is and that the connection ends.
        length: The length that is declared, if it is not that of the body.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    length: int | None = None

    def raw(self) -> bytes:
        """Return the bytes to send."""
        return self.head() + self.body

    def head(self) -> bytes:
        """Return the bytes before the body."""
        phrase = responses.get(self.status, "Unknown")
        lines = [f"HTTP/1.1 {self.status} {phrase}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status >= 200 and self.status != 204:
            lines.append(f"Content-Length: {len(self.body) if self.length is None else self.length}")
        return "\r\n".join([*lines, "", ""]).encode()


class Peer:
    """The connection of a client, as a fault has it.

    Attributes:
        well: What the platform would answer if it were well.
        path: The path that was asked for, once the head of the request has been read.
    """

    def __init__(self, connected: socket.socket, well: Answer, ended: threading.Event) -> None:
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
    def with_body(self) -> Answer:
        """What the platform would answer, with a body in any case, so that there is one to be broken."""
        return self.well if self.well.body else Answer(200, b'{"deleted": true}')

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
        """Read so many bytes of the body, or all but the last if there are fewer."""
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
        """End the connection the hard way."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def stall(self, seconds: float = LONGEST) -> None:
        """Do nothing, until the test is over or so many seconds have passed."""
        self._ended.wait(seconds)

    def _read_until(self, length: int) -> None:
        while self._read_so_far < length:
            self._read_so_far += len(self._read(min(PIECE, length - self._read_so_far)))

    def _read(self, most: int) -> bytes:
        data = self._socket.recv(most)
        if not data:
            raise ConnectionError("The client has gone.")
        return data


Play: TypeAlias = Callable[[Peer], None]
"""What a fault does with a connection, which is closed afterwards."""


class FaultServer:
    """The server.

    Args:
        play: What it does with every connection.
        answer: What it answers when it is well.
        listening: How it listens before it is well.

    Attributes:
        url: Where it is.
        connections: How many there were. Each carries one request, since no answer keeps its connection alive.
    """

    def __init__(self, play: Play, answer: Answer, listening: Listening) -> None:
        self.connections = 0
        self._play = play
        self._answer = answer
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self._listener.bind(("127.0.0.1", 0))
        self._in_queue: socket.socket | None = None
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        if listening != "closed":
            self._listener.listen(0 if listening == "full" else 128)
        if listening == "full":  # The system keeps one connection in a queue of 0, and is silent to all others.
            self._in_queue = socket.create_connection(self._listener.getsockname())
        if listening == "accepting":
            self._start(self._accept)

    def recover(self) -> None:
        """Answer from now on as the platform does when it is well."""
        self._play = answer_well
        if not self._threads:
            self._listener.listen(128)
            self._start(self._accept)

    def end(self) -> None:
        """End every connection; count those that were never accepted."""
        self._ended.set()
        if self._in_queue:
            self._in_queue.close()
        if not self._threads:
            self._listener.setblocking(False)
            self._accept()
        with suppress(OSError):  # It never listened.
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connected, _ = self._listener.accept()
            except OSError:  # The listener was shut down, or never listened, or nobody waits any more.
                return
            connected.settimeout(LONGEST)
            self.connections += 1
            self._start(self._converse, connected)

    def _converse(self, connected: socket.socket) -> None:
        with connected, suppress(OSError):  # The client may leave when it likes.
            self._play(Peer(connected, self._answer, self._ended))


def answer_well(peer: Peer) -> None:
    """Answer as the platform does when it is well."""
    peer.read_request()
    peer.send(peer.well.raw())


@contextmanager
def serving(play: Play, answer: Answer, listening: Listening = "accepting") -> Iterator[FaultServer]:
    """A server that plays a fault, as long as the block lasts."""
    server = FaultServer(play, answer, listening)
    try:
        yield server
    finally:
        server.end()
