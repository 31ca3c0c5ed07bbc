"""Connections that can be cut, as a network might do it."""

from __future__ import annotations

import asyncio
import weakref
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

_transports: weakref.WeakValueDictionary[tuple[object, object], asyncio.Transport] = weakref.WeakValueDictionary()


class Protocol(H11Protocol):
    """HTTP as uvicorn speaks it, on a connection that `cut` finds."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
        """Note the connection by the addresses of its ends."""
        super().connection_made(transport)
        _transports[self.server, self.client] = transport


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
