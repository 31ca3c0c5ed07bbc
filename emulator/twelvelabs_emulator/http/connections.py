"""Connections: what is no HTTP is refused on them in the contract's form, and they can be cut, as a network might."""

from __future__ import annotations

import asyncio
import weakref
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..answers import parameter_invalid

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

_transports: weakref.WeakValueDictionary[tuple[object, object], asyncio.Transport] = weakref.WeakValueDictionary()


class Protocol(H11Protocol):
    """HTTP as uvicorn speaks it, on a connection that `cut` finds."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
        """Note the connection by the addresses of its ends."""
        super().connection_made(transport)
        _transports[self.server, self.client] = transport

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
