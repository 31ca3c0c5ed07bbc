"""Scenarios: overrides of the responses to the next calls of an operation."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import Any, Literal

import attrs
from attrs.validators import optional
from starlette.responses import PlainTextResponse, Response

from ..responses import JsonResponse

__all__ = ["Scenario", "Scenarios"]

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
_FRAMING = ("content-length", "transfer-encoding")
_WITHOUT_BODY = (204, 304)
_MOST = 1_000_000_000
"""The largest number that makes sense anywhere."""
_CODES = {
    400: "parameter_invalid",
    401: "api_key_invalid",
    404: "resource_not_exist",
    405: "method_not_allowed",
    429: "too_many_requests",
    503: "service_unavailable",
}


def _integer(minimum: int, maximum: int) -> Any:
    """Return a check that a value is an integer within limits."""

    def check(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not minimum <= value <= maximum:
            shown = f"more than {maximum:,}" if isinstance(value, int) and value > maximum else repr(value)
            limits = f"from {minimum} to {maximum}" if maximum < _MOST else f"of at least {minimum}"
            raise ValueError(f"{attribute.name} must be an integer {limits}, not {shown}.")

    return check


def _check_seconds(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        # Python refuses to write very large integers.
        shown = f"more than {_MOST:,}" if isinstance(value, int) and value > _MOST else repr(value)
        raise ValueError(f"{attribute.name} must be a non-negative number of seconds, not {shown}.")


def _check_seconds_or_text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    check = _check_printable if isinstance(value, str) else _check_seconds
    check(instance, attribute, value)


def _check_printable(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, str) and value.isprintable()):
        raise ValueError(f"{attribute.name}: {value!r} is not a string of printable characters.")
    if value != value.strip():
        raise ValueError(f"{attribute.name}: {value!r} has spaces around it.")


def _check_headers(instance: object, attribute: attrs.Attribute[Any], headers: object) -> None:
    if not isinstance(headers, Mapping):
        raise ValueError(f"headers must be a mapping of str to str, not {headers!r}.")
    for name, value in headers.items():
        if not (isinstance(name, str) and _HEADER.fullmatch(name)):
            raise ValueError(f"headers: {name!r} is not a valid header name.")
        if name.lower() in _FRAMING:
            raise ValueError(f"headers: {name} is derived from the body, and cannot be given.")
        _check_printable(instance, attribute, value)


def _check_moment(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value not in ("before", "after", None):
        raise ValueError(f"{attribute.name} must be 'before' or 'after', not {value!r}.")


def _check_body(_instance: object, _attribute: attrs.Attribute[Any], body: object) -> None:
    try:
        _make_response(200, body, {})
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"body must be text, bytes, or a value that JSON can represent: {error}") from error


@attrs.frozen(kw_only=True)
class Scenario:
    """What happens to the next calls of an operation.

    Attributes:
        operation: The `operationId`, or `*` for any operation.
        times: The number of calls. Default: 1.
        status: The status of the response. By default the operation is carried out.
        body: The body of the response: text and bytes are sent as they are, anything else as JSON. By default an error
            body if the status is that of an error.
        headers: Headers of the response.
        retry_after: The header `Retry-After`, in seconds or as text.
        delay: How long to wait before anything else happens, in real seconds. Default: 0.
        disconnect: Cut the connection: `before` the operation is carried out, or `after` it was, so that only the
            response is lost.
    """

    operation: str = attrs.field(default="*", validator=_check_printable)
    times: int = attrs.field(default=1, validator=_integer(1, _MOST))
    status: int | None = attrs.field(default=None, validator=optional(_integer(200, 599)))
    body: Any = attrs.field(default=None, validator=_check_body)
    headers: Mapping[str, str] = attrs.field(factory=dict, validator=_check_headers)
    retry_after: float | str | None = attrs.field(default=None, validator=optional(_check_seconds_or_text))
    delay: float = attrs.field(default=0.0, validator=_check_seconds)
    disconnect: Literal["before", "after"] | None = attrs.field(default=None, validator=_check_moment)

    def __attrs_post_init__(self) -> None:
        """Reject values that exclude each other."""
        if self.status is None and (self.body is not None or self.headers or self.retry_after is not None):
            raise ValueError("body, headers and retry_after need a status.")
        if self.status is not None and self.disconnect:
            raise ValueError("status and disconnect exclude each other.")

    @property
    def response(self) -> Response | None:
        """The response to send, or `None` if the operation is to be carried out."""
        if self.status is None:
            return None
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.retry_after is not None:
            seconds = self.retry_after
            whole = isinstance(seconds, float) and seconds.is_integer()
            headers["retry-after"] = str(int(seconds) if whole else seconds)
        body = self.body
        if body is None and self.status >= 400:
            message = f"A scenario responds with {self.status}."
            body = {"code": _CODES.get(self.status, "scenario"), "message": message}
        return _make_response(self.status, body, headers)


def _make_response(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    # Characters that a header cannot hold are replaced.
    headers = {name: value.encode("latin-1", "replace").decode("latin-1") for name, value in headers.items()}
    if body is None or status in _WITHOUT_BODY:
        return Response(None, status, headers)
    if isinstance(body, bytes):
        return Response(body, status, headers, "application/octet-stream")
    return (PlainTextResponse if isinstance(body, str) else JsonResponse)(body, status, headers)


class Scenarios:
    """The scenarios to come, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: list[Scenario] = []
        self._lock = threading.Lock()

    def add(self, scenario: Scenario) -> None:
        """Add a scenario."""
        with self._lock:
            self._waiting.append(scenario)

    def take(self, operation_id: str) -> Scenario | None:
        """Return the scenario for the present call of an operation, if there is one, and count the call."""
        with self._lock:
            for number, scenario in enumerate(self._waiting):
                if scenario.operation in ("*", operation_id):
                    if scenario.times > 1:
                        self._waiting[number] = attrs.evolve(scenario, times=scenario.times - 1)
                    else:
                        del self._waiting[number]
                    return scenario
        return None

    def list_pending(self) -> list[Scenario]:
        """Return the scenarios to come."""
        with self._lock:
            return [*self._waiting]

    def clear(self) -> None:
        """Remove all scenarios."""
        with self._lock:
            self._waiting.clear()
