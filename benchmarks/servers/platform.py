"""A server with a thousand tasks, the newest of their index, which counts its requests.

It responds to requests for the list and for single tasks, which are `indexing` until some seconds after the first
request, then `ready`. `/counts` says how many requests the longest round took, where a round begins with the first page
or the first task, and how many connections were open at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from urllib.parse import parse_qs, urlsplit

from benchmarks import samples

TASKS = 1000


class Platform:
    """The tasks, and the counts.

    Args:
        seconds: The time from the first request until all tasks are ready, in seconds.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ready_at: float | None = None
        self.counts = Counter(round=0, longest_round=0, connections=0)
        self.connections = 0

    def count_connection(self, change: int) -> None:
        """Count a connection that comes, or goes."""
        self.connections += change
        self.counts["connections"] = max(self.counts["connections"], self.connections)

    def count_request(self, *, begins_round: bool) -> None:
        """Count a request for tasks."""
        self.counts["round"] = 1 if begins_round else self.counts["round"] + 1
        self.counts["longest_round"] = max(self.counts["longest_round"], self.counts["round"])

    def respond(self, target: str) -> bytes:
        """Return the body of the response to a request."""
        url = urlsplit(target)
        if url.path == "/counts":
            return json.dumps(self.counts).encode()
        if self._ready_at is None:
            self._ready_at = time.monotonic() + self._seconds
        status = "ready" if time.monotonic() >= self._ready_at else "indexing"
        _, _, identifier = url.path.partition("/tasks/")
        if identifier:
            number = int(identifier, 16)
            self.count_request(begins_round=number == 0)
            return json.dumps(samples.task(number, status)).encode()
        asked = {name: int(values[0]) for name, values in parse_qs(url.query).items() if name in ("page", "page_limit")}
        number = asked.get("page", 1)
        self.count_request(begins_round=number == 1)
        return samples.page(number, asked.get("page_limit", 10), TASKS, status)


class Connection(asyncio.Protocol):
    """One connection, over which any number of requests without a body come."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._platform.count_connection(1)

    def connection_lost(self, exc: Exception | None) -> None:
        self._platform.count_connection(-1)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            body = self._platform.respond(head.split(b" ", 2)[1].decode())
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )


async def main() -> None:
    platform = Platform(float(sys.argv[1]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(platform), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
