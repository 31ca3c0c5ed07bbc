"""What is not HTTP gets a response like any other mistake, and hurts nobody else."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from http.client import HTTPResponse

import httpx
import pytest

from twelvelabs_emulator import Emulator

HEAD = b"POST /v1.3/tasks HTTP/1.1\r\nHost: localhost\r\nx-api-key: key\r\n"
FORM = b"Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
REQUESTS = {
    "no request line": b"nonsense\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a length that is no number": HEAD + b"Content-Length: many\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a NUL in a header": HEAD + b"X: \x00\r\n\r\n",
    "a broken chunk in the body": HEAD + FORM + b"5\r\n--b\r\n\r\n" + b"chunk!\r\n",
}


@pytest.fixture(scope="module")
def listening() -> Iterator[Emulator]:
    """An emulator for whoever connects."""
    with Emulator() as emulator:
        yield emulator


@pytest.mark.parametrize("request_name", REQUESTS)
def test_what_is_not_http_is_refused_in_the_form_of_the_contract(
    request_name: str, listening: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    status, headers, body = exchange(listening, REQUESTS[request_name])
    assert status == 400
    assert headers["x-api-version"] == "1.3.0"
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {"code": "parameter_invalid", "message": "The `request` parameter is invalid."}
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert httpx.get(f"{listening.base_url}/tasks", headers={"x-api-key": "key"}, trust_env=False).status_code == 200


def test_what_comes_after_an_early_response_need_not_be_http(
    listening: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    with connection(listening) as connected:
        connected.sendall(HEAD.replace(b"x-api-key", b"x-other") + FORM + b"5\r\n--b\r\n\r\n")
        response = HTTPResponse(connected)
        response.begin()
        assert response.status == 401
        connected.sendall(b"chunk!\r\n" * 10)
        response.read()
        assert connected.recv(1000) == b""
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def connection(emulator: Emulator) -> socket.socket:
    """Return a connection to an emulator."""
    url = httpx.URL(emulator.url)
    return socket.create_connection((url.host, url.port), timeout=10)


def exchange(emulator: Emulator, data: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return the status, headers and body of the response to bytes."""
    with connection(emulator) as connected:
        connected.sendall(data)
        response = HTTPResponse(connected)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, headers, response.read()
