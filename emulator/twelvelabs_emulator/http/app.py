"""The whole application: the API, the media, and what is there for tests."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from ..answers import ApiError, not_found
from .connections import cut
from .failures import answer_to
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from .guard import Guard

logger = logging.getLogger("twelvelabs_emulator.requests")


class App:
    """Sends requests to the application of their path's beginning.

    Args:
        applications: The applications, by the beginnings of their paths.
        guard: Who may ask.
        shared: The beginnings of paths that pages of other origins may ask for, where that is allowed.
        own: The beginnings of paths that no page of another origin may ask for.
    """

    def __init__(self, applications: Mapping[str, ASGIApp], guard: Guard, *, shared: str, own: str) -> None:
        self._applications = applications
        self._guard = guard
        self._shared = shared
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = time.perf_counter()
        status: int | None = None

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _log(scope, status, begun)
            await send(message)

        listening = Listening(receive)
        try:
            await self._answer(scope, listening, sending)
        except asyncio.CancelledError:
            pass  # The server ends, and has cut the connection.
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered in the contract's form
            answer = answer_to(error)
            if status is None:
                await send_answer(answer, scope["method"], listening, sending)
            else:
                await cut(scope, listening)
        if status is None:
            _log(scope, None, begun)

    async def _answer(self, scope: Scope, listening: Listening, send: Send) -> None:
        path = scope["raw_path"].decode("latin-1")
        try:
            self._guard.check_host(scope)
            if path.startswith((self._shared, self._own)):
                self._guard.check_origin(scope, shared=path.startswith(self._shared))
            for beginning, application in self._applications.items():
                if path.startswith(beginning):
                    await application(scope, listening, send)
                    return
            raise not_found(scope["path"], "paths")
        except ApiError as error:
            await send_answer(error.answer, scope["method"], listening, send)


def _log(scope: Scope, status: int | None, begun: float) -> None:
    """Log a request in one line, once its response begins or its connection is cut."""
    if logger.isEnabledFor(logging.INFO):
        query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
        path = ascii(scope["raw_path"].decode("latin-1") + query)[1:-1]
        took = (time.perf_counter() - begun) * 1000
        logger.info("%s %s %s %.0f ms", scope["method"], path, "cut" if status is None else status, took)
