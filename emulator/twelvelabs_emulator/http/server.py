"""The server: uvicorn on a socket of its own, in this thread or another one."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import uvicorn
from anyio import to_thread

from ..platform.shortage import is_shortage, report_shortage
from .connections import Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["AddressError", "Server", "listen"]

_BACKLOG = 2048
"""How many connections may wait to be accepted."""
_GRACE = 0.5
"""How long requests may go on when the server stops, and again after they were cut, in seconds."""
_POLL = 0.001
_THREADS = 200


class AddressError(OSError):
    """The server cannot listen at an address; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Args:
        host: The host.
        port: The port; 0 means a free one.

    Raises:
        AddressError: The address is in use, or not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Only if the protocol is named does asyncio send small pieces at once, without waiting for others.
        listening = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise AddressError(f"Cannot listen at {host}:{port}: {error}.") from error
    try:
        if family != getattr(socket, "AF_UNIX", None):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise AddressError(f"Cannot listen at {host}:{port}: {error.strerror}.") from error
    return listening


class Server:
    """A server at a socket.

    Args:
        app: The application.
        listening: The socket.
        headers: Headers of all responses.
        end_work: Called when the server stops, after requests had time to end: ends the work that the others wait for.
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
            # If no descriptor is left, asyncio tries to accept this many times in a row.
            backlog=1,
        )
        self._server = _Uvicorn(config, end_work)
        self._listening = listening
        self._thread: threading.Thread | None = None

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Serve until `exit` is called.

        Args:
            ready: Called when the server is ready for requests.
        """
        if ready:
            self._server.ready.append(ready)
        self._server.run([self._listening])

    def start(self) -> None:
        """Serve on a thread of its own."""
        is_ready = threading.Event()
        self._thread = threading.Thread(target=self.run, args=[is_ready.set], name="emulator-server", daemon=True)
        self._thread.start()
        is_ready.wait()

    def exit(self) -> None:
        """Begin to stop serving, from any thread or from a signal."""
        self._server.exit()

    def stop(self) -> None:
        """Stop serving."""
        self._server.exit()
        if self._thread:
            self._thread.join()

    def move(self, listening: socket.socket) -> None:
        """End everything at this socket, and serve at another one.

        Args:
            listening: The other socket.
        """
        self._server.run_on_loop(self._server.move(listening))


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, end_work: Callable[[], object]) -> None:
        super().__init__(config)
        self._end_work = end_work
        self.ready: list[Callable[[], object]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sockets: list[socket.socket] = []

    def exit(self) -> None:
        """Stop, from any thread."""
        self.should_exit = True
        if self._loop and not self._loop.is_closed():
            # It checks only now and then, and much later if somebody froze the clock of this process in the meantime.
            self._loop.call_soon_threadsafe(lambda: None)

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave signals alone: whoever runs the server also has to stop what is around it."""
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._report)
        # Each video that is examined blocks a thread, and must not prevent other requests from being carried out.
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await self._listen(sockets or [])
        for call in self.ready:
            call()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, unlike uvicorn itself, without waiting for threads or logging each request that is cut."""
        await self._hang_up(self._end_work)

    def run_on_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine on the server's event loop, and wait for it."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def move(self, listening: socket.socket) -> None:
        await self._hang_up()
        await self._listen([listening])

    async def _listen(self, sockets: list[socket.socket]) -> None:
        self._sockets = sockets
        await super().startup(sockets)
        for each in sockets:
            each.listen(_BACKLOG)

    async def _hang_up(self, end_work: Callable[[], object] = lambda: None) -> None:
        """Accept no more connections, give requests a moment to end, and cut the others.

        Args:
            end_work: Called after that moment, to end what the other requests wait for.
        """
        for server in self.servers:
            server.close()
        for each in self._sockets:
            each.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        if await self._await_end(_GRACE):
            return
        end_work()
        for connection in list(state.connections):
            connection.transport.abort()
        if not await self._await_end(_GRACE):
            for task in list(state.tasks):
                task.cancel()

    async def _await_end(self, seconds: float) -> bool:
        """Wait for all requests to end, and return whether they have within that time."""
        assert self._loop is not None
        end = self._loop.time() + seconds
        while self.server_state.connections or self.server_state.tasks:
            if self._loop.time() > end:
                return False
            await asyncio.sleep(_POLL)
        return True

    def _report(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Report in one line that there are no descriptors for connections, and everything else as usual."""
        error = context.get("exception")
        if error is not None and is_shortage(error):
            report_shortage(error)
        elif not self.should_exit:  # When it stops, asyncio may still try to listen at a socket that is closed.
            loop.default_exception_handler(context)
