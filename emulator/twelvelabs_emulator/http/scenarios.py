"""Scenarios: what the next calls of an operation are answered instead of, or beside, what the platform would say."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Mapping
from typing import Any, Literal

import attrs
from attrs.validators import optional

from ..answers import Answer

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
_FRAMING = ("content-length", "transfer-encoding")


def _whole_number(least: int, greatest: float) -> Any:
    def check(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= greatest:
            limits = f"from {least} to {greatest}" if greatest < math.inf else f"not less than {least}"
            raise ValueError(f"{attribute.name} must be a whole number, {limits}, not {value!r}.")

    return check


def _is_seconds(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError(f"{attribute.name} must be a number of seconds that is not less than 0, not {value!r}.")


def _is_seconds_or_text(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    check = _is_printable if isinstance(value, str) else _is_seconds
    check(_instance, attribute, value)


def _is_printable(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, str) and value.isprintable()):
        raise ValueError(f"{attribute.name}: {value!r} is not a text of printable characters.")


def _are_headers(_instance: object, attribute: attrs.Attribute[Any], headers: object) -> None:
    if not isinstance(headers, Mapping):
        raise ValueError(f"headers must be texts by their names, not {headers!r}.")
    for name, value in headers.items():
        if not (isinstance(name, str) and _HEADER.fullmatch(name)):
            raise ValueError(f"headers: {name!r} is not the name of a header.")
        if name.lower() in _FRAMING:
            raise ValueError(f"headers: {name} follows from the body, and cannot be given.")
        _is_printable(_instance, attribute, value)


def _is_moment(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value not in ("before", "after", None):
        raise ValueError(f"{attribute.name} must be 'before' or 'after', not {value!r}.")


def _is_sendable(_instance: object, _attribute: attrs.Attribute[Any], body: object) -> None:
    try:
        Answer(200, body).encoded()
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"body must be text, bytes, or what can be written as JSON: {error}") from error


@attrs.frozen(kw_only=True)
class Scenario:
    """What happens to the next calls of an operation.

    Attributes:
        operation: The ``operationId``, or ``*`` for any.
        times: How many calls it holds for. Default: 1.
        status: The status to answer with; by default the operation is carried out.
        body: What to answer with it: text as it is, anything else as JSON. By default an error body, where the status
            is one of an error.
        headers: Headers to answer with it.
        retry_after: The header ``Retry-After``, in seconds or as text.
        delay: How long to wait before anything else happens, in real seconds.
        disconnect: Cut the connection: ``before`` the operation is carried out, or ``after`` it was, so that only the
            answer is lost.
    """

    operation: str = attrs.field(default="*", validator=_is_printable)
    times: int = attrs.field(default=1, validator=_whole_number(1, math.inf))
    status: int | None = attrs.field(default=None, validator=optional(_whole_number(200, 599)))
    body: Any = attrs.field(default=None, validator=_is_sendable)
    headers: Mapping[str, str] = attrs.field(factory=dict, validator=_are_headers)
    retry_after: float | str | None = attrs.field(default=None, validator=optional(_is_seconds_or_text))
    delay: float = attrs.field(default=0.0, validator=_is_seconds)
    disconnect: Literal["before", "after"] | None = attrs.field(default=None, validator=_is_moment)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be had together."""
        if self.status is None and (self.body is not None or self.headers or self.retry_after is not None):
            raise ValueError("body, headers and retry_after go with a status, and none is given.")
        if self.status is not None and self.disconnect:
            raise ValueError("Either a status is answered, or the connection is cut: not both.")

    @property
    def answer(self) -> Answer | None:
        """What to answer, if not what the operation says."""
        if self.status is None:
            return None
        headers = dict(self.headers)
        if self.retry_after is not None:
            seconds = self.retry_after
            whole = isinstance(seconds, float) and seconds.is_integer()
            headers["Retry-After"] = str(int(seconds) if whole else seconds)
        body = self.body
        if body is None and self.status >= 400:
            body = {"code": _CODES.get(self.status, "scenario"), "message": f"A scenario answers {self.status}."}
        return Answer(self.status, body, headers)


_CODES = {
    400: "parameter_invalid",
    401: "api_key_invalid",
    404: "resource_not_exist",
    405: "method_not_allowed",
    429: "too_many_requests",
    503: "service_unavailable",
}


class Scenarios:
    """The scenarios that are still to come, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: list[Scenario] = []
        self._lock = threading.Lock()

    def add(self, scenario: Scenario) -> None:
        """Have a scenario happen."""
        with self._lock:
            self._waiting.append(scenario)

    def take(self, operation_id: str) -> Scenario | None:
        """The scenario of the call that is being made, if there is one."""
        with self._lock:
            for number, scenario in enumerate(self._waiting):
                if scenario.operation in ("*", operation_id):
                    if scenario.times > 1:
                        self._waiting[number] = attrs.evolve(scenario, times=scenario.times - 1)
                    else:
                        del self._waiting[number]
                    return scenario
        return None

    def waiting(self) -> list[Scenario]:
        """Those still to come."""
        with self._lock:
            return list(self._waiting)

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._waiting.clear()
