"""The controls over HTTP, under a path outside the API, for tests in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from ..answers import Answer, ApiError, method_not_allowed, not_found, parameter_invalid
from .formats import parse_json
from .origin import origin
from .scenarios import Scenario
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from ..controls import Controls
    from .contract import Contract

PREFIX = "/_emulator"
_MAX_BODY = 2**20
_PAGE = Path(__file__).with_name("documentation.html")


class Control:
    """The ASGI application of the controls and of the documentation.

    Args:
        contract: The contract, for the documentation.
        controls: What they control.
    """

    def __init__(self, contract: Contract, controls: Controls) -> None:
        self._contract = contract
        self._controls = controls
        self._routes: Mapping[str, Mapping[str, Callable[[Request, Any], Answer]]] = {
            "": {"GET": self._state},
            "/clock": {"GET": self._time, "POST": self._advance},
            "/scenarios": {"GET": self._scenarios, "POST": self._add_scenario, "DELETE": self._clear_scenarios},
            "/requests": {"GET": self._received, "DELETE": self._clear_received},
            "/settings": {"GET": self._settings, "PATCH": self._configure},
            "/indexes": {"POST": self._create_index},
            "/reset": {"POST": self._reset},
            "/docs": {"GET": self._page},
            "/openapi.json": {"GET": self._document},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        listening = Listening(receive)
        request = Request(scope, listening)
        try:
            answer = await self._answer(request)
        except ApiError as error:
            answer = error.answer
        except ClientDisconnect:
            return
        await send_answer(answer, request.method, listening, send)

    async def _answer(self, request: Request) -> Answer:
        path = request.scope["path"].removeprefix(PREFIX).rstrip("/")
        methods = self._routes.get(path)
        if methods is None:
            raise not_found(request.scope["path"], "paths")
        act = methods.get(request.method)
        if act is None:
            raise method_not_allowed(request.method, list(methods))
        body = await _body(request)
        try:
            return await run_in_threadpool(partial(act, request, body))
        except (TypeError, ValueError, KeyError) as error:
            raise ApiError(400, "parameter_invalid", str(error)) from error

    def _state(self, request: Request, _body: Any) -> Answer:
        return Answer(
            200,
            {
                "base_url": origin(request) + self._contract.prefix,
                "index_id": self._controls.index_id(),
                "now": self._controls.now(),
                "documentation": f"{origin(request)}{PREFIX}/docs",
            },
        )

    def _time(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"now": self._controls.now()})

    def _advance(self, _request: Request, body: Any) -> Answer:
        seconds = body["seconds"]
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise TypeError("seconds must be a number.")
        self._controls.advance(seconds)
        return Answer(200, {"now": self._controls.now()})

    def _scenarios(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"data": [attrs.asdict(scenario) for scenario in self._controls.scenarios()]})

    def _add_scenario(self, _request: Request, body: Any) -> Answer:
        self._controls.scenario(Scenario(**body))
        return Answer(201, body)

    def _clear_scenarios(self, _request: Request, _body: Any) -> Answer:
        self._controls.clear_scenarios()
        return Answer(204)

    def _received(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"data": [attrs.asdict(received) for received in self._controls.received()]})

    def _clear_received(self, _request: Request, _body: Any) -> Answer:
        self._controls.clear_received()
        return Answer(204)

    def _settings(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, self._controls.settings())

    def _configure(self, _request: Request, body: Any) -> Answer:
        self._controls.configure(body)
        return Answer(200, self._controls.settings())

    def _create_index(self, _request: Request, body: Any) -> Answer:
        return Answer(201, {"_id": self._controls.create_index(str(body.get("name", "index")), body.get("_id"))})

    def _reset(self, request: Request, body: Any) -> Answer:
        self._controls.reset(body)
        return self._state(request, body)

    def _page(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, _PAGE.read_text(encoding="utf-8"), {"Content-Type": "text/html; charset=utf-8"})

    def _document(self, request: Request, _body: Any) -> Answer:
        server = {"url": origin(request) + self._contract.prefix, "description": "This emulator"}
        return Answer(200, {**self._contract.document, "servers": [server]})


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty one if nothing was."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > _MAX_BODY:
            raise parameter_invalid("body")
    try:
        body = parse_json(bytes(data)) if data else {}
    except ValueError as error:
        raise parameter_invalid("body") from error
    if not isinstance(body, dict):
        raise parameter_invalid("body")
    return body
