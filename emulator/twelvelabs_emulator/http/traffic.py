"""What comes in: the list of requests received, and how many a key has left."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

import attrs

from ..answers import too_many_requests
from ..platform.clock import rfc3339

_MINUTE = 60_000
_KEPT = 10_000


@attrs.define
class Received:
    """A request that was received.

    Attributes:
        method: The method.
        path: The path as it came, still escaped.
        query: The query as it came.
        headers: The headers, by their names in lower case.
        received_at: When it came, on the emulator's clock, in the RFC 3339 format.
        operation: The ``operationId``, or ``None`` if there is no such operation.
        arguments: What was asked for, by name, if it was valid; of a file its name and size.
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


class Traffic:
    """The latest requests, and the times of those that count for the rate limit."""

    def __init__(self) -> None:
        self._received: deque[Received] = deque(maxlen=_KEPT)
        self._times: dict[str, deque[int]] = {}
        self._lock = threading.Lock()

    def note(self, received: Received) -> None:
        """Keep a request."""
        self._received.append(received)

    def received(self) -> list[Received]:
        """The latest requests, the oldest first."""
        return list(self._received)

    def clear(self) -> None:
        """Forget all requests, for the rate limit too."""
        self._received.clear()
        with self._lock:
            self._times.clear()

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
            times = self._times.setdefault(key, deque())
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= limit:
                free_at = times[0] + _MINUTE if times else now + _MINUTE
                raise too_many_requests(limit, rfc3339(free_at), -(-(free_at - now) // 1000))
            times.append(now)
