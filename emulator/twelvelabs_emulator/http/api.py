"""The API itself: from a request to an operation and back, as the contract says."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .. import responses
from ..operations import OPERATIONS, Arguments, carry_out
from ..platform.platform import Platform
from ..redaction import redact, redact_query, redact_url
from ..times import format_time
from .connections import cut
from .contract import Contract, Operation
from .errors import respond_to
from .origin import find_origin
from .scenarios import Scenario, Scenarios
from .traffic import Received, Traffic
from .validation import read_form, read_json, read_path, read_query

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["Api"]

_SLOW = ("create_task", "import_videos")
"""Operations that read videos: they have threads of their own, so that others never wait for them."""
_MAX_SLOW = 64


class Api:
    """The ASGI application of the contract's operations.

    Args:
        contract: The contract.
        platform: What the operations act on.
        scenarios: The scenarios that override responses.
        traffic: Where requests are recorded.
    """

    def __init__(self, contract: Contract, platform: Platform, scenarios: Scenarios, traffic: Traffic) -> None:
        if contract.operations.keys() != OPERATIONS.keys():
            raise ValueError(f"Not the contract's operations: {contract.operations.keys() ^ OPERATIONS.keys()}")
        self._contract = contract
        self._platform = platform
        self._scenarios = scenarios
        self._traffic = traffic
        self._slow = CapacityLimiter(_MAX_SLOW)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request."""
        request = Request(scope, receive)
        received = _describe_request(request, format_time(self._platform.clock.now()))
        self._traffic.record(received)
        try:
            response = await self._respond(request, received)
        except ClientDisconnect:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the response has the contract's form
            response = respond_to(error, request.method)
        if response is None:
            await cut(scope, receive)
            return
        received.status = response.status_code
        await response(scope, receive, send)

    async def _respond(self, request: Request, received: Received) -> Response | None:
        """Return the response, or `None` if the connection is to be cut."""
        operation, path = self._route(request.method, request.scope["raw_path"])
        received.operation = operation.id
        key = request.headers.get("x-api-key", "")
        expected = self._platform.settings.api_key
        if not key or (expected is not None and not hmac.compare_digest(key.encode(), expected.encode())):
            raise responses.api_key_invalid()
        scenario = self._scenarios.take(operation.id) or Scenario()
        if scenario.delay:
            await asyncio.sleep(scenario.delay)
        if scenario.disconnect == "before":
            return None
        if scenario.response:
            return scenario.response
        self._traffic.admit(key, self._platform.settings.rate_limit, self._platform.clock.now())
        arguments = await self._read_arguments(request, operation, path)
        self._traffic.add_arguments(received, _describe_arguments(arguments))
        limiter = self._slow if operation.id in _SLOW else None
        response = await to_thread.run_sync(carry_out, self._platform, operation.id, arguments, limiter=limiter)
        return None if scenario.disconnect == "after" else response

    def _route(self, method: str, raw_path: bytes) -> tuple[Operation, dict[str, str]]:
        """Return the operation of a method and a path, and its path parameters.

        By the contract and not by Starlette, which decodes a path before it splits it.
        """
        found = list(self._contract.find(raw_path))
        for operation, path in found:
            if operation.method == method:
                return operation, path
        if found:
            raise responses.method_not_allowed(method, [operation.method for operation, _ in found])
        raise responses.not_found(raw_path.decode("ascii", "replace"), "paths")

    async def _read_arguments(self, request: Request, operation: Operation, path: dict[str, str]) -> Arguments:
        valid_path = read_path(operation, path)
        query = read_query(operation, request.scope["query_string"])
        body: dict[str, Any] = {}
        files: dict[str, Any] = {}
        if operation.body:
            content_type = request.headers.get("content-type", "")
            if operation.body.media_type == "multipart/form-data":
                max_bytes = self._platform.settings.max_bytes
                body, form = await read_form(
                    operation.body, content_type, request.stream(), self._platform.files, max_bytes
                )
                files = form.files
            else:
                body = await read_json(operation.body, content_type, request.stream())
        return Arguments(valid_path, query, body, files, find_origin(request))


def _describe_request(request: Request, now: str) -> Received:
    return Received(
        method=request.method,
        path=request.scope["raw_path"].decode("latin-1"),
        query=redact_query(request.scope["query_string"].decode("latin-1")),
        headers={name.lower(): redact(name.lower(), value) for name, value in request.headers.items()},
        received_at=now,
    )


def _describe_arguments(arguments: Arguments) -> dict[str, Any]:
    files = {name: {"filename": file.filename, "size": file.size} for name, file in arguments.files.items()}
    body = {name: redact_url(value) if name == "video_url" else value for name, value in arguments.body.items()}
    return {**arguments.path, **arguments.query, **body, **files}
