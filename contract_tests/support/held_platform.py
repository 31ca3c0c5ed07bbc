"""A platform over real connections that leaves uploads unread, and so on their way, until it is told to continue."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import httpx

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.samples import created

__all__ = ["HeldPlatform", "make_large_files"]

LARGE = 24 * 1024 * 1024  # bytes; more than the buffers of the system take
FILENAME = re.compile(rb'filename="([^"]+)"')
PATIENCE = 15.0


def make_large_files(folder: Path, count: int) -> list[Path]:
    """Make files of different names and sizes that are not sent before somebody reads them."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number:03}.mp4" for number in range(count)]
    for number, path in enumerate(paths):
        with path.open("wb") as file:
            file.truncate(LARGE + number)
    return paths


@attrs.define
class HeldPlatform(FakePlatform):
    """The platform.

    Attributes:
        gate: Set when uploads are to be read.
        begun: How many uploads have begun to arrive.
        under_way: How many of them have not ended.
        broken: How many ended before all of them was there.
    """

    gate: threading.Event = attrs.field(factory=threading.Event)
    begun: int = 0
    under_way: int = 0
    broken: int = 0

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve until the block ends; yield the base URL."""
        with serve(self.play) as server:
            try:
                yield server.url
            finally:
                self.gate.set()

    def play(self, arrival: Arrival) -> Iterator[bytes]:
        """Return what is sent back for a request."""
        if arrival.method == "POST":
            yield self._receive(arrival)
        else:
            response = self.respond(httpx.Request(arrival.method, f"http://platform.test{arrival.target}"))
            yield raw_response(response.content, response.status_code, date=response.headers["date"])

    def _receive(self, arrival: Arrival) -> bytes:
        with self._lock:
            self.begun += 1
            self.under_way += 1
        try:
            self.gate.wait(PATIENCE)
            return self._take_in(arrival)
        finally:
            with self._lock:
                self.under_way -= 1

    def _take_in(self, arrival: Arrival) -> bytes:
        if len(arrival.body) < int(dict(arrival.headers)["content-length"]):
            with self._lock:
                self.broken += 1
            raise ConnectionError
        found = FILENAME.search(arrival.body, 0, 4096)
        assert found is not None
        task_id = self.add(found[1].decode())
        return raw_response(created(_id=task_id, video_id=task_id))
