"""However long a response is, and however it is encoded, it is read within bounds, over real sockets."""

from __future__ import annotations

import gzip
import itertools
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from contract_tests.support.http_server import raw_response, serve
from contract_tests.support.samples import TASK_ID, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

MIB = 1024 * 1024
LIMIT = 16 * MIB
TASK = json.dumps(task()).encode()
PIECE = 64 * 1024


def raw_deflate(content: bytes) -> bytes:
    encoder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return encoder.compress(content) + encoder.flush()


def pad(length: int) -> bytes:
    """Return a task in JSON of that many bytes."""
    return TASK + b" " * (length - len(TASK))


def in_chunks(pieces: Iterator[bytes], status: int = 200, **headers: str) -> Iterator[bytes]:
    """Yield the pieces of a response whose length nobody knows."""
    head = raw_response(b"", status, **headers, transfer_encoding="chunked")
    yield head.replace(b"content-length: 0\r\n", b"")
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def bomb(size: int) -> Iterator[bytes]:
    """Yield that many bytes of spaces in gzip, about a thousandth of that on the wire."""
    encoder = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    yield encoder.compress(TASK) + encoder.flush(zlib.Z_FULL_FLUSH)
    mebibyte = encoder.compress(b" " * MIB) + encoder.flush(zlib.Z_FULL_FLUSH)  # stands on its own, so it repeats
    for _ in range(size // MIB):
        yield mebibyte


def join(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield that many pieces at a time as one."""
    while together := b"".join(itertools.islice(pieces, count)):
        yield together


def endless(*first: bytes, then: bytes) -> Iterator[bytes]:
    yield from first
    while True:
        yield then


def retrieve(twin: Twin, play: Callable[[], Iterator[bytes]], **options: Any) -> Any:
    """Return the task that a response holds."""
    with serve(lambda arrival: play()) as server:
        return twin(lambda client: client.tasks.retrieve(TASK_ID), base_url=server.url, max_retries=0, **options)


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
        ("", bytes),
    ],
    ids=["gzip", "x-gzip", "in capitals", "deflate", "deflate without its head", "identity", "none"],
)
def test_every_coding_that_is_requested_is_understood(
    twin: Twin, coding: str, encode: Callable[[bytes], bytes]
) -> None:
    content = encode(TASK)
    found = retrieve(twin, lambda: iter([raw_response(content, content_encoding=coding)]))
    assert found.to_dict() == task()
    # However it is cut: byte by byte as well.
    pieces = (content[at : at + 1] for at in range(len(content)))
    assert retrieve(twin, lambda: in_chunks(pieces, content_encoding=coding)).to_dict() == task()


def test_only_those_codings_are_requested(twin: Twin) -> None:
    with serve(lambda arrival: [raw_response(task())]) as server:
        twin(lambda client: client.tasks.retrieve(TASK_ID), base_url=server.url)
    assert dict(server.arrivals[0].headers)["accept-encoding"] == "gzip, deflate"


@pytest.mark.slow
@pytest.mark.parametrize("encode", [None, gzip.compress], ids=["plain", "gzip"])
def test_a_response_of_the_maximum_length_is_read_and_one_byte_more_is_not(
    twin: Twin, encode: Callable[[bytes], bytes] | None
) -> None:
    def of_length(length: int) -> Iterator[bytes]:
        content = pad(length)
        yield raw_response(encode(content), content_encoding="gzip") if encode else raw_response(content)

    assert retrieve(twin, lambda: of_length(LIMIT)).id == TASK_ID
    with pytest.raises(errors.ResponseError, match="longer than 16,777,216 bytes"):
        retrieve(twin, lambda: of_length(LIMIT + 1))
    assert retrieve(twin, lambda: of_length(2000), max_response_bytes=2000).id == TASK_ID
    with pytest.raises(errors.ResponseError, match="longer than 2,000 bytes"):
        retrieve(twin, lambda: of_length(2001), max_response_bytes=2000)


UNBOUNDED: dict[str, Callable[[int], Iterator[bytes]]] = {
    "10 GiB of gzip": lambda status: in_chunks(bomb(10 * 1024 * MIB), status, content_encoding="gzip"),
    "10 GiB of gzip, 50 MiB of it in each piece": lambda status: in_chunks(
        join(bomb(10 * 1024 * MIB), 50), status, content_encoding="gzip"
    ),
    "endless text": lambda status: in_chunks(endless(TASK, then=b" " * PIECE), status),
    "endless bytes after the end of gzip": lambda status: in_chunks(
        endless(gzip.compress(TASK), then=b"\x00" * PIECE), status, content_encoding="gzip"
    ),
    "endless gzip of nothing": lambda status: in_chunks(
        endless(zlib.compressobj(wbits=31).flush(zlib.Z_FULL_FLUSH), then=b"\x00\x00\x00\xff\xff" * 10_000),
        status,
        content_encoding="gzip",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("kind", UNBOUNDED)
def test_a_response_without_bounds_ends_in_an_error_and_not_in_memory(twin: Twin, kind: str, status: int) -> None:
    expected = errors.ResponseError if status == 200 else errors.InternalServerError
    tracemalloc.start()
    try:
        with pytest.raises(expected):
            retrieve(twin, lambda: UNBOUNDED[kind](status), max_response_bytes=MIB)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MIB


UNREADABLE: dict[str, Callable[[bytes], tuple[str, bytes]]] = {
    "a coding in another": lambda content: ("gzip, gzip", gzip.compress(gzip.compress(content))),
    "an unknown coding": lambda content: ("br", content),
    "gzip that breaks off": lambda content: ("gzip", gzip.compress(content)[:-9]),
    "gzip whose checksum is wrong": lambda content: ("gzip", gzip.compress(content)[:-8] + b"\x00" * 8),
    "what is no gzip": lambda content: ("gzip", content),
    "gzip with something after it": lambda content: ("gzip", gzip.compress(content) + b"more"),
    "JSON nested 100,000 deep": lambda content: ("", b'{"_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "a number of a million digits": lambda content: ("", b'{"_id": ' + b"9" * 1_000_000 + b"}"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_response_that_cannot_be_read_is_an_error_of_this_library(twin: Twin, kind: str) -> None:
    coding, content = UNREADABLE[kind](TASK)
    with pytest.raises(errors.ResponseError) as caught:
        retrieve(twin, lambda: iter([raw_response(content, content_encoding=coding)]))
    assert caught.value.response is not None
    assert caught.value.response.status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("status", [400, 404, 429, 503])
@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_refusal_that_cannot_be_read_is_still_that_refusal(twin: Twin, kind: str, status: int) -> None:
    coding, content = UNREADABLE[kind](json.dumps(problem()).encode())
    with pytest.raises(errors.ApiError) as caught:
        retrieve(twin, lambda: iter([raw_response(content, status, content_encoding=coding)]))
    assert type(caught.value) is errors.BY_STATUS[status]
    assert caught.value.status_code == status


def make_client(twin: Twin) -> Any:
    """Return an httpx client with a hook that reads every response."""

    async def read_async(response: httpx.Response) -> None:
        await response.aread()

    if twin.is_async:
        return httpx.AsyncClient(event_hooks={"response": [read_async]})
    return httpx.Client(event_hooks={"response": [lambda response: response.read()]})


def test_a_response_that_a_hook_has_read_has_the_same_limit(twin: Twin) -> None:
    content = gzip.compress(pad(2000))
    reading = make_client(twin)

    def play() -> Iterator[bytes]:
        yield raw_response(content, content_encoding="gzip", connection="close")

    assert retrieve(twin, play, httpx_client=reading, max_response_bytes=2000).id == TASK_ID
    with pytest.raises(errors.ResponseError, match="longer than 1,999 bytes"):
        retrieve(twin, play, httpx_client=reading, max_response_bytes=1999)


def test_the_connection_is_used_again_after_a_response_that_was_read_and_given_up_after_one_that_was_not(
    twin: Twin,
) -> None:
    def use(client: Any) -> Any:
        return client.tasks.retrieve(TASK_ID)

    async def use_thrice_async(client: Any) -> None:
        for number in range(3):
            try:
                await use(client)
            except errors.ResponseError:
                assert number == 1

    def use_thrice(client: Any) -> None:
        for number in range(3):
            try:
                use(client)
            except errors.ResponseError:
                assert number == 1

    responses = iter([raw_response(pad(2000)), raw_response(pad(200_000)), raw_response(pad(2000))])
    with serve(lambda arrival: [next(responses)]) as server:
        twin(use_thrice_async if twin.is_async else use_thrice, base_url=server.url, max_response_bytes=2000)
    assert [arrival.connection for arrival in server.arrivals] == [1, 1, 2]
