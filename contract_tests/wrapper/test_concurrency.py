"""A sync client that many threads use at once, and an event loop that continues while a file is read."""

from __future__ import annotations

import io
import pathlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from contract_tests.support.echo import echo
from contract_tests.support.forms import parts_of
from contract_tests.support.http_server import raw_response, serve
from contract_tests.support.samples import INDEX_ID, VIDEO, created
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors

THREADS = 16


def ask(client: TwelveLabs, name: str) -> list[str | None]:
    """Request something by name in every way; return the name of what came."""
    with pytest.raises(errors.NotFoundError) as caught:
        client.tasks.retrieve(f"no-{name}")
    return [
        client.tasks.retrieve(name).id,
        client.tasks.create(index_id=name, video_file=VIDEO).id,
        *(listed.id for listed in client.tasks.list(index_id=name)),
        client.tasks.with_raw_response.retrieve(name).data.id,
        caught.value.message.removeprefix("no-"),
    ]


@pytest.mark.slow
def test_every_thread_gets_the_responses_to_its_own_requests() -> None:
    together = threading.Barrier(THREADS)

    def use(thread: int) -> None:
        together.wait(10)
        for number in range(10):
            assert set(ask(client, f"{thread}-{number}")) == {f"{thread}-{number}"}

    with (
        serve(echo) as server,
        TwelveLabs(api_key=API_KEY, base_url=server.url) as client,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        assert list(threads.map(use, range(THREADS))) == [None] * THREADS
    assert server.connections <= THREADS
    assert len(server.arrivals) == THREADS * 10 * 6


@pytest.mark.slow
def test_every_task_of_an_event_loop_gets_the_responses_to_its_own_requests() -> None:
    async def use(client: AsyncTwelveLabs, name: str, found: dict[str, Any]) -> None:
        created_task = await client.tasks.create(index_id=name, video_file=VIDEO)
        listed = [task.id async for task in await client.tasks.list(index_id=name)]
        found[name] = {created_task.id, (await client.tasks.retrieve(name)).id, *listed}

    async def main() -> dict[str, Any]:
        found: dict[str, Any] = {}
        async with AsyncTwelveLabs(api_key=API_KEY, base_url=server.url) as client, anyio.create_task_group() as tasks:
            for number in range(50):
                tasks.start_soon(use, client, str(number), found)
        return found

    for backend in ("asyncio", "trio"):
        with serve(echo) as server:
            assert anyio.run(main, backend=backend) == {str(number): {str(number)} for number in range(50)}


class Witness(io.BytesIO):
    """A file that remembers in which threads it was used."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.threads: dict[str, int] = {}

    def _remember(self, name: str) -> None:
        self.threads[name] = threading.get_ident()

    def read(self, size: int | None = -1) -> bytes:
        self._remember("read")
        return super().read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._remember("seek")
        return super().seek(offset, whence)

    def tell(self) -> int:
        self._remember("tell")
        return super().tell()

    def seekable(self) -> bool:
        self._remember("seekable")
        return super().seekable()

    def close(self) -> None:
        self._remember("close")
        super().close()


class Slow(io.BytesIO):
    """A file whose reads end only when the event loop has gone on."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.loop_goes_on = threading.Event()
        self.waited = 0

    def read(self, size: int | None = -1) -> bytes:
        self.loop_goes_on.clear()
        assert self.loop_goes_on.wait(10), "the event loop is blocked while a file is read"
        self.waited += 1
        return super().read(size)


@pytest.fixture(params=["asyncio", "trio"])
def loop(request: pytest.FixtureRequest) -> Twin:
    """The async client, under each event loop."""
    return Twin(request.param)


def upload(loop: Twin, video_file: Any, beside: Callable[[], Any] | None = None) -> bytes:
    """Create a task from a file, with something running at the same time; return the video that arrived."""

    async def use(client: AsyncTwelveLabs) -> None:
        async with anyio.create_task_group() as tasks:
            if beside is not None:
                tasks.start_soon(beside)
            await client.tasks.create(index_id=INDEX_ID, video_file=video_file)
            tasks.cancel_scope.cancel()

    with serve(lambda arrival: [raw_response(created())]) as server:
        loop(use, base_url=server.url)
    (arrival,) = server.arrivals
    return parts_of(arrival.as_request())["video_file"].content


def test_the_event_loop_continues_while_a_file_is_read(loop: Twin) -> None:
    slow = Slow(VIDEO)

    async def go_on() -> None:
        while True:
            slow.loop_goes_on.set()
            await anyio.lowlevel.checkpoint()

    assert upload(loop, slow, go_on) == VIDEO
    assert slow.waited > 1


def test_nothing_is_done_to_a_file_in_the_thread_of_the_event_loop(loop: Twin) -> None:
    witness = Witness(VIDEO)
    assert upload(loop, witness) == VIDEO
    assert {"read", "seek", "tell", "seekable"} == witness.threads.keys(), "an open file stays open"
    assert threading.get_ident() not in witness.threads.values()


def test_a_path_is_opened_and_closed_outside_the_thread_of_the_event_loop(
    loop: Twin, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "holiday.mp4"
    path.write_bytes(VIDEO)
    opened_in: list[int] = []
    witness = Witness(VIDEO)

    def open_path(self: pathlib.Path, mode: str = "r") -> Any:
        opened_in.append(threading.get_ident())
        return witness

    monkeypatch.setattr(pathlib.Path, "open", open_path)
    assert upload(loop, path) == VIDEO
    assert "close" in witness.threads
    assert threading.get_ident() not in [*opened_in, *witness.threads.values()]
    assert len(opened_in) == 1
