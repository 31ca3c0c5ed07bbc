"""URLs and clients that drip, stall or hold on to connections: nobody else waits for them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from contract_tests.support.emulators import platform_of, refusal
from contract_tests.support.polling import until
from contract_tests.support.videos import Videos
from contract_tests.support.web import Resource, Web
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.http import connections
from twelvelabs_emulator.platform import reception

DRIPS = 40
BRIEF = 0.5


class Dripping(ThreadingHTTPServer):
    """Sends a byte now and then, of the head or of the body, and never comes to an end."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Drip)
        self.ended = threading.Event()
        self.asked = 0


class _Drip(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Dripping)
        self.server.asked += 1
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if self.path == "/body":
            self.wfile.write(b"Content-Length: 1000000\r\n\r\n")
        else:
            self.wfile.write(b"X: ")
        try:
            while not self.server.ended.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            pass  # Whoever asked had enough.

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the class above calls it
        """Log nothing."""


@pytest.fixture
def dripping() -> Iterator[Dripping]:
    with Dripping() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()


def create(emulator: Emulator, http: httpx.Client, url: str) -> str:
    response = http.post("/tasks", files={"index_id": (None, emulator.index_id), "video_url": (None, url)})
    assert response.status_code == 200, response.text
    return str(response.json()["_id"])


@pytest.mark.slow
@pytest.mark.parametrize("part", ["head", "body"])
def test_urls_that_drip_hold_up_no_other(
    part: str, emulator: Emulator, http: httpx.Client, dripping: Dripping, web: Web, videos: Videos
) -> None:
    emulator.configure(stage_seconds=0.01)
    for _ in range(DRIPS):
        create(emulator, http, f"http://127.0.0.1:{dripping.server_port}/{part}")
    until(lambda: dripping.asked == DRIPS, "all to be asked for")
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    task = create(emulator, http, f"{web.url}/v.mp4")
    until(lambda: http.get(f"/tasks/{task}").json()["status"] == "ready", "the other")
    emulator.reset()
    assert platform_of(emulator).jobs.settle(10)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["head", "body"])
def test_a_url_that_drips_is_given_up(
    part: str, emulator: Emulator, http: httpx.Client, dripping: Dripping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "PATIENCE", BRIEF)
    url = f"http://127.0.0.1:{dripping.server_port}/{part}"
    task = create(emulator, http, url)
    until(lambda: http.get(f"/tasks/{task}").json()["status"] == "failed", "the end of it")
    assert [failure.reason for failure in emulator.failures] == [f"Cannot fetch {url}: it takes too long."]
    assert not list(platform_of(emulator).files.incoming.iterdir())


@pytest.mark.slow
def test_a_url_that_brings_much_is_given_the_time_it_takes(
    emulator: Emulator, http: httpx.Client, web: Web, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "PATIENCE", BRIEF)
    emulator.configure(stage_seconds=0.01)
    released = threading.Event()
    content = videos.cheap().read_bytes() + bytes(2**18)
    web.resources["/v.mp4"] = Resource(content, released=released)
    task = create(emulator, http, f"{web.url}/v.mp4")
    begun = time.monotonic()
    until(lambda: time.monotonic() > begun + 2 * BRIEF, "the time to pass")
    released.set()
    until(lambda: http.get(f"/tasks/{task}").json()["status"] in ("ready", "failed"), "the task")
    assert http.get(f"/tasks/{task}").json()["status"] == "ready"


def test_the_end_does_not_wait_for_a_url(dripping: Dripping) -> None:
    with Emulator() as emulator, httpx.Client(base_url=emulator.base_url, headers={"x-api-key": "k"}) as http:
        create(emulator, http, f"http://127.0.0.1:{dripping.server_port}/head")
        until(lambda: dripping.asked == 1, "it to be asked for")
        platform = platform_of(emulator)
        begun = time.monotonic()
        platform.jobs.close()
        assert time.monotonic() - begun < 1.4
        assert platform.jobs.settle(0)


# Clients


UNFINISHED = {
    "nothing": b"",
    "half a head": b"GET /v1.3/tasks HTTP/1.1\r\nHost: localhost\r\n",
    "half a second head": b"GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\nGET /docs HTTP/1.1\r\n",
    "half a body": (
        b"POST /v1.3/tasks HTTP/1.1\r\nHost: localhost\r\nx-api-key: k\r\nContent-Length: 1000\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("sent", UNFINISHED)
def test_a_connection_on_which_nothing_comes_is_ended(
    sent: str, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", BRIEF)
    url = httpx.URL(emulator.url)
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall(UNFINISHED[sent])
        try:
            while connection.recv(2**16):
                pass
        except ConnectionResetError:
            pass


def test_a_head_that_drips_is_ended(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", BRIEF)
    url = httpx.URL(emulator.url)
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall(b"GET /docs HTTP/1.1\r\nX: ")

        def drip() -> bool:
            try:
                connection.sendall(b"x")
            except OSError:
                return True
            return False

        until(drip, "the end of the connection")


def test_a_client_that_reads_nothing_is_cut(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", BRIEF)
    emulator.scenario("list_tasks", status=200, body="x" * 20_000_000)
    url = httpx.URL(emulator.url)
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall(b"GET /v1.3/tasks HTTP/1.1\r\nHost: localhost\r\nx-api-key: k\r\n\r\n")
        server = emulator._running
        assert server is not None
        state = server.server._server.server_state
        until(lambda: state.connections, "the connection")
        until(lambda: not state.connections, "its end")


@pytest.mark.slow
def test_a_request_that_takes_its_time_is_not_cut(
    emulator: Emulator, http: httpx.Client, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.1)
    emulator.scenario("create_task", delay=1)
    content = videos.cheap().read_bytes() + bytes(4_000_000)
    response = http.post("/tasks", data={"index_id": emulator.index_id}, files={"video_file": ("v.mp4", content)})
    assert response.status_code == 200, refusal(response)
