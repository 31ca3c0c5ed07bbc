"""Connections: what is not HTTP is rejected in the contract's form, idle ones are closed, and any of them can be cut,
as a network might do.
"""

from __future__ import annotations

import asyncio
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..responses import parameter_invalid, service_unavailable
from .exchange import Exchange

try:
    import resource
except ImportError:  # Windows has no limit of its own.
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["PATIENCE", "Protocol", "cut", "max_connections"]

_MAX_CONNECTIONS = 10_000
_PATIENCE_WITH_TOO_MANY = 1.0
_transports: weakref.WeakValueDictionary[tuple[object, object], asyncio.Transport] = weakref.WeakValueDictionary()

PATIENCE = 30.0
"""How long a client may take for the head of a request, and between two pieces of its body, in seconds."""


class Protocol(H11Protocol):
    """HTTP as uvicorn speaks it, on a connection that `cut` finds, and that is closed if its client does nothing."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
        """Register the connection by the addresses of its ends, or reject it if there are too many."""
        super().connection_made(transport)
        _transports[self.server, self.client] = transport
        self._progress = self.loop.time()
        self._patience = PATIENCE
        self._unsent = 0
        if len(self.connections) > max_connections():
            self.app = _respond_unavailable
            self._patience = min(PATIENCE, _PATIENCE_WITH_TOO_MANY)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take in data. The data of a head count as progress only once it is complete."""
        super().data_received(data)
        if self._is_busy:
            self._progress = self.loop.time()

    def on_response_complete(self) -> None:
        """Expect the next request."""
        self._progress = self.loop.time()
        super().on_response_complete()

    @property
    def _is_busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _watch(self) -> None:
        """Check again and again whether the client does its part."""
        if self.transport.is_closing():
            return
        unsent, self._unsent = self._unsent, self.transport.get_write_buffer_size()
        if self._is_stalled(unsent):
            self.transport.abort()
        else:
            self.loop.call_later(self._patience / 2, self._watch)

    def _is_stalled(self, unsent: int) -> bool:
        """Return whether the client does nothing, given how much was unsent at the last check."""
        if self.loop.time() < self._progress + self._patience:
            return False
        if not self._is_busy:
            return True
        if self.flow.write_paused:
            return unsent == self._unsent
        waits_for_body = self.cycle.more_body and not self.cycle.waiting_for_100_continue
        return waits_for_body and not self.flow.read_paused

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing of a client that would rather speak another protocol: it gets a response in this one."""

    def send_400_response(self, msg: str) -> None:
        """Respond to bytes that are not HTTP, unless the request they belong to has its response already."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # The rest of the request will never be known.
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            response = parameter_invalid("request").response
            headers = [*self.server_state.default_headers, *response.raw_headers, (b"connection", b"close")]
            head = h11.Response(status_code=response.status_code, headers=headers)
            for event in (head, h11.Data(data=bytes(response.body)), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


async def _respond_unavailable(scope: Scope, receive: Receive, send: Send) -> None:
    """Respond on a connection that is one too many."""
    response = service_unavailable(1).response
    response.headers["Connection"] = "close"
    exchange = Exchange(receive, send)
    with suppress(asyncio.CancelledError):  # The server is stopping, and has cut the connection.
        await response(scope, exchange.receive, exchange.send)


def max_connections() -> int:
    """Return how many connections there may be, so that descriptors are left for files."""
    if resource is None:
        return _MAX_CONNECTIONS
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return (
        _MAX_CONNECTIONS
        if limit == resource.RLIM_INFINITY
        else min(_MAX_CONNECTIONS, max(limit - max(limit // 8, 32), limit // 4))
    )


async def cut(scope: Scope, receive: Receive) -> None:
    """Cut the connection of a request, without a response.

    Args:
        scope: The scope of the request.
        receive: The channel of the request.
    """
    transport = _transports.get((_address(scope["server"]), _address(scope["client"])))
    if transport is not None:
        transport.abort()
    # The server reports an application that ends without a response, unless it has noticed that the connection ended.
    while (await receive())["type"] != "http.disconnect":
        pass


def _address(ends: object) -> object:
    return tuple(ends) if isinstance(ends, list) else ends
