"""A server over real sockets, with a thread for each connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, TypeAlias, TypeVar

__all__ = ["PATIENCE", "Listening", "SocketServer", "run_server"]

PATIENCE = 20.0  # seconds that a server waits for a client at most, so that no test hangs
CROWD = 1024  # connections that may come at once

Listening: TypeAlias = Literal["accepting", "deaf", "full", "closed"]
"""How a port is listened at: connections are accepted, left in the queue, kept out of a full queue, or refused."""

AnyServer = TypeVar("AnyServer", bound="SocketServer")


class SocketServer:
    """The server, which is at a free port, and starts at once.

    Args:
        listening: How it listens at first.
        receive_buffer: How many bytes the system takes that nobody has read; unlimited by default.

    Attributes:
        url: Where it is.
        connections: How many connections were made.
        ended: Set when the server ends.
    """

    def __init__(self, listening: Listening = "accepting", receive_buffer: int | None = None) -> None:
        self.connections = 0
        self.ended = threading.Event()
        self._open: dict[int, socket.socket] = {}
        self._threads: list[threading.Thread] = []
        self._in_queue: socket.socket | None = None
        self._listener = socket.socket()
        if receive_buffer is not None:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        if listening != "closed":
            self._listener.listen(0 if listening == "full" else CROWD)
        if listening == "full":  # The system keeps one connection in a queue of 0, and is silent to all others.
            self._in_queue = socket.create_connection(self._listener.getsockname())
        if listening == "accepting":
            self.accept()

    def converse(self, number: int) -> None:
        """Do what is to be done with a connection, by its number, which is closed afterwards."""
        raise NotImplementedError

    def accept(self) -> None:
        """Accept connections from now on."""
        self._listener.listen(CROWD)
        self._start(self._accept)

    @property
    def is_accepting(self) -> bool:
        """Whether it accepts connections."""
        return bool(self._threads)

    def end(self) -> None:
        """End every connection and take no more; count those that were never accepted."""
        self.ended.set()
        if self._in_queue:
            self._in_queue.close()
        if not self.is_accepting:
            self._listener.setblocking(False)
            self._accept()
        for each in (self._listener, *self._open.copy().values()):
            with suppress(OSError):  # The client has ended it already, or nobody ever listened.
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def connection(self, number: int) -> socket.socket:
        """Return an open connection."""
        return self._open[number]

    def replace(self, number: int, connected: socket.socket) -> None:
        """Put another socket, such as an encrypted one, in the place of that of a connection."""
        self._open[number] = connected

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
            connected.settimeout(PATIENCE)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._open[self.connections] = connected
            self._start(self._converse, self.connections)

    def _converse(self, number: int) -> None:
        try:
            with suppress(OSError, ValueError):  # The client may leave when it likes.
                self.converse(number)
        finally:
            self._open.pop(number).close()


@contextmanager
def run_server(server: AnyServer) -> Iterator[AnyServer]:
    """Yield a server, which ends with the block."""
    try:
        yield server
    finally:
        server.end()
