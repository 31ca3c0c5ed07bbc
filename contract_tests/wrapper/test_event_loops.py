"""An async client belongs to the event loop that it was first used in, and says so in any other."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import anyio.from_thread
import pytest

from contract_tests.support.http_server import HttpServer, raw_response, serve
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, task
from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import AsyncTwelveLabs, errors

BACKENDS = ["asyncio", "trio"]
PAIRS = pytest.mark.parametrize(
    ("first", "second"),
    [("asyncio", "asyncio"), ("asyncio", "trio"), ("trio", "asyncio"), ("trio", "trio")],
)


@pytest.fixture
def server() -> Iterator[HttpServer]:
    """A platform that keeps its connections alive."""
    bodies = {"POST": created(), "GET": task(**page([task()], page=1, total_page=1))}
    with serve(lambda arrival: [raw_response(bodies[arrival.method])]) as server:
        yield server


def new_client(server: HttpServer) -> AsyncTwelveLabs:
    return AsyncTwelveLabs(api_key=API_KEY, base_url=server.url, max_retries=0, timeout=5)


async def retrieve(client: AsyncTwelveLabs) -> None:
    assert (await client.tasks.retrieve(TASK_ID)).id == TASK_ID


async def create(client: AsyncTwelveLabs) -> None:
    assert (await client.tasks.create(index_id=INDEX_ID, video_file=VIDEO)).id == TASK_ID


async def create_bulk(client: AsyncTwelveLabs) -> None:
    (result,) = await client.tasks.create_bulk(index_id=INDEX_ID, video_files=[("a.mp4", VIDEO)])
    assert result.task is not None


async def list_all(client: AsyncTwelveLabs) -> None:
    assert [each.id async for each in await client.tasks.list()] == [TASK_ID]


USES: dict[str, Any] = {"retrieve": retrieve, "create": create, "list": list_all}


@contextmanager
def abandon_connections() -> Iterator[None]:
    """Let go of connections whose event loop has ended, so that nobody can close them in the way that is requested."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def assert_says_so(caught: pytest.ExceptionInfo[errors.TwelveLabsError]) -> None:
    """Fail unless an error is about event loops, and about nothing that was sent."""
    assert type(caught.value) is errors.TwelveLabsError
    assert "event loop" in str(caught.value)


@pytest.mark.slow
@PAIRS
@pytest.mark.parametrize("name", USES)
def test_a_client_whose_event_loop_has_ended_says_so_in_the_next(
    server: HttpServer, first: str, second: str, name: str
) -> None:
    with abandon_connections():
        client = new_client(server)
        anyio.run(USES[name], client, backend=first)
        arrived = len(server.arrivals)
        with pytest.raises(errors.TwelveLabsError) as caught:
            anyio.run(USES[name], client, backend=second)
        assert_says_so(caught)
        assert len(server.arrivals) == arrived
        del client, caught


@PAIRS
def test_a_client_that_another_event_loop_uses_says_so_and_still_works_there(
    server: HttpServer, first: str, second: str
) -> None:
    client = new_client(server)
    with (
        anyio.from_thread.start_blocking_portal(first) as its_own,
        anyio.from_thread.start_blocking_portal(second) as another,
    ):
        its_own.call(retrieve, client)
        with pytest.raises(errors.TwelveLabsError) as caught:
            another.call(retrieve, client)
        assert_says_so(caught)
        its_own.call(retrieve, client)
        its_own.call(client.aclose)
    assert len(server.arrivals) == 2


@PAIRS
def test_a_bulk_creation_in_a_second_event_loop_says_so(server: HttpServer, first: str, second: str) -> None:
    client = new_client(server)
    with (
        anyio.from_thread.start_blocking_portal(first) as its_own,
        anyio.from_thread.start_blocking_portal(second) as another,
    ):
        its_own.call(retrieve, client)
        with pytest.raises(errors.TwelveLabsError) as caught:
            another.call(create_bulk, client)
        assert_says_so(caught)
        its_own.call(client.aclose)
    assert [arrival.method for arrival in server.arrivals] == ["GET"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_client_that_was_made_outside_works_in_the_first_event_loop_that_uses_it(
    server: HttpServer, backend: str
) -> None:
    async def use() -> None:
        async with client:
            for each in (retrieve, create, create_bulk, list_all):
                await each(client)

    client = new_client(server)
    anyio.run(use, backend=backend)
    assert len(server.arrivals) == 4


@PAIRS
def test_a_client_that_was_made_in_an_event_loop_but_not_used_works_in_another(
    server: HttpServer, first: str, second: str
) -> None:
    async def make() -> AsyncTwelveLabs:
        client = new_client(server)
        assert client.tasks.transfers is not None
        return client

    async def use(client: AsyncTwelveLabs) -> None:
        async with client:
            await retrieve(client)
            await create(client)

    anyio.run(use, anyio.run(make, backend=first), backend=second)
    assert len(server.arrivals) == 2


@PAIRS
def test_each_event_loop_may_have_a_client_of_its_own(server: HttpServer, first: str, second: str) -> None:
    async def use() -> None:
        async with new_client(server) as client:
            await retrieve(client)

    anyio.run(use, backend=first)
    anyio.run(use, backend=second)
    assert len(server.arrivals) == 2
