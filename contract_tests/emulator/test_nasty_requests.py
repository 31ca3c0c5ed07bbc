"""Whatever is sent, byte for byte: a response in the contract's form, or none, but never that of a broken server."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from twelvelabs_emulator import Emulator

KEY = b"x-api-key: emulator\r\n"
HOST = b"Host: localhost\r\n"


def send(emulator: Emulator, request: bytes, *, hang_up: bool = False) -> bytes:
    """Send bytes as they are, close the sending side if required, and return all that comes back."""
    parts = urlsplit(emulator.url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=30) as connection:
        connection.sendall(request)
        if hang_up:
            connection.shutdown(socket.SHUT_WR)
        pieces = list(receive(connection))
    return b"".join(pieces)


def receive(connection: socket.socket) -> Iterator[bytes]:
    try:
        while piece := connection.recv(65_536):
            yield piece
    except ConnectionResetError:
        return


def get(path: bytes, *headers: bytes, method: bytes = b"GET", version: bytes = b"HTTP/1.1") -> bytes:
    return b" ".join([method, path, version]) + b"\r\n" + HOST + KEY + b"".join(headers) + b"Connection: close\r\n\r\n"


def post(path: bytes, body: bytes, *headers: bytes) -> bytes:
    return get(path, *headers, b"Content-Length: %d\r\n" % len(body), method=b"POST") + body


FORM = b"Content-Type: multipart/form-data; boundary=xyz\r\n"
JSON = b"Content-Type: application/json\r\n"
IMPORT = b"/v1.3/tasks/transfers/import/0123456789abcdef01234567"
NASTY = {
    "no request": b"\r\n\r\n",
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10 + b"\r\n\r\n",
    "no version": b"GET /v1.3/tasks\r\n\r\n",
    "a version nobody knows": get(b"/v1.3/tasks", version=b"HTTP/9.9"),
    "HTTP/1.0": b"GET /v1.3/tasks HTTP/1.0\r\n" + KEY + b"\r\n",
    "no host": b"GET /v1.3/tasks HTTP/1.1\r\n" + KEY + b"\r\n",
    "two hosts": get(b"/v1.3/tasks", HOST),
    "a host that is none": get(b"/v1.3/tasks").replace(HOST, b"Host: a b<c>\r\n"),
    "no method": get(b"/v1.3/tasks", method=b""),
    "a method with odd letters": get(b"/v1.3/tasks", method=b"G\xc3\x8bT"),
    "a method nobody knows": get(b"/v1.3/tasks", method=b"BREW"),
    "connect": get(b"127.0.0.1:80", method=b"CONNECT"),
    "a star": get(b"*", method=b"OPTIONS"),
    "a whole URL": get(b"http://localhost/v1.3/tasks"),
    "a path without a slash": get(b"v1.3/tasks"),
    "two slashes": get(b"//v1.3//tasks"),
    "dots": get(b"/v1.3/../v1.3/./tasks/%2e%2e/tasks"),
    "a way out": get(b"/media/../../../../etc/passwd"),
    "an escaped way out": get(b"/media/%2e%2e/%2e%2e/etc/passwd"),
    "a zero byte in the path": get(b"/v1.3/tasks/%00"),
    "a bare zero byte in the path": get(b"/v1.3/tasks/\0"),
    "bytes that are no text": get(b"/v1.3/tasks/\xff\xfe"),
    "escapes that are no text": get(b"/v1.3/tasks/%ff%fe%c0%af"),
    "escapes that are none": get(b"/v1.3/tasks/%zz%"),
    "half of a surrogate pair": get(b"/v1.3/tasks?filename=%ed%a0%80"),
    "a filename of zero bytes": get(b"/v1.3/tasks?filename=%00%00"),
    "a filename for SQL": get(b"/v1.3/tasks?filename=%27%29%3BDROP%20TABLE%20tasks%3B--"),
    "a wildcard": get(b"/v1.3/tasks?filename=%25"),
    "a huge page": get(b"/v1.3/tasks?page=" + b"9" * 4000),
    "a huge page and limit": get(b"/v1.3/tasks?page=99999999999999999999&page_limit=50"),
    "a page of too many digits": get(b"/v1.3/tasks?page=" + b"9" * 5000),
    "a huge width": get(b"/v1.3/tasks?width=99999999999999999999999&height=99999999999999999999999"),
    "a huge duration": get(b"/v1.3/tasks?duration=1e308"),
    "a tiny duration": get(b"/v1.3/tasks?duration=1e-400"),
    "minus nothing": get(b"/v1.3/tasks?duration=-0.0&width=-0"),
    "the year 0": get(b"/v1.3/tasks?created_at=0000-01-01T00:00:00Z"),
    "the year 9999": get(b"/v1.3/tasks?created_at=9999-12-31T23:59:60Z&updated_at=9999-12-31T23:59:59-23:59"),
    "an offset of a day": get(b"/v1.3/tasks?created_at=2024-01-01T00:00:00%2B23:59"),
    "a fraction without end": get(b"/v1.3/tasks?created_at=2024-01-01T00:00:00." + b"9" * 6000 + b"Z"),
    "many statuses": get(b"/v1.3/tasks?" + b"&".join([b"status=ready"] * 900)),
    "too many statuses": get(b"/v1.3/tasks?" + b"&".join([b"status=ready"] * 2000)),
    "separators": get(b"/v1.3/tasks?&&==&;?#"),
    "a long path": get(b"/v1.3/" + b"a" * 10_000),
    "a path without end": get(b"/v1.3/" + b"a" * 200_000),
    "headers without end": get(b"/v1.3/tasks", b"A: b\r\n" * 50_000),
    "a header without end": get(b"/v1.3/tasks", b"A: " + b"b" * 200_000 + b"\r\n"),
    "a header without a name": get(b"/v1.3/tasks", b": b\r\n"),
    "a header with a zero byte": get(b"/v1.3/tasks", b"A: \0\r\n"),
    "an odd accept": get(b"/v1.3/tasks", b"Accept: text/html;q=0, */*;q=0\r\n"),
    "a range": get(b"/v1.3/tasks", b"Range: bytes=5-1\r\n"),
    "an upgrade": get(b"/v1.3/tasks", b"Upgrade: websocket\r\nSec-WebSocket-Key: a\r\n"),
    "an HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a length that is none": get(b"/v1.3/tasks", b"Content-Length: ten\r\n", method=b"POST"),
    "a negative length": get(b"/v1.3/tasks", b"Content-Length: -1\r\n", method=b"POST"),
    "two lengths": get(b"/v1.3/tasks", b"Content-Length: 1\r\nContent-Length: 2\r\n", method=b"POST"),
    "a length and chunks": get(b"/v1.3/tasks", b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", method=b"POST"),
    "chunks that are none": get(b"/v1.3/tasks", FORM, b"Transfer-Encoding: chunked\r\n", method=b"POST")
    + b"zz\r\n\r\n",
    "chunks that break off": get(b"/v1.3/tasks", FORM, b"Transfer-Encoding: chunked\r\n", method=b"POST") + b"9\r\nab",
    "a header that breaks off": b"GET /v1.3/tasks HTTP/1.1\r\nHost: em",
    "a coding nobody knows": get(b"/v1.3/tasks", FORM, b"Transfer-Encoding: gzip\r\n", method=b"POST"),
    "a body that breaks off": get(b"/v1.3/tasks", FORM, b"Content-Length: 99\r\n", method=b"POST") + b"--xyz",
    "a body of a get": get(b"/v1.3/tasks", b"Content-Length: 4\r\n") + b"body",
    "no body": get(b"/v1.3/tasks", method=b"POST"),
    "two content types": post(b"/v1.3/tasks", b"--xyz--\r\n", FORM, JSON),
    "a boundary with odd letters": post(b"/v1.3/tasks", b"x", b"Content-Type: multipart/form-data; boundary=\xff\r\n"),
    "a boundary without end": post(
        b"/v1.3/tasks", b"x", b"Content-Type: multipart/form-data; boundary=" + b"a" * 5000 + b"\r\n"
    ),
    "a part of a nameless name": post(
        b"/v1.3/tasks", b"--xyz\r\nContent-Disposition: form-data; name*=utf-8''%ff\r\n\r\nx\r\n--xyz--\r\n", FORM
    ),
    "a text that is none": post(
        b"/v1.3/tasks", b'--xyz\r\nContent-Disposition: form-data; name="index_id"\r\n\r\n\xff\r\n--xyz--\r\n', FORM
    ),
    "JSON without end": post(IMPORT, b"[" * 200_000, JSON),
    "JSON of a huge number": post(IMPORT, b'{"index_id": ' + b"9" * 5000 + b"}", JSON),
    "JSON of half a surrogate pair": post(IMPORT, b'{"\\ud800": "\\udc00"}', JSON),
    "JSON with a byte order mark": post(IMPORT, b"\xef\xbb\xbf{}", JSON),
    "JSON in UTF-16": post(IMPORT, "{}".encode("utf-16"), JSON),
    "a control of nothing": post(b"/_emulator/clock", b'{"seconds": "soon"}', JSON),
    "a clock for ever": post(b"/_emulator/clock", b'{"seconds": 1e308}', JSON),
    "a media range": get(b"/media/0123456789abcdef01234567/stream/0123456789abcdef01234567.m3u8", b"Range: x\r\n"),
}
UNFINISHED = [
    "a length and chunks",
    "no request",
    "a body that breaks off",
    "chunks that break off",
    "a header that breaks off",
]
"""Those the server would wait for the end of."""


@pytest.mark.parametrize("case", NASTY)
def test_nothing_that_is_sent_breaks_the_server(
    case: str, emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    response = send(emulator, NASTY[case], hang_up=case in UNFINISHED)
    assert "Traceback" not in response.decode("latin-1")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    if response:
        head, _, body = response.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        assert 200 <= int(status.split()[1]) < 500
        assert headers["x-api-version"] == "1.3.0"
        if int(status.split()[1]) >= 400 and body:
            assert headers["content-type"] == "application/json"
            assert set(json.loads(body[: int(headers["content-length"])])) == {"code", "message"}
    assert send(emulator, get(b"/v1.3/tasks")).startswith(b"HTTP/1.1 200 ")
