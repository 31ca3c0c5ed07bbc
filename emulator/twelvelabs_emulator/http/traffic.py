"""Incoming requests: the list of the latest, and the rate limit of each key."""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

import attrs

from ..redaction import redact
from ..responses import too_many_requests
from ..times import format_time

__all__ = ["Received", "Traffic"]

_MINUTE = 60_000
_MAX_REQUESTS = 10_000
_MAX_BYTES = 16 * 2**20
"""How much memory the recorded requests may take."""
_MAX_VALUE = 2**14
"""The maximum length of a value of an argument that is recorded as it is, in characters."""
_MAX_KEYS = 1000


@attrs.define
class Received:
    """A request that was received.

    Attributes:
        method: The method.
        path: The path, still escaped.
        query: The query, still escaped, with hashes in place of secrets.
        headers: The headers, by name in lower case, with hashes in place of secrets such as the API key.
        received_at: When it arrived, on the emulator's clock, in the RFC 3339 format.
        operation: The `operationId`, or `None` if there is no such operation.
        arguments: The arguments, by name, if they were valid; only the name and size of a file, and only the size of a
            value of more than 16,384 characters.
        status: The status of the response, or `None` if there is none yet, or if the connection was cut.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    received_at: str
    operation: str | None = None
    arguments: Mapping[str, Any] = attrs.field(factory=dict)
    status: int | None = None


def _shorten(value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value)
    return value if len(text) <= _MAX_VALUE else {"size": len(text.encode())}


def _weight(value: Any) -> int:
    """Return how much memory a value takes, in bytes."""
    weight = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return weight + sum(_weight(name) + _weight(each) for name, each in value.items())
    return weight + (sum(map(_weight, value)) if isinstance(value, list) else 0)


class Traffic:
    """The latest requests, and the times of those that count for the rate limit."""

    def __init__(self) -> None:
        self._received: dict[int, tuple[Received, int]] = {}  # with their weights, in the order they arrived
        self._weight = 0
        self._times: dict[str, deque[int]] = {}
        self._lock = threading.Lock()

    def record(self, received: Received) -> None:
        """Record a request, and drop the oldest ones if there are too many or they take too much memory."""
        with self._lock:
            self._keep(received)

    def add_arguments(self, received: Received, arguments: Mapping[str, Any]) -> None:
        """Add its arguments to a request, unless it was dropped in the meantime."""
        short = {name: _shorten(value) for name, value in arguments.items()}
        with self._lock:
            if id(received) in self._received:
                received.arguments = short
                self._keep(received)

    def list_received(self) -> list[Received]:
        """Return the latest requests, the oldest first: at most 10,000, and as many as fit in 16 MiB."""
        with self._lock:
            return [received for received, _ in self._received.values()]

    def clear(self) -> None:
        """Forget all requests, also for the rate limit."""
        with self._lock:
            self._received.clear()
            self._weight = 0
            self._times.clear()

    def _keep(self, received: Received) -> None:
        _, before = self._received.get(id(received), (received, 0))
        weight = _weight(attrs.asdict(received))
        self._received[id(received)] = received, weight
        self._weight += weight - before
        while len(self._received) > _MAX_REQUESTS or self._weight > _MAX_BYTES:
            _, weight = self._received.pop(next(iter(self._received)))
            self._weight -= weight

    def admit(self, key: str, limit: int | None, now: int) -> None:
        """Count a request for the rate limit.

        Args:
            key: The API key of the request.
            limit: The maximum number of requests per minute and key.
            now: The time, in milliseconds since 1970.

        Raises:
            ApiError: The key has reached the limit within the last minute.
        """
        if limit is None:
            return
        with self._lock:
            if len(self._times) > _MAX_KEYS:
                recent = now - _MINUTE
                self._times = {each: times for each, times in self._times.items() if times and times[-1] > recent}
            times = self._times.setdefault(redact("x-api-key", key), deque())
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= limit:
                free_at = times[0] + _MINUTE if times else now + _MINUTE
                raise too_many_requests(limit, format_time(free_at), -(-(free_at - now) // 1000))
            times.append(now)
