"""What comes in: the list of requests received, and how many a key has left."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

import attrs

from ..answers import too_many_requests
from ..platform.clock import rfc3339

_MINUTE = 60_000
_KEPT = 10_000
_KEPT_BYTES = 16 * 2**20
"""How much memory the requests take that are kept."""
_LONGEST = 2**14
"""How long a value of an argument may be to be kept as it is, in bytes."""
_KEYS = 1000
_SECRET = ("x-api-key", "authorization", "proxy-authorization", "cookie")


@attrs.define
class Received:
    """A request that was received.

    Attributes:
        method: The method.
        path: The path as it came, still escaped.
        query: The query as it came.
        headers: The headers, by their names in lower case, with a hash in place of an API key.
        received_at: When it came, on the emulator's clock, in the RFC 3339 format.
        operation: The ``operationId``, or ``None`` if there is no such operation.
        arguments: What was asked for, by name, if it was valid; of a file its name and size, and of a
            value that is longer than 16 KiB its size.
        status: The status it was answered, or ``None`` while it is not, or if the connection was cut.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    received_at: str
    operation: str | None = None
    arguments: Mapping[str, Any] = attrs.field(factory=dict)
    status: int | None = None


def hidden(name: str, value: str) -> str:
    """A header as it is kept: of a secret only so much that it can be told from others."""
    if name not in _SECRET:
        return value
    return f"sha256:{hashlib.sha256(value.encode()).hexdigest()[:12]}"


def _shortened(value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value)
    return value if len(text) <= _LONGEST else {"size": len(text.encode())}


def _weight(value: Any) -> int:
    """How much memory something takes, in bytes."""
    weight = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return weight + sum(_weight(name) + _weight(each) for name, each in value.items())
    return weight + (sum(map(_weight, value)) if isinstance(value, list) else 0)


class Traffic:
    """The latest requests, and the times of those that count for the rate limit."""

    def __init__(self) -> None:
        self._received: dict[int, tuple[Received, int]] = {}  # with what they weigh, in the order they came
        self._weight = 0
        self._times: dict[str, deque[int]] = {}
        self._lock = threading.Lock()

    def note(self, received: Received) -> None:
        """Keep a request, and let go of the oldest ones where there are too many, or they take too much memory."""
        with self._lock:
            self._keep(received)

    def describe(self, received: Received, arguments: Mapping[str, Any]) -> None:
        """Add to a request what it asked for, unless it was let go of meanwhile."""
        short = {name: _shortened(value) for name, value in arguments.items()}
        with self._lock:
            if id(received) in self._received:
                received.arguments = short
                self._keep(received)

    def received(self) -> list[Received]:
        """The latest requests, the oldest first: at most 10,000, and as many as 16 MiB hold."""
        with self._lock:
            return [received for received, _ in self._received.values()]

    def clear(self) -> None:
        """Forget all requests, for the rate limit too."""
        with self._lock:
            self._received.clear()
            self._weight = 0
            self._times.clear()

    def _keep(self, received: Received) -> None:
        _, before = self._received.get(id(received), (received, 0))
        weight = _weight(attrs.asdict(received))
        self._received[id(received)] = received, weight
        self._weight += weight - before
        while len(self._received) > _KEPT or self._weight > _KEPT_BYTES:
            _, weight = self._received.pop(next(iter(self._received)))
            self._weight -= weight

    def admit(self, key: str, limit: int | None, now: int) -> None:
        """Count a request.

        Args:
            key: Whose request it is.
            limit: How many a key may make in a minute.
            now: The time, in milliseconds since 1970.

        Raises:
            ApiError: The key has made that many within the last minute.
        """
        if limit is None:
            return
        with self._lock:
            if len(self._times) > _KEYS:
                self._times = {each: times for each, times in self._times.items() if times[-1] > now - _MINUTE}
            times = self._times.setdefault(hidden("x-api-key", key), deque())
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= limit:
                free_at = times[0] + _MINUTE if times else now + _MINUTE
                raise too_many_requests(limit, rfc3339(free_at), -(-(free_at - now) // 1000))
            times.append(now)
