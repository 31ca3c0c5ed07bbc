"""A request and its response: the rest of a request that gets an early response is still read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

__all__ = ["Exchange"]

_PATIENCE = 5.0
"""How long to wait for the next piece of a body that nobody needs, in seconds."""


class Exchange:
    """The two channels of a request.

    A client that is still sending gets the response at once. What it keeps sending is thrown away for as long as it
    does, and only then does the response end: if the connection were closed earlier, the client might lose it.

    Args:
        receive: The channel of the request.
        send: The channel of the response.

    Attributes:
        status: The status code of the response, once it has begun.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._request_ended = False
        self.status: int | None = None

    async def receive(self) -> Message:
        """Return the next message of the request."""
        message = await self._receive()
        self._request_ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send a message of the response."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body" and not message.get("more_body", False):
            if message.get("body"):
                await self._send({**message, "more_body": True})
            await self._drain()
            message = {"type": "http.response.body"}
        await self._send(message)

    async def _drain(self) -> None:
        """Throw away the rest of the request, until it ends or stalls."""
        try:
            while not self._request_ended:
                await asyncio.wait_for(self.receive(), _PATIENCE)
        except TimeoutError:
            pass
