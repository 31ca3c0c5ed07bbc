"""More calls than connections: those that wait for one wait for as long as it takes, and never for each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest

from contract_tests.support.echo import echo
from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.samples import INDEX_ID, VIDEO, created, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

pytestmark = pytest.mark.slow

CONNECTIONS = 100  # of a client, unless the caller gives one
CALLS = 120
PATIENCE = 15.0


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_creates_whose_callbacks_use_the_same_client_all_finish(backend: str) -> None:
    async def use(client: AsyncTwelveLabs) -> set[str | None]:
        found: set[str | None] = set()
        under_way = 0
        all_connections_are_used = anyio.Event()

        async def look(sent: int, total: int | None) -> None:
            nonlocal under_way
            under_way += sent == 0
            if under_way == CONNECTIONS:
                all_connections_are_used.set()
            await all_connections_are_used.wait()
            found.add((await client.tasks.retrieve(f"look-{sent}")).id)

        async def create(number: int) -> None:
            found.add((await client.tasks.create(index_id=str(number), video_file=VIDEO, on_progress=look)).id)

        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as group:
                for number in range(CALLS):
                    group.start_soon(create, number)
        return found

    with serve(echo) as server:
        found = Twin(backend)(use, base_url=server.url)
    assert found == {str(number) for number in range(CALLS)} | {"look-0", f"look-{len(VIDEO)}"}


def test_creates_in_threads_whose_callbacks_use_the_same_client_all_finish() -> None:
    all_connections_are_used = threading.Barrier(CONNECTIONS)

    def look(sent: int, total: int | None) -> None:
        with lock:
            is_awaited = sent == 0 and next(begun) < CONNECTIONS
        if is_awaited:
            all_connections_are_used.wait(PATIENCE)
        assert client.tasks.retrieve(f"look-{sent}").id == f"look-{sent}"

    def create(number: int) -> str | None:
        return client.tasks.create(index_id=str(number), video_file=VIDEO, on_progress=look).id

    lock, begun = threading.Lock(), iter(range(CALLS))
    with (
        serve(echo) as server,
        TwelveLabs(api_key=API_KEY, base_url=server.url, timeout=PATIENCE / 2, max_retries=0) as client,
        ThreadPoolExecutor(CALLS) as threads,
    ):
        assert list(threads.map(create, range(CALLS))) == [str(number) for number in range(CALLS)]


def slowly(respond: Callable[[Arrival], bytes], seconds: float) -> Callable[[Arrival], Iterator[bytes]]:
    """Return what responds to a request that has been read in many small pieces, which take some time."""

    def play(arrival: Arrival) -> Iterator[bytes]:
        arrival.body  # noqa: B018 - read before the response
        response = respond(arrival)
        for number in range(10):
            threading.Event().wait(seconds / 10)
            yield response[number : number + 1]
        yield response[10:]

    return play


def test_a_bulk_creation_sends_no_more_at_once_than_the_httpx_client_has_connections(twin: Twin) -> None:
    few: Any = (httpx.AsyncClient if twin.is_async else httpx.Client)(
        limits=httpx.Limits(max_connections=5), timeout=httpx.Timeout(PATIENCE, pool=0.1)
    )

    def create(client: Any) -> Any:
        return client.tasks.create_bulk(index_id=INDEX_ID, video_files=[VIDEO] * 16, max_concurrency=8)

    def use(client: Any) -> Any:
        with few:
            return create(client)

    async def use_async(client: Any) -> Any:
        async with few:
            return await create(client)

    with serve(slowly(lambda arrival: raw_response(created()), 0.3)) as server:
        results = twin(use_async if twin.is_async else use, base_url=server.url, httpx_client=few, max_retries=0)
    assert [result.error for result in results] == [None] * 16
    assert len(server.arrivals) == 16


def test_threads_wait_for_a_connection_for_as_long_as_it_takes() -> None:
    threads_count = CONNECTIONS + 6
    patient_but_for_the_pool = httpx.Timeout(PATIENCE, pool=0.5)

    def respond(arrival: Arrival) -> bytes:
        return raw_response(task(_id=arrival.target.rpartition("/")[2]))

    with (
        serve(slowly(respond, 1.0)) as server,
        TwelveLabs(api_key=API_KEY, base_url=server.url, timeout=patient_but_for_the_pool, max_retries=0) as client,
        ThreadPoolExecutor(threads_count) as threads,
    ):
        found = list(threads.map(lambda number: client.tasks.retrieve(str(number)).id, range(threads_count)))
    assert found == [str(number) for number in range(threads_count)]


def test_a_crowd_of_threads_keeps_its_connections() -> None:
    # One that is closed because too many are idle may be closed under a thread that is about to use it.
    with (
        serve(echo) as server,
        TwelveLabs(api_key=API_KEY, base_url=server.url, max_retries=0) as client,
        ThreadPoolExecutor(CONNECTIONS) as threads,
    ):
        names = [f"name-{number}" for number in range(20 * CONNECTIONS)]
        assert list(threads.map(lambda name: client.tasks.retrieve(name).id, names)) == names
    assert server.connections <= CONNECTIONS
