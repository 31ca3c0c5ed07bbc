"""A server for tests in which the very bytes matter: it keeps what arrives as it came, and sends what it is told to."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from http.client import responses
from typing import IO, Any, TypeAlias

import httpx

__all__ = ["Arrival", "Play", "RawServer", "and_leave", "answer", "serving"]

PATIENCE = 20.0  # seconds that the server waits for a client at most, so that no test hangs


class Arrival:
    """A request, as it arrives.

    Args:
        head: Its bytes up to the empty line before the body.
        stream: Where its body comes from.
        connection: The number of its connection, counted from 1.
    """

    def __init__(self, head: bytes, stream: IO[bytes], connection: int) -> None:
        self.head = head
        self.connection = connection
        self._stream = stream
        self._body: bytes | None = None
        self._reading = threading.Lock()

    @property
    def target(self) -> str:
        """What is asked for: a path with its query; through a proxy, a URL."""
        return self._lines[0].split(" ")[1]

    @property
    def method(self) -> str:
        """The method."""
        return self._lines[0].split(" ")[0]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers in their order, names in small letters."""
        return [
            (name.lower(), value.strip(" \t")) for name, _, value in (line.partition(":") for line in self._lines[1:])
        ]

    @property
    def body(self) -> bytes:
        """The body, which is read when somebody wants to have it, and by the server after its answer.

        It is no `cached_property`, which up to Python 3.11 would let only one connection at a time read.
        """
        with self._reading:
            if self._body is None:
                self._body = self._read_body()
            return self._body

    def _read_body(self) -> bytes:
        headers = dict(self.headers)
        if headers.get("transfer-encoding") == "chunked":
            return b"".join(self._chunks())
        return self._stream.read(int(headers.get("content-length", "0")))

    def as_request(self) -> httpx.Request:
        """Return it as a request of httpx, for parsers of forms."""
        return httpx.Request(self.method, "http://platform.test", headers=self.headers, content=self.body)

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._stream.readline(), 16):
            yield self._stream.read(size)
            self._stream.readline()
        self._stream.readline()

    @cached_property
    def _lines(self) -> list[str]:
        lines = self.head.decode("ascii").split("\r\n")
        assert not any("\r" in line or "\n" in line for line in lines), f"a line ends as none may: {self.head!r}"
        return lines


Play: TypeAlias = Callable[[Arrival], Iterable[bytes]]
"""What is sent back for a request, piece by piece; whoever raises an OSError on the way ends the connection."""


def answer(body: Any = None, status: int = 200, **headers: str) -> bytes:
    """Return the bytes of an answer: JSON, or a body that is bytes; `_` in the name of a header is `-`."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} {responses.get(status, 'Unknown')}", f"content-length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def and_leave(arrival: Arrival, *pieces: bytes) -> Iterator[bytes]:
    """Yield the pieces of the answer to a request that has been read, after which the server ends the connection."""
    arrival.body  # noqa: B018 - unread, it would make the system reset the connection, and nobody reads the answer
    yield from pieces
    raise ConnectionError


class RawServer:
    """The server. It keeps connections alive, and speaks TLS if it has a certificate; asked to be a proxy, it is one.

    As a proxy it is the platform as well: whatever it is asked to connect to, it answers for.

    Args:
        play: What it sends back for each request.
        tls: Its certificate; `None` for plain HTTP, behind a proxy as well.

    Attributes:
        url: Where it is.
        arrivals: The requests that arrived.
        connections: How many connections were made.
    """

    def __init__(self, play: Play, tls: ssl.SSLContext | None = None, *, is_proxy: bool = False) -> None:
        self.arrivals: list[Arrival] = []
        self.connections = 0
        self._play = play
        self._tls = tls
        self._is_proxy = is_proxy
        self._open: dict[int, socket.socket] = {}
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)  # a crowd may come at once
        scheme = "https" if tls is not None and not is_proxy else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def end(self) -> None:
        """End every connection and take no more."""
        for each in (self._listener, *self._open.copy().values()):
            with suppress(OSError):  # The client has ended it already.
                each.shutdown(socket.SHUT_RDWR)
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
            except OSError:  # The listener was shut down.
                return
            self.connections += 1
            self._start(self._converse, connected, self.connections)

    def _converse(self, connected: socket.socket, number: int) -> None:
        connected.settimeout(PATIENCE)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open[number] = connected
        with suppress(OSError, ValueError):  # The client may leave when it likes.
            if not self._is_proxy:
                self._secure(number)
            if self._is_left_for_a_tunnel(number):
                self._secure(number)
                self._is_left_for_a_tunnel(number)
        self._open.pop(number).close()

    def _is_left_for_a_tunnel(self, number: int) -> bool:
        """Answer what is asked until the client has gone, or wants a tunnel through this proxy."""
        connected = self._open[number]
        with connected.makefile("rb") as stream:
            while head := _head(stream):
                arrival = Arrival(head, stream, number)
                self.arrivals.append(arrival)
                if arrival.method == "CONNECT" and self._tls is not None:
                    connected.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                    return True
                for piece in self._play(arrival):
                    connected.sendall(piece)
                arrival.body  # noqa: B018 - what nobody has read is in the way of the next request
        return False

    def _secure(self, number: int) -> None:
        if self._tls is not None:
            self._open[number] = self._tls.wrap_socket(self._open[number], server_side=True)


def _head(stream: IO[bytes]) -> bytes:
    """Return the head of the next request, empty if the client has gone."""
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join(lines).removesuffix(b"\r\n")


@contextmanager
def serving(play: Play, tls: ssl.SSLContext | None = None, *, is_proxy: bool = False) -> Iterator[RawServer]:
    """A server, as long as the block lasts."""
    server = RawServer(play, tls, is_proxy=is_proxy)
    try:
        yield server
    finally:
        server.end()
