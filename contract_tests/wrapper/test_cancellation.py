"""The async client, cancelled at every point where it waits: files are closed, connections work, nothing goes twice."""

from __future__ import annotations

import asyncio
import itertools
import pathlib
import types
from collections.abc import Callable, Coroutine, Generator, Iterable
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import IO, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.samples import INDEX_ID, TASK_ID, created, page, problem, task
from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import AsyncTwelveLabs
from twelvelabs_tasks.core import RequestOptions

BIG = Random(0).randbytes(1_500_000)
"""More than two pieces of an upload."""


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """A file on disk."""
    path = tmp_path / "holiday.mp4"
    path.write_bytes(BIG)
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[IO[bytes]]:
    """The files that were opened since."""
    opened: list[IO[bytes]] = []
    open_path = pathlib.Path.open

    def remember(self: pathlib.Path, mode: str = "r") -> Any:
        opened.append(open_path(self, mode))
        return opened[-1]

    monkeypatch.setattr(pathlib.Path, "open", remember)
    return opened


@types.coroutine
def await_and_interrupt(
    call: Coroutine[Any, Any, Any], wait: int, interrupt: Callable[[], object]
) -> Generator[Any, Any, Any]:
    """Await a call, and interrupt it when it has begun to wait for the time with this number, counted from 0."""
    resume: Callable[[], Any] = partial(call.send, None)
    for number in itertools.count():
        try:
            waits_for = resume()
        except StopIteration as end:
            return end.value
        if number == wait:
            interrupt()
        try:
            resume = partial(call.send, (yield waits_for))
        except BaseException as error:  # noqa: BLE001 - it belongs to the call
            resume = partial(call.throw, error)
    return None


async def cancel_by_anyio(call: Coroutine[Any, Any, Any], wait: int) -> bool:
    """Await a call that anyio cancels at one of its waits; return whether it got that far."""
    with anyio.CancelScope() as scope:
        await await_and_interrupt(call, wait, scope.cancel)
    return scope.cancelled_caught


async def cancel_by_asyncio(call: Coroutine[Any, Any, Any], wait: int) -> bool:
    """Do as `cancel_by_anyio`, in the way of `asyncio.timeout` and `asyncio.wait_for`: nothing is shielded from it."""
    running = asyncio.current_task()
    assert running is not None
    try:
        await await_and_interrupt(call, wait, running.cancel)
    except asyncio.CancelledError:
        running.uncancel()
        return True
    return False


WAYS = {"asyncio": cancel_by_anyio, "asyncio, by itself": cancel_by_asyncio, "trio": cancel_by_anyio}
LOSING = {"asyncio, by itself"}
"""Where nobody waits for the thread that closes a file, and httpx may lose a connection, as it does without this
library: https://github.com/encode/httpcore/issues/1093"""


async def until_closed(streams: list[IO[bytes]]) -> None:
    with anyio.fail_after(10):
        while not all(stream.closed for stream in streams):  # noqa: ASYNC110 - a file tells nobody when it is closed
            await anyio.sleep(0.001)


async def create(client: AsyncTwelveLabs, path: pathlib.Path) -> None:
    async def show(sent: int, total: int | None) -> None:
        await anyio.lowlevel.checkpoint()

    await client.tasks.create(index_id=INDEX_ID, video_file=path, on_progress=show)


async def reconcile(client: AsyncTwelveLabs, path: pathlib.Path) -> None:
    options: RequestOptions = {"additional_headers": {"X-Response": "lost"}}
    url = "https://example.com/a.mp4"
    await client.tasks.create(index_id=INDEX_ID, video_url=url, on_unknown="reconcile", request_options=options)


async def retrieve(client: AsyncTwelveLabs, path: pathlib.Path) -> None:
    await client.tasks.retrieve(TASK_ID)


async def list_all(client: AsyncTwelveLabs, path: pathlib.Path) -> None:
    assert len([task async for task in await client.tasks.list()]) == 2


async def wait(client: AsyncTwelveLabs, path: pathlib.Path) -> None:
    await client.tasks.wait_for_done(TASK_ID, sleep_interval=0.001)


CALLS = {"create": create, "reconcile": reconcile, "retrieve": retrieve, "list": list_all, "wait_for_done": wait}


class Platform:
    """A platform that refuses each request once, and sends its responses in four pieces."""

    def __init__(self) -> None:
        self._refused: set[str] = set()
        self._status = "queued"

    def play(self, arrival: Arrival) -> Iterable[bytes]:
        """Return the response to a request."""
        if arrival.target not in self._refused:
            self._refused.add(arrival.target)
            return [raw_response(problem(), 429, retry_after="0")]
        whole = self._respond(arrival)
        return [whole[:20], whole[20:40], whole[40:-1], whole[-1:]]

    def _respond(self, arrival: Arrival) -> bytes:
        if arrival.method == "POST":
            return raw_response(b"", 500) if ("x-response", "lost") in arrival.headers else raw_response(created())
        if arrival.target.partition("?")[0] == "/tasks":
            found = task(
                index_id=INDEX_ID, created_at=datetime.now(UTC).isoformat(), system_metadata={"filename": "a.mp4"}
            )
            return raw_response(page([found], total_page=1 if "index_id" in arrival.target else 2))
        status, self._status = self._status, "ready"
        return raw_response(task(status=status))


# The form of an upload from a URL is streamed by httpx, which leaves it where it was cancelled; trio warns of that.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*MultipartStream:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("way", WAYS)
def test_a_call_that_is_cancelled_anywhere_leaves_everything_in_order(
    way: str,
    name: str,
    path: pathlib.Path,
    opened: list[IO[bytes]],
    record_property: Callable[[str, object], None],
) -> None:
    async def cancel_at(wait: int) -> bool:
        with serve(Platform().play) as server:
            async with httpx.AsyncClient(limits=httpx.Limits(max_connections=1), timeout=10) as only_connection:
                client = AsyncTwelveLabs(api_key=API_KEY, base_url=server.url, httpx_client=only_connection)
                was_cancelled = await WAYS[way](CALLS[name](client, path), wait)
                if way in LOSING:
                    await until_closed(opened)
                else:
                    assert all(stream.closed for stream in opened)
                    assert (await client.tasks.retrieve("afterwards")).id == TASK_ID, "the connection is not free"
        targets = [(arrival.method, arrival.target) for arrival in server.arrivals]
        # It comes twice, as it is refused once; what made a task, or may have, does not come again.
        assert targets.count(("POST", "/tasks")) <= 2
        return was_cancelled

    waits = 0
    while anyio.run(cancel_at, waits, backend=way.partition(",")[0]):
        waits += 1
    record_property("cases", f"{name} under {way}: cancelled at each of {waits} waits")
    assert waits > 10
