"""Responses that come while a file is still being sent, from a server that then stops reading.

httpcore reads such a response where the connection breaks (`WriteError`), but not where writing times out: the response
would be lost. Its documented `trace` extension is told of that moment, and turns the one into the other. A transport
that is not httpcore's has no such moment, and does as it does.
"""

from __future__ import annotations

from typing import Any

import httpx

__all__ = ["read_early_response", "read_early_response_async"]

PATIENCE = 1.0  # seconds for which a response is waited for that must already be there


def read_early_response(request: httpx.Request) -> None:
    """Have the response to an upload read although writing timed out."""
    others = request.extensions.get("trace")

    def trace(event: str, info: dict[str, Any]) -> None:
        if others is not None:
            others(event, info)
        _go_on_to_read(request, event, info)

    request.extensions["trace"] = trace


def read_early_response_async(request: httpx.Request) -> None:
    """Do as `read_early_response` does, for an async client."""
    others = request.extensions.get("trace")

    async def trace(event: str, info: dict[str, Any]) -> None:
        if others is not None:
            await others(event, info)
        _go_on_to_read(request, event, info)

    request.extensions["trace"] = trace


def _go_on_to_read(request: httpx.Request, event: str, info: dict[str, Any]) -> None:
    if event != "http11.send_request_body.failed":
        return
    import httpcore  # httpx has it

    failure = info["exception"]
    if isinstance(failure, httpcore.WriteTimeout):
        request.extensions.get("timeout", {})["read"] = PATIENCE
        raise httpcore.WriteError(str(failure)) from failure
