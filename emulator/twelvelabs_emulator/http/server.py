"""The server: uvicorn on a socket of its own, in this thread or beside it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn
from anyio import to_thread

from .connections import Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_THREADS = 200
_GRACE = 1  # second, after half of which videos that are still being read are given up


class AddressError(OSError):
    """The address cannot be listened at; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address.

    Args:
        host: The host.
        port: The port; 0 is a free one.

    Raises:
        AddressError: It is in use, or not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # asyncio has small pieces sent at once, without waiting for others, only where the protocol is named.
        listening = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise AddressError(f"Cannot listen at {host}:{port}: {error}.") from error
    try:
        if family != getattr(socket, "AF_UNIX", None):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise AddressError(f"Cannot listen at {host}:{port}: {error.strerror}.") from error
    return listening


class Server:
    """A server that answers at a socket.

    Args:
        app: What answers.
        listening: The socket.
        headers: Headers of all answers.
        end_work: Called when requests that are being answered have had the time to end, to end those that have not.
    """

    def __init__(
        self, app: ASGIApp, listening: socket.socket, headers: dict[str, str], end_work: Callable[[], object]
    ) -> None:
        config = uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            headers=list(headers.items()),
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = _Uvicorn(config, end_work)
        self._listening = listening
        self._thread: threading.Thread | None = None

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Answer until the process is told to stop.

        Args:
            ready: Called when requests are answered.
        """
        if ready:
            self._server.ready.append(ready)
        self._server.run([self._listening])

    def start(self) -> None:
        """Answer on a thread of its own."""
        is_ready = threading.Event()
        self._thread = threading.Thread(target=self.run, args=[is_ready.set], name="emulator-server", daemon=True)
        self._thread.start()
        is_ready.wait()

    def stop(self) -> None:
        """Stop answering."""
        self._server.exit()
        if self._thread:
            self._thread.join()


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, end_work: Callable[[], object]) -> None:
        super().__init__(config)
        self._end_work = end_work
        self.ready: list[Callable[[], object]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def exit(self) -> None:
        """Stop, from any thread."""
        self.should_exit = True
        if self._loop and not self._loop.is_closed():
            # It looks only now and then, and much later if somebody froze the clock of this process in the meantime.
            self._loop.call_soon_threadsafe(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        # Each video that is examined keeps a thread waiting, and must not keep other requests from being carried out.
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await super().startup(sockets)
        for call in self.ready:
            call()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # The event loop does not end before the threads whose requests it carries out.
        ending = threading.Timer(_GRACE / 2, self._end_work)
        ending.daemon = True
        ending.start()
        await super().shutdown(sockets)
