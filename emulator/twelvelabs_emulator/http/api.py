"""The API itself: from a request to an operation and back, as the contract says."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request

from .. import answers
from ..answers import Answer, ApiError
from ..operations import OPERATIONS, Arguments
from ..platform.clock import rfc3339
from ..platform.platform import Platform
from ..workers.pool import CancelledError
from .connections import cut
from .contract import Contract, Operation
from .failures import answer_to
from .origin import origin
from .scenarios import Scenario, Scenarios
from .sending import Listening, send_answer
from .traffic import Received, Traffic, hidden
from .validation import read_form, read_json, read_path, read_query

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_SLOW = ("create_task", "import_videos")
"""Operations that read videos: whatever these take, others have threads of their own."""
_MOST_SLOW = 64


class Api:
    """The ASGI application of the contract's operations.

    Args:
        contract: The contract.
        platform: What the operations act on.
        scenarios: What is to happen instead.
        traffic: Where requests are noted.
    """

    def __init__(self, contract: Contract, platform: Platform, scenarios: Scenarios, traffic: Traffic) -> None:
        if contract.operations.keys() != OPERATIONS.keys():
            raise ValueError(f"Not the contract's operations: {contract.operations.keys() ^ OPERATIONS.keys()}")
        self._contract = contract
        self._platform = platform
        self._scenarios = scenarios
        self._traffic = traffic
        self._slow = CapacityLimiter(_MOST_SLOW)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        listening = Listening(receive)
        request = Request(scope, listening)
        received = _noted(request, rfc3339(self._platform.clock.now()))
        self._traffic.note(received)
        try:
            answer = await self._answer(request, received)
        except ApiError as error:
            answer = error.answer
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered in the contract's form
            answer = answer_to(error)
        if answer is None:
            await cut(scope, listening)
            return
        received.status = answer.status
        await send_answer(answer, request.method, listening, send)

    async def _answer(self, request: Request, received: Received) -> Answer | None:
        """What to answer, or ``None`` if the connection is to be cut."""
        operation, path = self._route(request.method, request.scope["raw_path"])
        received.operation = operation.id
        key = request.headers.get("x-api-key", "")
        expected = self._platform.settings.api_key
        if not key or (expected is not None and not hmac.compare_digest(key.encode(), expected.encode())):
            raise answers.api_key_invalid()
        scenario = self._scenarios.take(operation.id) or Scenario()
        if scenario.delay:
            await asyncio.sleep(scenario.delay)
        if scenario.disconnect == "before":
            return None
        if scenario.answer:
            return scenario.answer
        self._traffic.admit(key, self._platform.settings.rate_limit, self._platform.clock.now())
        arguments = await self._arguments(request, operation, path)
        self._traffic.describe(received, _shown(arguments))
        limiter = self._slow if operation.id in _SLOW else None
        answer = await to_thread.run_sync(_carry_out, self._platform, operation, arguments, limiter=limiter)
        return None if scenario.disconnect == "after" else answer

    def _route(self, method: str, raw_path: bytes) -> tuple[Operation, dict[str, str]]:
        found = list(self._contract.find(raw_path))
        for operation, path in found:
            if operation.method == method:
                return operation, path
        if found:
            raise answers.method_not_allowed(method, [operation.method for operation, _ in found])
        raise answers.not_found(raw_path.decode("ascii", "replace"), "paths")

    async def _arguments(self, request: Request, operation: Operation, path: dict[str, str]) -> Arguments:
        checked_path = read_path(operation, path)
        query = read_query(operation, request.scope["query_string"])
        body: dict[str, Any] = {}
        files: dict[str, Any] = {}
        if operation.body:
            content_type = request.headers.get("content-type", "")
            pieces = _pieces(request)
            if operation.body.media_type == "multipart/form-data":
                settings = self._platform.settings
                body, form = await read_form(
                    operation.body, content_type, pieces, self._platform.files, settings.max_bytes
                )
                files = form.files
            else:
                body = await read_json(operation.body, content_type, pieces)
        return Arguments(checked_path, query, body, files, origin(request))


def _carry_out(platform: Platform, operation: Operation, arguments: Arguments) -> Answer:
    try:
        return OPERATIONS[operation.id](platform, arguments)
    except CancelledError as error:
        raise ApiError(503, "service_unavailable", "The emulator is ending.") from error
    finally:
        for file in arguments.files.values():
            file.discard()


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    async for piece in request.stream():
        yield piece


def _noted(request: Request, now: str) -> Received:
    return Received(
        method=request.method,
        path=request.scope["raw_path"].decode("latin-1"),
        query=request.scope["query_string"].decode("latin-1"),
        headers={name.lower(): hidden(name.lower(), value) for name, value in request.headers.items()},
        received_at=now,
    )


def _shown(arguments: Arguments) -> dict[str, Any]:
    files = {name: {"filename": file.filename, "size": file.size} for name, file in arguments.files.items()}
    return {**arguments.path, **arguments.query, **arguments.body, **files}
