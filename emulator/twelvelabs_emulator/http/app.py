"""The whole application: the API, the media, and what is there for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from ..answers import not_found
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send


class App:
    """Sends requests to the application of their path's beginning.

    Args:
        applications: The applications, by the beginnings of their paths.
    """

    def __init__(self, applications: Mapping[str, ASGIApp]) -> None:
        self._applications = applications

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        for beginning, application in self._applications.items():
            if scope["raw_path"].startswith(beginning.encode()):
                await application(scope, receive, send)
                return
        answer = not_found(Request(scope).url.path, "paths").answer
        await send_answer(answer, scope["method"], Listening(receive), send)
