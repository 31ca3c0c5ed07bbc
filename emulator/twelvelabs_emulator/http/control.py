"""The controls over HTTP, under a path outside the API, for tests in any language.

Each request but the one for the health carries the token that ``serve`` prints, as ``Authorization: Bearer <token>``,
and bodies are ``application/json``.

| path | |
|---|---|
| ``GET /_emulator/health`` | that it answers, and whether its disk has room |
| ``GET /_emulator`` | where the API, its index and its documentation are, and what time it is |
| ``GET``, ``POST /_emulator/clock`` | the time; ``{"seconds": 60}`` moves it forward |
| ``GET``, ``POST``, ``DELETE /_emulator/scenarios`` | the scenarios to come; one more, as `Scenario` has it; none |
| ``GET``, ``DELETE /_emulator/requests`` | the requests received; forget them |
| ``GET``, ``PATCH /_emulator/settings`` | how it is set up; change that, as `Settings` has it |
| ``GET /_emulator/failures`` | the tasks that failed, and why, which the platform does not say |
| ``POST /_emulator/indexes`` | one more index: ``{"name": "holidays", "_id": "..."}``, both optional |
| ``POST /_emulator/reset`` | forget everything; settings to begin with may be given |
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from ..answers import (
    Answer,
    ApiError,
    method_not_allowed,
    not_found,
    parameter_invalid,
    parameter_not_provided,
    parameter_unknown,
)
from ..settings import Settings
from .failures import answer_to
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
_SETTINGS = [field.name for field in attrs.fields(Settings)]
_SCENARIO = [field.name for field in attrs.fields(Scenario)]


class _Action(NamedTuple):
    act: Callable[[Request, Any], Answer]
    names: Collection[str] = ()
    """What its body may hold."""
    required: Collection[str] = ()


class Control:
    """The ASGI application of the controls.

    Args:
        contract: The contract, for where the API is.
        controls: What it controls.
        token: What who asks has to know.
    """

    def __init__(self, contract: Contract, controls: Controls, token: str) -> None:
        self._contract = contract
        self._controls = controls
        self._token = token
        self._routes: Mapping[str, Mapping[str, _Action]] = {
            "": {"GET": _Action(self._state)},
            "/health": {"GET": _Action(self._health)},
            "/failures": {"GET": _Action(self._failures)},
            "/clock": {"GET": _Action(self._time), "POST": _Action(self._advance, ["seconds"], ["seconds"])},
            "/scenarios": {
                "GET": _Action(self._scenarios),
                "POST": _Action(self._add_scenario, _SCENARIO),
                "DELETE": _Action(self._clear_scenarios),
            },
            "/requests": {"GET": _Action(self._received), "DELETE": _Action(self._clear_received)},
            "/settings": {"GET": _Action(self._settings), "PATCH": _Action(self._configure, _SETTINGS)},
            "/indexes": {"POST": _Action(self._create_index, ["name", "_id"])},
            "/reset": {"POST": _Action(self._reset, _SETTINGS)},
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
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered in the contract's form
            answer = answer_to(error)
        await send_answer(answer, request.method, listening, send)

    async def _answer(self, request: Request) -> Answer:
        path = request.scope["path"].removeprefix(PREFIX).rstrip("/")
        if path != "/health":
            self._check_token(request)
        actions = self._routes.get(path)
        if actions is None:
            raise not_found(request.scope["path"], "paths")
        action = actions.get(request.method)
        if action is None:
            raise method_not_allowed(request.method, list(actions))
        body = await _body(request, action)
        try:
            return await run_in_threadpool(partial(action.act, request, body))
        except (TypeError, ValueError, ImportError) as error:
            raise ApiError(400, "parameter_invalid", str(error)) from error

    def _check_token(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), self._token.encode()):
            message = (
                "The controls of the emulator need its token, which it prints when it starts: Authorization: Bearer ..."
            )
            raise ApiError(401, "token_invalid", message, {"WWW-Authenticate": "Bearer"})

    def _health(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, self._controls.health())

    def _failures(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"data": [_as_json(failure) for failure in self._controls.failures()]})

    def _state(self, request: Request, _body: Any) -> Answer:
        return Answer(
            200,
            {
                "base_url": origin(request) + self._contract.prefix,
                "index_id": self._controls.index_id(),
                "now": self._controls.now(),
                "documentation": f"{origin(request)}/docs",
            },
        )

    def _time(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"now": self._controls.now()})

    def _advance(self, _request: Request, body: Any) -> Answer:
        self._controls.advance(body["seconds"])
        return Answer(200, {"now": self._controls.now()})

    def _scenarios(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"data": [_as_json(scenario) for scenario in self._controls.scenarios()]})

    def _add_scenario(self, _request: Request, body: Any) -> Answer:
        scenario = Scenario(**body)
        self._controls.scenario(scenario)
        return Answer(201, _as_json(scenario))

    def _clear_scenarios(self, _request: Request, _body: Any) -> Answer:
        self._controls.clear_scenarios()
        return Answer(204)

    def _received(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, {"data": [_as_json(received) for received in self._controls.received()]})

    def _clear_received(self, _request: Request, _body: Any) -> Answer:
        self._controls.clear_received()
        return Answer(204)

    def _settings(self, _request: Request, _body: Any) -> Answer:
        return Answer(200, self._controls.settings())

    def _configure(self, _request: Request, body: Any) -> Answer:
        self._controls.configure(body)
        return Answer(200, self._controls.settings())

    def _create_index(self, _request: Request, body: Any) -> Answer:
        return Answer(201, {"_id": self._controls.create_index(body.get("name", "index"), body.get("_id"))})

    def _reset(self, request: Request, body: Any) -> Answer:
        self._controls.reset(body)
        return self._state(request, body)


async def _body(request: Request, action: _Action) -> dict[str, Any]:
    """The JSON object that was sent, an empty one if nothing was.

    Raises:
        ApiError: It is none, or not one for that action.
    """
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > _MAX_BODY:
            raise parameter_invalid("body")
    if data and request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise parameter_invalid("Content-Type")  # Those a page may send to other origins are not among it.
    try:
        body = parse_json(bytes(data)) if data else {}
    except ValueError as error:
        raise parameter_invalid("body") from error
    if not isinstance(body, dict):
        raise parameter_invalid("body")
    for name in body:
        if name not in action.names:
            raise parameter_unknown(name)
    for name in action.required:
        if name not in body:
            raise parameter_not_provided(name)
    return body


def _as_json(thing: Any) -> dict[str, Any]:
    """An object's attributes; what a Python program gave as bytes is shown as text."""
    return {
        name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for name, value in attrs.asdict(thing).items()
    }
