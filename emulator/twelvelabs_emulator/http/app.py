"""The whole application: the API of the contract, and in addition media, documentation and controls."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Router

from ..redaction import redact_query
from ..responses import not_found
from .connections import cut
from .errors import respond_to
from .exchange import Exchange
from .origin import resolve_target

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .guard import Guard

__all__ = ["App"]

logger = logging.getLogger("twelvelabs_emulator.requests")


class App:
    """The ASGI application.

    Args:
        api: The application of the contract's operations.
        prefix: The beginning of the paths that go to it.
        routes: The routes of everything else.
        guard: Rejects requests that a page must not send.
    """

    def __init__(self, api: ASGIApp, prefix: str, routes: Sequence[BaseRoute], guard: Guard) -> None:
        self._api = api
        self._prefix = prefix
        self._router = Router(routes, redirect_slashes=False, default=_raise_not_found)
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request."""
        scope = resolve_target(scope)
        begun = time.perf_counter()
        exchange = Exchange(receive, send)

        async def log_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                _log(scope, message["status"], begun)
            await exchange.send(message)

        # When the server stops, it cuts the connections and cancels what is left.
        with suppress(asyncio.CancelledError, ClientDisconnect):
            try:
                await self._respond(scope, exchange.receive, log_and_send)
            except ClientDisconnect:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the response has the contract's form
                response = respond_to(error, scope["method"])
                if exchange.status is None:
                    await response(scope, exchange.receive, log_and_send)
                else:
                    await cut(scope, exchange.receive)
        if exchange.status is None:
            _log(scope, None, begun)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._guard.check_host(scope)
        if scope["raw_path"].decode("latin-1").startswith(self._prefix):
            self._guard.check_origin(scope, shared=True)
            await self._api(scope, receive, send)
        else:
            scope["app"] = self  # Makes Starlette raise an exception for a method that a path does not have.
            await self._router(scope, receive, send)


async def _raise_not_found(scope: Scope, receive: Receive, send: Send) -> None:
    raise not_found(scope["path"], "paths")


def _log(scope: Scope, status: int | None, begun: float) -> None:
    """Log a request in one line, once its response begins or its connection is cut."""
    if logger.isEnabledFor(logging.INFO):
        query = f"?{redact_query(scope['query_string'].decode('latin-1'))}" if scope["query_string"] else ""
        path = ascii(scope["raw_path"].decode("latin-1") + query)[1:-1]
        took = (time.perf_counter() - begun) * 1000
        logger.info("%s %s %s %.0f ms", scope["method"], path, "cut" if status is None else status, took)
