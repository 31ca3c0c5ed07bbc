"""The server: uvicorn on a socket of its own, in this thread or beside it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import uvicorn
from anyio import to_thread

from ..platform.shortage import is_shortage, report_shortage
from .connections import Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_WAITING = 2048
"""How many connections may wait to be accepted."""
_GRACE = 0.5
"""How long requests may go on when the server ends, and again when they were cut, in seconds."""
_MOMENT = 0.001
_THREADS = 200


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
        listening.listen(_WAITING)
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
            # asyncio goes on to accept, as many times as this says, where no descriptor is left.
            backlog=1,
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

    def move(self, listening: socket.socket) -> None:
        """Answer at another socket, having ended everything that goes on at this one.

        Args:
            listening: The other socket.
        """
        self._server.on_its_loop(self._server.move(listening))


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
            # It looks only now and then, and much later if somebody froze the clock of this process in the meantime.
            self._loop.call_soon_threadsafe(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._report)
        # Each video that is examined keeps a thread waiting, and must not keep other requests from being carried out.
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await self._listen(sockets or [])
        for call in self.ready:
            call()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, in place of what uvicorn does, which waits for threads and describes each request that it cuts."""
        await self._hang_up(self._end_work)

    def on_its_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done between the requests, and wait for it."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def move(self, listening: socket.socket) -> None:
        await self._hang_up()
        await self._listen([listening])

    async def _listen(self, sockets: list[socket.socket]) -> None:
        self._sockets = sockets
        await super().startup(sockets)
        for each in sockets:
            each.listen(_WAITING)

    async def _hang_up(self, end_work: Callable[[], object] = lambda: None) -> None:
        """Accept no more connections, let those there are end what they do for a moment, and cut them.

        Args:
            end_work: Ends what requests wait for, when the moment is over.
        """
        for server in self.servers:
            server.close()
        for each in self._sockets:
            each.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        if await self._ended(_GRACE):
            return
        end_work()
        for connection in list(state.connections):
            connection.transport.abort()
        if not await self._ended(_GRACE):
            for task in list(state.tasks):
                task.cancel()

    async def _ended(self, seconds: float) -> bool:
        assert self._loop is not None
        end = self._loop.time() + seconds
        while self.server_state.connections or self.server_state.tasks:
            if self._loop.time() > end:
                return False
            await asyncio.sleep(_MOMENT)
        return True

    def _report(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Report in one line that there are no descriptors for connections, and anything else as ever."""
        error = context.get("exception")
        if error is not None and is_shortage(error):
            report_shortage(error)
        elif not self.should_exit:  # Then asyncio may be about to listen again at a socket that is closed.
            loop.default_exception_handler(context)
