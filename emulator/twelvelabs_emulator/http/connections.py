"""Connections: what is no HTTP is refused on them in the contract's form, they are ended when nothing comes, and they
can be cut, as a network might.
"""

from __future__ import annotations

import asyncio
import weakref
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..answers import Answer, parameter_invalid, service_unavailable
from .sending import Listening, send_answer

try:
    import resource
except ImportError:  # Windows has no limit of its own.
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_MOST = 10_000
_PATIENCE_WITH_TOO_MANY = 1.0
_transports: weakref.WeakValueDictionary[tuple[object, object], asyncio.Transport] = weakref.WeakValueDictionary()


PATIENCE = 30.0
"""How long a client may take for the head of a request, and between two pieces of its body, in seconds."""


class Protocol(H11Protocol):
    """HTTP as uvicorn speaks it, on a connection that `cut` finds, and that ends when its client does nothing."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
        """Note the connection by the addresses of its ends, or refuse it if there are too many."""
        super().connection_made(transport)
        _transports[self.server, self.client] = transport
        self._progress = self.loop.time()
        self._patience = PATIENCE
        self._unsent = 0
        if len(self.connections) > most_connections():
            self.app = _unavailable
            self._patience = min(PATIENCE, _PATIENCE_WITH_TOO_MANY)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take in data. Those of a head are no progress before it is whole."""
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
        """Look again and again whether the client does its part."""
        if self.transport.is_closing():
            return
        if self._is_stalled():
            self.transport.abort()
        else:
            self.loop.call_later(self._patience / 2, self._watch)

    def _is_stalled(self) -> bool:
        unsent, self._unsent = self._unsent, self.transport.get_write_buffer_size()
        if self.loop.time() < self._progress + self._patience:
            return False
        if not self._is_busy:
            return True
        if self.flow.write_paused:
            return unsent == self._unsent
        waits_for_body = self.cycle.more_body and not self.cycle.waiting_for_100_continue
        return waits_for_body and not self.flow.read_paused

    def send_400_response(self, msg: str) -> None:
        """Answer bytes that are no HTTP, unless the request they belong to is answered already."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # The rest of the request will never be known.
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body, media_type = parameter_invalid("request").answer.encoded()
            headers = [
                *self.server_state.default_headers,
                (b"content-type", str(media_type).encode()),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
            ]
            for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


async def _unavailable(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer on a connection that is one too many."""
    answer = service_unavailable(1).answer
    answer = Answer(answer.status, answer.body, {**answer.headers, "Connection": "close"})
    await send_answer(answer, scope["method"], Listening(receive), send)


def most_connections() -> int:
    """How many connections there may be, so that descriptors are left for files."""
    if resource is None:
        return _MOST
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST if limit == resource.RLIM_INFINITY else min(_MOST, max(limit - max(limit // 8, 32), limit // 4))


async def cut(scope: Scope, receive: Receive) -> None:
    """Cut the connection of a request, without an answer.

    Args:
        scope: The request's.
        receive: The request's.
    """
    transport = _transports.get((_address(scope["server"]), _address(scope["client"])))
    if transport is not None:
        transport.abort()
    # The server takes the end of an application for an error, unless it has noticed the end of the connection.
    while (await receive())["type"] != "http.disconnect":
        pass


def _address(ends: object) -> object:
    return tuple(ends) if isinstance(ends, list) else ends
