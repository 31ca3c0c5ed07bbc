"""Uploads that go wrong on this side: what the file or the caller's callback does is no trouble of the network."""

from __future__ import annotations

import io
import pathlib
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, VIDEO, created, problem
from contract_tests.support.streams import OneWay
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

BIG = bytes(600_000)  # three pieces


def create(twin: Twin, video_file: Any = VIDEO, **arguments: Any) -> Any:
    return twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=video_file, **arguments))


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError("of the caller's own"),
        httpx.ReadTimeout("of the caller's own"),
        errors.TooManyRequestsError("of another call", status_code=429),
        errors.ApiConnectionError("of another call"),
        OSError("disk full"),
        StopIteration(),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_what_a_callback_raises_is_passed_on_as_it_is(
    twin: Twin, platform: respx.MockRouter, clock: Clock, trouble: Exception
) -> None:
    def stop(sent: int, total: int | None) -> None:
        told.append(sent)
        raise trouble

    told: list[int] = []
    platform.post("/tasks").respond(json=created())
    if isinstance(trouble, StopIteration):
        with pytest.raises(RuntimeError) as caught:
            create(twin, on_progress=stop)
        assert caught.value.__cause__ is trouble  # as in any generator or coroutine
    else:
        with pytest.raises(type(trouble)) as raised:
            create(twin, on_progress=stop)
        assert raised.value is trouble
    assert told == [0]


def test_an_async_callback_is_awaited(platform: respx.MockRouter) -> None:
    told: list[int] = []

    async def tell(sent: int, total: int | None) -> None:
        told.append(sent)

    async def fail(sent: int, total: int | None) -> None:
        raise httpx.ConnectError("of the caller's own")

    platform.post("/tasks").respond(json=created())
    for twin in (Twin("asyncio"), Twin("trio")):
        told.clear()
        create(twin, BIG, on_progress=tell)
        assert told == [0, 524_288, 600_000]
        with pytest.raises(httpx.ConnectError, match="own"):
            create(twin, on_progress=fail)


class Unreadable(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if size == 0:
            return b""
        raise OSError(5, "Input/output error")


def test_a_file_that_cannot_be_read_ends_the_upload_in_its_own_error(
    twin: Twin, platform: respx.MockRouter, clock: Clock
) -> None:
    route = platform.post("/tasks").respond(json=created())
    with pytest.raises(OSError, match="Input/output error"):
        create(twin, Unreadable(VIDEO))
    assert route.call_count == 0


@pytest.mark.parametrize("change", [b"more", None], ids=["longer", "shorter"])
def test_a_file_that_changes_while_it_is_sent_is_not_sent_as_if_it_had_not(
    twin: Twin, platform: respx.MockRouter, tmp_path: pathlib.Path, change: bytes | None
) -> None:
    path = tmp_path / "recording.mp4"
    path.write_bytes(BIG)

    def write(sent: int, total: int | None) -> None:
        with path.open("ab") as file:
            file.write(change) if change else file.truncate(300_000)

    route = platform.post("/tasks").respond(json=created())
    with pytest.raises(OSError, match=r"recording\.mp4' changed while it was sent: it had 600,000 bytes"):
        create(twin, path, on_progress=write)
    assert route.call_count == 0


class OnlyRead:
    """Something that can be read and nothing more, such as a response of urllib3."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self._content.read(size)


@pytest.mark.parametrize("stream", [OneWay, OnlyRead])
def test_an_error_says_why_a_stream_was_not_retried(
    twin: Twin, platform: respx.MockRouter, clock: Clock, stream: Any
) -> None:
    platform.post("/tasks").respond(429, json=problem())
    with pytest.raises(errors.TooManyRequestsError) as caught:
        create(twin, stream(VIDEO))
    assert caught.value.__notes__ == ["The request was not retried, because video_file cannot be rewound."]


def test_an_error_that_is_final_anyway_says_nothing_of_it(twin: Twin, platform: respx.MockRouter) -> None:
    platform.post("/tasks").respond(401, json=problem())
    with pytest.raises(errors.UnauthorizedError) as caught:
        create(twin, OneWay(VIDEO, name=None))
    assert not hasattr(caught.value, "__notes__")


def test_what_can_only_be_read_is_sent_in_chunks(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post("/tasks").respond(json=created())
    create(twin, OnlyRead(BIG))
    assert parts_of(route.calls.last.request)["video_file"].content == BIG


def test_a_stream_that_turns_out_to_be_too_large_is_not_sent_to_its_end(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post("/tasks").respond(json=created())
    with pytest.raises(errors.VideoFilesizeTooLargeError) as caught:
        twin(
            lambda client: client.tasks.create(index_id=INDEX_ID, video_file=OneWay(BIG, name=None)),
            max_upload_bytes=500_000,
        )
    assert caught.value.maximum_size == "500.0 KB"
    assert route.call_count == 0


class SendingTwice(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A connection that sends a request a second time, as one with an authentication of its own may."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.received = [b"".join(request.stream) for _ in range(2)]
        return httpx.Response(200, json=created())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.received = [b"".join([piece async for piece in request.stream]) for _ in range(2)]
        return httpx.Response(200, json=created())


def send_twice(twin: Twin, video_file: Any) -> list[bytes]:
    """Return what arrives of an upload over a connection that sends it twice."""
    transport = SendingTwice()
    client: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    supplied = client(transport=transport)
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=video_file), httpx_client=supplied)
    return transport.received


def test_a_file_that_is_sent_twice_is_sent_from_its_start(twin: Twin) -> None:
    first, second = send_twice(twin, BIG)
    assert first == second
    assert BIG in first


def test_a_stream_that_is_to_be_sent_twice_says_that_it_cannot(twin: Twin) -> None:
    with pytest.raises(OSError, match="'upload' cannot be sent again, because it cannot be rewound"):
        send_twice(twin, OneWay(BIG, name=None))


@pytest.mark.parametrize("name", ["max_upload_bytes", "max_response_bytes"])
def test_a_limit_of_nothing_is_refused(twin: Twin, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        twin(lambda client: client.tasks.list(), **{name: 0})
