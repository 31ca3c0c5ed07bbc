"""The whole application: the API, the media, and what is there for tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request

from ..answers import not_found
from .connections import cut
from .failures import answer_to
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class App:
    """Sends requests to the application of their path's beginning.

    Args:
        applications: The applications, by the beginnings of their paths.
    """

    def __init__(self, applications: Mapping[str, ASGIApp]) -> None:
        self._applications = applications

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        listening = Listening(receive)
        try:
            await self._answer(scope, listening, sending)
        except asyncio.CancelledError:
            pass  # The server ends, and has cut the connection.
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered in the contract's form
            answer = answer_to(error)
            if begun:
                await cut(scope, listening)
            else:
                await send_answer(answer, scope["method"], listening, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        for beginning, application in self._applications.items():
            if scope["raw_path"].startswith(beginning.encode()):
                await application(scope, receive, send)
                return
        answer = not_found(Request(scope).url.path, "paths").answer
        await send_answer(answer, scope["method"], Listening(receive), send)
