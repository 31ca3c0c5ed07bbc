"""Scenarios: what the next calls of an operation are answered instead of, or beside, what the platform would say."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import Any, Literal

import attrs
from attrs.validators import ge, in_, instance_of, le, optional

from ..answers import Answer

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)


def _is_printable(_instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not str(value).isprintable():
        raise ValueError(f"{attribute.name}: {value!r} is not the value of a header.")


def _are_headers(_instance: object, attribute: attrs.Attribute[Any], headers: object) -> None:
    if not isinstance(headers, Mapping):
        raise TypeError("headers must be a mapping of texts to texts.")
    for name, value in headers.items():
        if not (isinstance(name, str) and _HEADER.fullmatch(name)):
            raise ValueError(f"{name!r} is not the name of a header.")
        _is_printable(_instance, attribute, value)


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

    operation: str = attrs.field(default="*", validator=instance_of(str))
    times: int = attrs.field(default=1, validator=[instance_of(int), ge(1)])
    status: int | None = attrs.field(default=None, validator=optional([instance_of(int), ge(200), le(599)]))
    body: Any = None
    headers: Mapping[str, str] = attrs.field(factory=dict, validator=_are_headers)
    retry_after: float | str | None = attrs.field(
        default=None, validator=optional([instance_of((float, int, str)), _is_printable])
    )
    delay: float = attrs.field(default=0.0, validator=[instance_of((float, int)), ge(0)])
    disconnect: Literal["before", "after"] | None = attrs.field(default=None, validator=in_(("before", "after", None)))

    @property
    def answer(self) -> Answer | None:
        """What to answer, if not what the operation says."""
        if self.status is None:
            return None
        headers = dict(self.headers)
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
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
