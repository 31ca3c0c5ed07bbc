"""A server that responds while an upload is still being sent, and reads no more of it: its response counts."""

from __future__ import annotations

import io
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import trustme

from contract_tests.support.forms import parts_of
from contract_tests.support.http_server import Arrival, HttpServer, raw_response, serve
from contract_tests.support.samples import INDEX_ID, TASK_ID, created, page, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

pytestmark = pytest.mark.slow

LARGE = bytes(32 * 1024 * 1024)  # more than the buffers of the system take, so that an upload nobody reads gets stuck
TIMEOUT = httpx.Timeout(5.0, connect=10.0, write=0.25)
SOON = 4.0  # seconds; less than the read timeout, which must not be waited for after the write timeout
LONGEST = 20.0  # seconds that a server does nothing at most, so that no test hangs

REFUSALS: dict[str, tuple[bytes, type[errors.ApiError]]] = {
    "401": (raw_response(problem("api_key_invalid", "The key is invalid."), 401), errors.UnauthorizedError),
    "413": (raw_response(b"<html>Request Entity Too Large</html>", 413), errors.ContentTooLargeError),
    "429": (raw_response(problem("too_many_requests", "Slow down."), 429), errors.TooManyRequestsError),
    "a long 400": (raw_response(problem(message="x" * 300_000), 400), errors.BadRequestError),
}


@contextmanager
def respond_early(*responses: bytes, then: bytes = b"", tls: ssl.SSLContext | None = None) -> Iterator[HttpServer]:
    """Provide a server that responds to each of the next uploads before it has read it, and then does nothing.

    Args:
        responses: What it sends; it reads nothing after that, and does not end the connection.
        then: How it responds to all other requests, which it reads first.
        tls: Its certificate.
    """
    over = threading.Event()
    remaining = list(responses)

    def play(arrival: Arrival) -> Iterator[bytes]:
        if arrival.method == "POST" and remaining:
            yield remaining.pop(0)
            over.wait(LONGEST)
            raise ConnectionError
        arrival.body  # noqa: B018 - read before the response
        yield then

    with serve(play, tls) as server:
        try:
            yield server
        finally:
            over.set()


def create(client: Any, **arguments: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", LARGE), **arguments)


def end_soon(twin: Twin, use: Callable[[Any], Any], **options: Any) -> Any:
    """Return the result or the exception of a call, which must not take much longer than the write timeout."""
    began = time.monotonic()
    try:
        ended = twin(use, **{"timeout": TIMEOUT, "max_retries": 0, **options})
    except errors.TwelveLabsError as error:
        ended = error
    assert time.monotonic() - began < SOON
    return ended


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_that_comes_before_the_upload_is_over_is_raised(twin: Twin, name: str) -> None:
    response, kind = REFUSALS[name]
    with respond_early(response) as server:
        error = end_soon(twin, create, base_url=server.url)
    assert type(error) is kind
    assert error.response is not None
    assert error.response.content == response.partition(b"\r\n\r\n")[2]


def test_an_upload_that_is_told_to_wait_before_it_is_over_is_retried(twin: Twin) -> None:
    wait = raw_response(problem("too_many_requests", "Slow down."), 429, retry_after="0")
    with respond_early(wait, then=raw_response(created())) as server:
        assert end_soon(twin, create, base_url=server.url, max_retries=1).id == TASK_ID
    assert len(server.arrivals) == 2
    assert parts_of(server.arrivals[1].as_request())["video_file"].content == LARGE


def test_a_task_that_is_reported_before_the_upload_is_over_is_returned(twin: Twin) -> None:
    with respond_early(raw_response(created(), 201)) as server:
        assert end_soon(twin, create, base_url=server.url).id == TASK_ID
    assert server.connections == 1


@pytest.mark.parametrize(
    "response",
    [
        raw_response(b"<html>", 201),
        raw_response({"id": "x"}, 201),
        raw_response(created(), 201)[:-5],
        raw_response(b"", 201, transfer_encoding="chunked").replace(b"content-length: 0\r\n", b"") + b"many\r\n",
    ],
    ids=["no JSON", "another form", "without its end", "not HTTP after its head"],
)
def test_a_success_that_comes_before_the_upload_is_over_and_cannot_be_read_may_have_made_a_task(
    twin: Twin, response: bytes
) -> None:
    with respond_early(response) as server:
        error = end_soon(twin, create, base_url=server.url, timeout=httpx.Timeout(0.25, connect=10.0))
    assert type(error) is errors.CreateOutcomeUnknown
    assert (error.index_id, error.filename) == (INDEX_ID, "a.mp4")


@pytest.mark.parametrize("response", [b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 401 Unauth"])
def test_an_upload_that_gets_stuck_without_a_whole_response_ends_in_a_timeout_that_says_how_far_it_got(
    twin: Twin, response: bytes
) -> None:
    with respond_early(response) as server:
        error = end_soon(twin, create, base_url=server.url)
    assert type(error) is errors.ApiTimeoutError
    assert re.search(r"[\d,]+ of 33,554,432 bytes of the file were sent", str(error))


def test_a_bulk_creation_reads_a_response_that_comes_before_the_upload_is_over(twin: Twin) -> None:
    def create_all(client: Any) -> Any:
        return client.tasks.create_bulk(index_id=INDEX_ID, video_files=[("a.mp4", io.BytesIO(LARGE))])

    with respond_early(REFUSALS["413"][0], then=raw_response(page([]))) as server:
        (result,) = end_soon(twin, create_all, base_url=server.url)
    assert type(result.error) is errors.ContentTooLargeError


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that vouches for the server."""
    return trustme.CA()


def make_client(twin: Twin, authority: trustme.CA) -> Any:
    """Return a client of httpx with a timeout of its own, which trusts the authority."""
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    return kind(verify=trusting, timeout=TIMEOUT)


@pytest.mark.parametrize("encrypted", [False, True], ids=["HTTP", "HTTPS"])
@pytest.mark.parametrize("used_before", [False, True], ids=["first", "kept alive"])
def test_a_response_that_comes_before_the_upload_is_over_is_read_with_a_supplied_client(
    twin: Twin, authority: trustme.CA, *, encrypted: bool, used_before: bool
) -> None:
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(certificate)

    def use(client: Any) -> Any:
        if used_before:
            client.tasks.retrieve(TASK_ID)
        return create(client)

    async def use_async(client: Any) -> Any:
        if used_before:
            await client.tasks.retrieve(TASK_ID)
        return await create(client)

    tls = certificate if encrypted else None
    with respond_early(REFUSALS["401"][0], then=raw_response(task()), tls=tls) as server:
        options = {"base_url": server.url, "httpx_client": make_client(twin, authority), "timeout": None}
        error = end_soon(twin, use_async if twin.is_async else use, **options)
    assert type(error) is errors.UnauthorizedError
    assert server.connections == 1
