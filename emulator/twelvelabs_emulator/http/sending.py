"""How answers are sent, and what happens to the rest of a request that was answered early."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..answers import Answer

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

_PATIENCE = 5.0
"""How long to wait for the next piece of a body nobody needs, in seconds."""
_WITHOUT_BODY = (204, 304)


class Listening:
    """A request's channel that knows whether the body has come to its end.

    Args:
        receive: The channel.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.ended = False

    async def __call__(self) -> Message:
        """The next message."""
        message = await self._receive()
        self.ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Throw away the rest of the body, until it ends or stalls."""
        try:
            while not self.ended:
                await asyncio.wait_for(self(), _PATIENCE)
        except TimeoutError:
            pass


async def send_answer(answer: Answer, method: str, listening: Listening, send: Send) -> None:
    """Send an answer.

    A client that is still sending sees it at once. What it goes on sending is thrown away for as long as it does:
    if the connection were closed on it, it might lose the answer.

    Args:
        answer: What to send.
        method: The request's method.
        listening: The request's channel.
        send: Where to send it.
    """
    body, media_type = answer.encoded()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if media_type:
        headers.setdefault("content-type", media_type)
    if answer.status not in _WITHOUT_BODY:
        headers["content-length"] = str(len(body))
    encoded = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    if body and method != "HEAD" and answer.status not in _WITHOUT_BODY:
        await send({"type": "http.response.body", "body": body, "more_body": True})
    await listening.drain()
    await send({"type": "http.response.body"})
