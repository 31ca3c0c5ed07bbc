"""How long a client waits and how much memory it takes: by the bytes between, whatever the size of the whole."""

from __future__ import annotations

import gc
import io
import json
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors
from twelvelabs_tasks.core import AsyncPager, SyncPager

TIMEOUT, PAUSE, PAUSES = 0.4, 0.15, 5
LARGE = 150 * 2**20


def test_a_slow_but_steady_response_does_not_time_out(twin: Twin) -> None:
    response = raw_response(task())

    def drip(_: Arrival) -> Iterator[bytes]:
        step = len(response) // PAUSES + 1
        for begin in range(0, len(response), step):
            time.sleep(PAUSE)
            yield response[begin : begin + step]

    with serve(drip) as server:
        begun = time.monotonic()
        assert twin(lambda client: client.tasks.retrieve(TASK_ID), base_url=server.url, timeout=TIMEOUT).id == TASK_ID
        assert time.monotonic() - begun > TIMEOUT


class TricklingFile(io.BytesIO):
    """A video that is read a little at a time, with pauses."""

    def read(self, size: int | None = -1) -> bytes:
        time.sleep(PAUSE)
        return super().read(len(VIDEO) // PAUSES)


def test_the_duration_of_a_whole_upload_is_not_limited(twin: Twin) -> None:
    def respond(arrival: Arrival) -> Iterator[bytes]:
        assert VIDEO in arrival.body
        yield raw_response(created())

    with serve(respond) as server:
        begun = time.monotonic()
        twin(
            lambda client: client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", TricklingFile(VIDEO))),
            base_url=server.url,
            timeout=TIMEOUT,
        )
        assert time.monotonic() - begun > TIMEOUT


@contextmanager
def listen(ends: list[bytes], body: Any) -> Iterator[str]:
    """Yield where one connection is served, which is kept open; its client's next bytes are then put into `ends`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def converse() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(10)
                received = connection.recv(2**16)
                length = int(received.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or b"0")
                left = length - len(received.partition(b"\r\n\r\n")[2])
                while left > 0:
                    left -= len(connection.recv(2**18))
                connection.sendall(raw_response(body))
                ends.append(connection.recv(1))

        thread = threading.Thread(target=converse)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.mark.slow
def test_an_upload_takes_little_memory_whatever_the_size_of_the_file(twin: Twin, tmp_path: Path) -> None:
    file = tmp_path / "large.mp4"
    with file.open("wb") as sparse:
        sparse.truncate(LARGE)
    with listen([], created()) as url:
        tracemalloc.start()
        try:
            twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=file), base_url=url)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert most < LARGE / 10


@pytest.mark.parametrize("backend", ["sync", "asyncio", "trio"])
def test_a_block_closes_the_connections_and_the_client_at_its_end(backend: str) -> None:
    ends: list[bytes] = []
    kept: list[Any] = []  # so that nothing but the end of the block closes them

    async def use(url: str) -> None:
        async with AsyncTwelveLabs(api_key=API_KEY, base_url=url) as client:
            kept.append(client)
            await client.tasks.retrieve(TASK_ID)
            assert ends == []
        with pytest.raises(errors.TwelveLabsError, match="closed"):
            await client.tasks.retrieve(TASK_ID)

    with listen(ends, task()) as url:
        if backend == "sync":
            with TwelveLabs(api_key=API_KEY, base_url=url) as client:
                kept.append(client)
                client.tasks.retrieve(TASK_ID)
                assert ends == []
            with pytest.raises(errors.TwelveLabsError, match="closed"):
                client.tasks.retrieve(TASK_ID)
        else:
            anyio.run(use, url, backend=backend)
    assert ends == [b""]


def respond_with_page(arrival: Arrival, last: int = 8) -> Iterator[bytes]:
    number = int(arrival.target.partition("page=")[2].partition("&")[0] or "1")
    yield raw_response({"data": [task()], "page_info": {"page": number, "total_page": last}})


def test_one_page_at_a_time_is_kept_in_memory(twin: Twin) -> None:
    def count_pages() -> int:
        gc.collect()
        return sum(isinstance(each, (SyncPager, AsyncPager)) for each in gc.get_objects())

    async def iterate_async(client: Any) -> list[int]:
        return [count_pages() async for _ in await client.tasks.list()]

    def iterate(client: Any) -> list[int]:
        return [count_pages() for _ in client.tasks.list()]

    before = count_pages()
    with serve(respond_with_page) as server:
        counts = twin(iterate_async if twin.is_async else iterate, base_url=server.url)
    assert len(counts) == 8
    assert max(counts) <= before + 2  # the page that the list began with, and the present one


def test_the_response_of_a_page_is_the_one_it_was_read_from(twin: Twin) -> None:
    with serve(respond_with_page) as server:
        pages = twin.pages(lambda client: client.tasks.list(), base_url=server.url)
    assert [json.loads(page.response.text)["page_info"]["page"] for page in pages] == [*range(1, 9)]
