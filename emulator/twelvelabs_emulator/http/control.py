"""The controls over HTTP, under a path outside the API, for tests in any language.

Each request, except for the health, carries the token that `serve` prints, as `Authorization: Bearer <token>`, and
bodies are `application/json`.

| path | |
|---|---|
| `GET /_emulator/health` | whether it responds, and whether its disk has room |
| `GET /_emulator` | the URLs of the API and its documentation, the index, and the time |
| `GET`, `POST /_emulator/clock` | the time; `{"seconds": 60}` moves it forward |
| `GET`, `POST`, `DELETE /_emulator/scenarios` | the scenarios to come; add one, as a `Scenario`; remove all |
| `GET`, `DELETE /_emulator/requests` | the requests received; forget them |
| `GET`, `PATCH /_emulator/settings` | the settings; change some, as in `Settings` |
| `GET /_emulator/failures` | the tasks that failed, and why, which the platform does not say |
| `POST /_emulator/indexes` | create an index: `{"name": "holidays", "_id": "..."}`, both optional |
| `POST /_emulator/reset` | clear all state; settings to begin with may be given |
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..refusals import RefusedError, refuse
from ..responses import (
    ApiError,
    JsonResponse,
    method_not_allowed,
    not_found,
    parameter_invalid,
    parameter_not_provided,
    parameter_unknown,
)
from ..settings import Settings
from .formats import parse_json
from .origin import find_origin
from .scenarios import Scenario

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from ..controls import Controls
    from .contract import Contract
    from .guard import Guard

__all__ = ["PREFIX", "Control"]

PREFIX = "/_emulator"
_HEALTH = f"{PREFIX}/health"
_MAX_BODY = 2**20
_SETTINGS = [field.name for field in attrs.fields(Settings)]
_SCENARIO = [field.name for field in attrs.fields(Scenario)]


@attrs.frozen
class _Action:
    """What a method of a path does.

    Attributes:
        act: Does it, given the request and its body.
        names: The properties that the body may have.
        required: The properties that it must have.
    """

    act: Callable[[Request, Any], Response]
    names: Collection[str] = ()
    required: Collection[str] = ()


class Control:
    """The controls.

    Args:
        contract: The contract, for the URL of the API.
        controls: What they control.
        token: The token that clients have to know.
        guard: Rejects requests of pages of other origins.
    """

    def __init__(self, contract: Contract, controls: Controls, token: str, guard: Guard) -> None:
        self._contract = contract
        self._controls = controls
        self._token = token
        self._guard = guard

    @property
    def routes(self) -> list[Route]:
        """Their routes."""
        resources: Mapping[str, Mapping[str, _Action]] = {
            PREFIX: {"GET": _Action(self._state)},
            _HEALTH: {"GET": _Action(self._health)},
            f"{PREFIX}/failures": {"GET": _Action(self._failures)},
            f"{PREFIX}/clock": {
                "GET": _Action(self._time),
                "POST": _Action(self._advance, ["seconds"], ["seconds"]),
            },
            f"{PREFIX}/scenarios": {
                "GET": _Action(self._scenarios),
                "POST": _Action(self._add_scenario, _SCENARIO),
                "DELETE": _Action(self._clear_scenarios),
            },
            f"{PREFIX}/requests": {"GET": _Action(self._list_received), "DELETE": _Action(self._clear_received)},
            f"{PREFIX}/settings": {"GET": _Action(self._settings), "PATCH": _Action(self._configure, _SETTINGS)},
            f"{PREFIX}/indexes": {"POST": _Action(self._create_index, ["name", "_id"])},
            f"{PREFIX}/reset": {"POST": _Action(self._reset, _SETTINGS)},
            f"{PREFIX}/{{path:path}}": {},
        }
        return [
            Route(spelling, _Resource(self, actions))
            for path, actions in resources.items()
            for spelling in (path, f"{path}/")
        ]

    def check(self, request: Request) -> None:
        """Reject a request of a page of another origin, or without the token.

        Raises:
            ApiError: It is one.
        """
        self._guard.check_origin(request.scope, shared=False)
        if request.scope["path"].rstrip("/") == _HEALTH:
            return
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), self._token.encode()):
            message = "The controls of the emulator need the token it prints when it starts: Authorization: Bearer ..."
            raise ApiError(401, "token_invalid", message, {"WWW-Authenticate": "Bearer"})

    def _health(self, _request: Request, _body: Any) -> Response:
        return JsonResponse(self._controls.health())

    def _failures(self, _request: Request, _body: Any) -> Response:
        return JsonResponse({"data": [_as_json(failure) for failure in self._controls.failures()]})

    def _state(self, request: Request, _body: Any) -> Response:
        origin = find_origin(request)
        return JsonResponse(
            {
                "base_url": origin + self._contract.prefix,
                "index_id": self._controls.index_id(),
                "now": self._controls.now(),
                "documentation": f"{origin}/docs",
            }
        )

    def _time(self, _request: Request, _body: Any) -> Response:
        return JsonResponse({"now": self._controls.now()})

    def _advance(self, _request: Request, body: Any) -> Response:
        self._controls.advance(body["seconds"])
        return JsonResponse({"now": self._controls.now()})

    def _scenarios(self, _request: Request, _body: Any) -> Response:
        return JsonResponse({"data": [_as_json(scenario) for scenario in self._controls.scenarios()]})

    def _add_scenario(self, _request: Request, body: Any) -> Response:
        with refuse():
            scenario = Scenario(**body)
        self._controls.scenario(scenario)
        return JsonResponse(_as_json(scenario), 201)

    def _clear_scenarios(self, _request: Request, _body: Any) -> Response:
        self._controls.clear_scenarios()
        return Response(status_code=204)

    def _list_received(self, _request: Request, _body: Any) -> Response:
        return JsonResponse({"data": [_as_json(received) for received in self._controls.list_received()]})

    def _clear_received(self, _request: Request, _body: Any) -> Response:
        self._controls.clear_received()
        return Response(status_code=204)

    def _settings(self, _request: Request, _body: Any) -> Response:
        return JsonResponse(self._controls.settings())

    def _configure(self, _request: Request, body: Any) -> Response:
        self._controls.configure(body)
        return JsonResponse(self._controls.settings())

    def _create_index(self, _request: Request, body: Any) -> Response:
        return JsonResponse({"_id": self._controls.create_index(body.get("name", "index"), body.get("_id"))}, 201)

    def _reset(self, request: Request, body: Any) -> Response:
        self._controls.reset(body)
        return self._state(request, body)


@attrs.frozen
class _Resource:
    """The ASGI application of one path.

    Attributes:
        control: The controls that it belongs to.
        actions: What each method does; without any, the path does not exist.
    """

    control: Control
    actions: Mapping[str, _Action]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.control.check(request)
        if not self.actions:
            raise not_found(scope["path"], "paths")
        action = self.actions.get(request.method)
        if action is None:
            raise method_not_allowed(request.method, list(self.actions))
        body = await _read_body(request, action)
        try:
            response = await run_in_threadpool(action.act, request, body)
        except (RefusedError, ImportError) as error:
            raise ApiError(400, "parameter_invalid", str(error)) from error
        await response(scope, receive, send)


async def _read_body(request: Request, action: _Action) -> dict[str, Any]:
    """Return the JSON object that was sent, an empty one if nothing was.

    Raises:
        ApiError: The body is not an object, or not one for that action.
    """
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > _MAX_BODY:
            raise parameter_invalid("body")
    if data and request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise parameter_invalid("Content-Type")  # Pages may send other types to other origins without asking first.
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
    """Return the attributes of an object, with bytes as text."""
    return {
        name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for name, value in attrs.asdict(thing).items()
    }
