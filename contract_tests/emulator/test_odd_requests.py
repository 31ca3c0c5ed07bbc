"""Requests that are odd but harmless, secrets in them, and limits at their ends."""

from __future__ import annotations

import logging
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import STAGE, Upload, refusal
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator


def exchange(url: str, head: str) -> tuple[int, str]:
    """Send the head of a request as it is; the status and the text of the response."""
    parts = urlsplit(url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=10) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        data = b""
        while piece := connection.recv(65536):
            data += piece
    return int(data.split(b" ", 2)[1]), data.decode("latin-1")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:{port}", "LOCALHOST:1", "[::1]"])
@pytest.mark.parametrize("scheme", ["http", "HTTP", "https"])
def test_a_whole_url_may_be_requested(scheme: str, host: str, emulator: Emulator) -> None:
    host = host.format(port=urlsplit(emulator.url).port)
    head = f"GET {scheme}://{host}/v1.3/tasks?page=1 HTTP/1.1\nHost: {host}\nx-api-key: key\nConnection: close"
    assert exchange(emulator.url, head)[0] == 200
    received = emulator.received[-1]
    assert (received.path, received.query, received.operation) == ("/v1.3/tasks", "page=1", "list_tasks")


@pytest.mark.parametrize(
    ("target", "header", "status"),
    [
        ("http://evil.example/v1.3/tasks", "localhost", 403),
        ("http://localhost/v1.3/tasks", "evil.example", 200),
        ("http://localhost@evil.example/v1.3/tasks", "localhost", 403),
        ("http:///v1.3/tasks", "localhost", 403),
        ("http://localhost", "localhost", 404),
        ("http://localhost/_emulator", "localhost", 401),
        ("ftp://localhost/v1.3/tasks", "localhost", 404),
    ],
)
def test_the_host_of_a_whole_url_is_the_one_that_counts(
    target: str, header: str, status: int, emulator: Emulator
) -> None:
    head = f"GET {target} HTTP/1.1\nHost: {header}\nx-api-key: key\nConnection: close"
    got, text = exchange(emulator.url, head)
    assert got == status
    assert "content-type: application/json" in text


@pytest.mark.slow
@pytest.mark.parametrize("protocol", ["websocket", "h2c", "x"])
def test_a_client_that_would_rather_speak_another_protocol_gets_a_response_and_no_line_is_logged(protocol: str) -> None:
    with ServerProcess() as server:
        head = "GET /v1.3/tasks HTTP/1.1\nHost: localhost\nx-api-key: key\nConnection: Upgrade, close"
        head += f"\nUpgrade: {protocol}\nSec-WebSocket-Key: abcd\nSec-WebSocket-Version: 13"
        assert exchange(server.url, head)[0] == 200
        assert server.stop() == (0, "")


@pytest.mark.parametrize(
    ("asked", "status"), [("bytes=x", 400), ("lines=0-1", 400), ("bytes=999999999-", 416), ("bytes=5-1", 400)]
)
def test_a_part_that_a_file_does_not_have_is_refused_as_everything_is(
    asked: str, status: int, emulator: Emulator, upload: Upload, http: httpx.Client, videos: Videos
) -> None:
    task_id = upload(videos.cheap()).json()["_id"]
    emulator.advance(100 * STAGE)
    url = http.get(f"/tasks/{task_id}").json()["hls"]["video_url"]
    response = httpx.get(url, headers={"Range": asked})
    assert refusal(response)[:2] == (status, "parameter_invalid")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert ("content-range" in response.headers) == (status == 416)
    part = httpx.get(url, headers={"Range": "bytes=0-6"})
    assert (part.status_code, part.text) == (206, "#EXTM3U")


@pytest.mark.parametrize("origin", ["http://LocalHost:3000", "http://localhost:3000"])
def test_an_origin_may_be_spelled_in_any_way(origin: str) -> None:
    with Emulator(cors_origins=[origin]) as emulator:
        asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-api-key"}
        for name in ("http://localhost:3000", "HTTP://LOCALHOST:3000"):
            preflight = httpx.options(f"{emulator.base_url}/tasks", headers={"Origin": name} | asked)
            assert preflight.status_code == 200
            assert preflight.headers["Access-Control-Allow-Origin"] == name
            response = httpx.get(f"{emulator.base_url}/tasks", headers={"Origin": name, "x-api-key": "key"})
            assert response.headers["Access-Control-Allow-Origin"] == name


def test_a_preflight_is_refused_in_the_form_of_the_contract() -> None:
    with Emulator(cors_origins=["http://localhost:3000"]) as emulator:
        for method, origin in (("TRACE", "http://localhost:3000"), ("GET", "http://evil.example")):
            asked = {"Origin": origin, "Access-Control-Request-Method": method}
            response = httpx.options(f"{emulator.base_url}/tasks", headers=asked)
            assert refusal(response)[:2] == (403, "forbidden")


@pytest.mark.slow
def test_a_limit_of_no_requests_holds_for_any_number_of_keys(emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(rate_limit=0)
    statuses = {http.get("/tasks", headers={"x-api-key": f"key-{number}"}).status_code for number in range(1010)}
    assert statuses == {429}


SECRET = "open-sesame"


@pytest.mark.parametrize(
    "name",
    ["x-api-key", "Api-Key", "apikey", "X-Auth-Token", "Authorization", "Proxy-Authorization", "Cookie", "X-Password"],
)
def test_a_secret_in_a_header_or_in_the_query_is_not_kept(
    name: str, emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "twelvelabs_emulator")
    http.get("/tasks", headers={name: SECRET})
    http.get("/tasks", params={name.replace("-", "_"): SECRET, "page": "1"})
    http.get(f"/tasks?a&%61pi_key={SECRET}&b=1")
    assert "/v1.3/tasks?" in caplog.text
    assert SECRET not in repr(emulator.received) + caplog.text
    first, second, third = emulator.received
    assert first.headers[name.lower()].startswith("sha256:")
    assert second.query.endswith("&page=1")
    assert third.query.startswith("a&%61pi_key=sha256:")
    assert third.query.endswith("&b=1")


@pytest.mark.parametrize("name", ["Idempotency-Key", "Accept", "X-Request-Id"])
def test_what_is_not_a_secret_is_kept(name: str, emulator: Emulator, http: httpx.Client) -> None:
    http.get("/tasks", headers={name: "open"})
    assert emulator.received[-1].headers[name.lower()] == "open"
