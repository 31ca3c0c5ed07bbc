"""The application as the server calls it: a cancelled request ends without an exception, which would be logged."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from twelvelabs_emulator.http import connections
from twelvelabs_emulator.http.app import App
from twelvelabs_emulator.http.guard import Guard

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/v1.3/tasks",
    "raw_path": b"/v1.3/tasks",
    "query_string": b"",
    "headers": [],
}


async def forever() -> Message:
    """Receive a message that never comes."""
    await asyncio.Event().wait()
    raise AssertionError


async def ignore(_message: Message) -> None:
    """Send a message nowhere."""


async def wait(_scope: Scope, receive: Receive, _send: Send) -> None:
    """Wait for the body of a request."""
    await receive()


async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Fail before the body of a request has come."""
    raise MemoryError


@pytest.mark.parametrize("api", [wait, fail, connections._respond_unavailable], ids=lambda api: api.__name__)
def test_a_request_that_is_cancelled_ends_in_silence(api: Any) -> None:
    app = api if api is connections._respond_unavailable else App(api, "/v1.3", [], Guard([], []))

    async def cancel() -> None:
        request = asyncio.create_task(app(dict(SCOPE), forever, ignore))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        request.cancel()
        await request

    asyncio.run(cancel())
