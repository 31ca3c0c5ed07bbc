"""A web server on this machine, for videos that are fetched from their URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import attrs

from contract_tests.support.http_server import Arrival, HttpServer, Response
from contract_tests.support.socket_server import PATIENCE, run_server

__all__ = ["Resource", "Web", "serve"]


@attrs.frozen
class Resource:
    """What a path responds with.

    Attributes:
        content: The body.
        status: The status.
        headers: Further headers.
        length: The length that is declared, that of the content if not given.
        released: What is waited for, half of the content having been sent.
    """

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = attrs.field(factory=dict)
    length: int | None = None
    released: threading.Event | None = None


class Web(HttpServer):
    """The server; what it responds is put into `resources`, by path."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}
        super().__init__(self._send)

    @property
    def asked(self) -> list[str]:
        """The requested paths."""
        return [arrival.target for arrival in self.arrivals]

    def end(self) -> None:
        """Keep nothing back any more, and end."""
        for resource in self.resources.values():
            if resource.released:
                resource.released.set()
        super().end()

    def _send(self, arrival: Arrival) -> Iterator[bytes]:
        resource = self.resources.get(arrival.target, Resource(status=404))
        half = len(resource.content) // 2
        yield Response(resource.status, resource.content, resource.headers, resource.length).head()
        yield resource.content[:half]
        if resource.released:
            resource.released.wait(PATIENCE)
        yield resource.content[half:]
        raise ConnectionError  # which ends the connection, also where less came than was declared


@contextmanager
def serve() -> Iterator[Web]:
    """Run a server until the block ends."""
    with run_server(Web()) as web:
        yield web
