"""A way to a server that is cut once, on a byte."""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs
import httpx

__all__ = ["Cut", "Relay", "run_relay"]

PIECE = 64 * 1024  # bytes that are passed on at once
BUFFER = 64 * 1024  # bytes that the system takes in advance, so that a client is not far ahead of what was passed on


@attrs.frozen
class Cut:
    """Where the way is cut: nowhere, unless something is given.

    Attributes:
        request: After how many bytes towards the server.
        response: After how many bytes of the response; 0 is when it comes.
    """

    request: int | None = None
    response: int | None = None


class Relay:
    """The way. The first connection that gets as far as the cut is reset at both ends; those after it are whole.

    Args:
        target: The URL of the server.
        cut: Where to cut.

    Attributes:
        url: The URL at which clients find the server.
        sent: How many bytes went towards the server until the cut.
        responded: How many bytes of its response had come until the cut.
        connections: How many connections there were until the cut.
    """

    def __init__(self, target: str, cut: Cut) -> None:
        self.sent = self.responded = self.connections = 0
        self._cut: Cut | None = cut
        self._others: dict[socket.socket, socket.socket] = {}  # the other end of each connection
        self._clients: set[socket.socket] = set()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        url = httpx.URL(target)
        self._target = url.host, url.port
        self.url = str(url.copy_with(port=self._listener.getsockname()[1]))
        self._ended, self._end = socket.socketpair()

    def run(self) -> None:
        """Pass everything on until the end."""
        with self._listener, self._ended:
            while True:
                ready, _, _ = select.select([self._ended, self._listener, *self._others], [], [])
                if self._ended in ready:
                    break
                for source in ready:
                    if source is self._listener:
                        self._connect()
                    elif source in self._others:  # It may have been closed since.
                        self._pass_on(source)
            for each in [*self._others]:
                each.close()

    def end(self) -> None:
        """Let `run` return."""
        self._end.close()

    def _connect(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(self._target)
        self._others |= {client: server, server: client}
        self._clients.add(client)
        if self._cut:
            self.connections += 1

    def _pass_on(self, source: socket.socket) -> None:
        other = self._others[source]
        with suppress(OSError):  # Either end may leave when it likes.
            data = source.recv(PIECE)
            passed, is_cut = self._measure(source, data)
            other.sendall(data[:passed])
            if data and not is_cut:
                return
            if is_cut:
                for each in (source, other):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for each in (source, other):
            del self._others[each]
            each.close()

    def _measure(self, source: socket.socket, data: bytes) -> tuple[int, bool]:
        """Count bytes; return how many of them go on, and whether the way is cut after them."""
        if self._cut is None:
            return len(data), False
        if source in self._clients:
            limit, before = self._cut.request, self.sent
            self.sent += len(data)
        else:
            limit, before = self._cut.response, self.responded
            self.responded += len(data)
        if limit is None or before + len(data) < limit:
            return len(data), False
        self._cut = None
        return limit - before, True


@contextmanager
def run_relay(target: str, cut: Cut | None = None) -> Iterator[Relay]:
    """Provide a way to a server, until the block ends."""
    relay = Relay(target, cut or Cut())
    thread = threading.Thread(target=relay.run)
    thread.start()
    try:
        yield relay
    finally:
        relay.end()
        thread.join()
