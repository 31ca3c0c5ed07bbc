"""A server for tests in which the very bytes matter: it keeps what arrives as it came, and sends what it is told to."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from http.client import responses
from typing import IO, Any, TypeAlias

import attrs
import httpx

from contract_tests.support.socket_server import SocketServer, run_server

__all__ = ["Arrival", "HttpServer", "Play", "Response", "and_leave", "raw_response", "serve"]


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
        """What is requested: a path with its query; through a proxy, a URL."""
        return self._lines[0].split(" ")[1]

    @property
    def method(self) -> str:
        """The method."""
        return self._lines[0].split(" ")[0]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers in their order, names in lower case."""
        return [
            (name.lower(), value.strip(" \t")) for name, _, value in (line.partition(":") for line in self._lines[1:])
        ]

    @property
    def body(self) -> bytes:
        """The body, which is read when somebody wants to have it, and by the server after its response.

        It is not a `cached_property`, which up to Python 3.11 would let only one connection at a time read.
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


@attrs.frozen
class Response:
    """A response.

    Attributes:
        status: The status.
        body: The body.
        headers: The headers, but for `Content-Length` and `Connection`.
        length: The length that is declared, if it is not that of the body.
        is_last: Whether the connection ends after it.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = attrs.field(factory=lambda: {"Content-Type": "application/json"})
    length: int | None = None
    is_last: bool = True

    def raw(self) -> bytes:
        """Return the bytes to send."""
        return self.head() + self.body

    def head(self) -> bytes:
        """Return the bytes before the body."""
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Unknown')}"]
        if self.status >= 200 and self.status != 204:
            lines.append(f"content-length: {len(self.body) if self.length is None else self.length}")
        if self.is_last:
            lines.append("connection: close")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()


def raw_response(body: Any = None, status: int = 200, **headers: str) -> bytes:
    """Return the bytes of a response: JSON, or a body that is bytes; `_` in the name of a header is `-`."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Response(status, content, named, is_last=False).raw()


def and_leave(arrival: Arrival, *pieces: bytes) -> Iterator[bytes]:
    """Yield the pieces of the response to a request that has been read, after which the server ends the connection."""
    arrival.body  # noqa: B018 - unread, it would make the system reset the connection, and nobody reads the response
    yield from pieces
    raise ConnectionError


class HttpServer(SocketServer):
    """The server. It keeps connections alive, and speaks TLS if it has a certificate; asked to be a proxy, it is one.

    As a proxy it is the platform as well: whatever it is asked to connect to, it responds for.

    Args:
        play: What it sends back for each request.
        tls: Its certificate; `None` for plain HTTP, behind a proxy as well.

    Attributes:
        arrivals: The requests that arrived.
    """

    def __init__(self, play: Play, tls: ssl.SSLContext | None = None, *, is_proxy: bool = False) -> None:
        self.arrivals: list[Arrival] = []
        self._play = play
        self._tls = tls
        self._is_proxy = is_proxy
        super().__init__()
        if tls is not None and not is_proxy:
            self.url = self.url.replace("http:", "https:")

    def converse(self, number: int) -> None:
        """Respond to what is asked until the client has gone."""
        if not self._is_proxy:
            self._secure(number)
        if self._serve_until_tunnel(number):
            self._secure(number)
            self._serve_until_tunnel(number)

    def _serve_until_tunnel(self, number: int) -> bool:
        """Respond until the client has gone, or wants a tunnel through this proxy."""
        connected = self.connection(number)
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
            self.replace(number, self._tls.wrap_socket(self.connection(number), server_side=True))


def _head(stream: IO[bytes]) -> bytes:
    """Return the head of the next request, empty if the client has gone."""
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return b"".join(lines).removesuffix(b"\r\n")


@contextmanager
def serve(play: Play, tls: ssl.SSLContext | None = None, *, is_proxy: bool = False) -> Iterator[HttpServer]:
    """Run a server until the block ends."""
    with run_server(HttpServer(play, tls, is_proxy=is_proxy)) as server:
        yield server
