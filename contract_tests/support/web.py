"""A web server on this machine, for videos that are fetched from their URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs

__all__ = ["Resource", "Web", "serving"]


@attrs.frozen
class Resource:
    """What a path is answered.

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


class Web(ThreadingHTTPServer):
    """The server; what it answers is put into `resources`, by path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.resources: dict[str, Resource] = {}
        self.asked: list[str] = []


@contextmanager
def serving() -> Iterator[Web]:
    """A server that runs."""
    with Web() as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield web
        finally:
            for resource in web.resources.values():
                if resource.released:
                    resource.released.set()
            web.shutdown()
            thread.join()


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        web = self.server
        assert isinstance(web, Web)
        web.asked.append(self.path)
        resource = web.resources.get(self.path, Resource(status=404))
        self.send_response(resource.status)
        for name, value in resource.headers.items():
            self.send_header(name, value)
        length = len(resource.content) if resource.length is None else resource.length
        self.send_header("Content-Length", str(length))
        self.end_headers()
        half = len(resource.content) // 2
        try:
            self.wfile.write(resource.content[:half])
            if resource.released:
                self.wfile.flush()
                resource.released.wait(30)
            self.wfile.write(resource.content[half:])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # It does not want the rest.

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base calls it
        """Say nothing."""
