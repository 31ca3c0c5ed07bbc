"""What is raised is of the documented classes, however odd a response, an argument, a ledger or a caller is."""

from __future__ import annotations

import re
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from contract_tests.support.clock import Clock
from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.methods import PLAIN, Method
from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

BEYOND_ALL_CLOCKS = [
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Fri, 31 Dec 9999 23:59:59 -1200",
    "Mon, 01 Jan 0001 00:00:00 GMT",
    "Mon, 01 Jan 0001 00:00:00 +1200",
    "Mon, 01 Jan 0100 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
]
GARBAGE = [
    "yesterday",
    "Mon, 32 Jan 2024 99:99:99 GMT",
    "Mon, 01 Jan 10000 00:00:00 GMT",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
    "Mon, 01 Jan 2024 00:00:00 +9999",
    "Fri, 31 Dec 9999 23:59:59 -9999",
]


@pytest.fixture
def server() -> FakePlatform:
    """A platform that loses its response to the first upload of `a.mp4`."""
    return FakePlatform(fates={"a.mp4": [Fate.LOST]})


def with_lists_dated(twin: Twin, server: FakePlatform, date: str) -> Any:
    """Return a client of httpx that shows the lists of a platform with another header `Date`."""

    def respond(request: httpx.Request) -> httpx.Response:
        response = server.respond(request)
        if request.method == "GET":
            response.headers["Date"] = date
        return response

    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    return kind(transport=httpx.MockTransport(respond))


def reconcile(client: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", VIDEO), on_unknown="reconcile")


def create_bulk(client: Any) -> Any:
    return client.tasks.create_bulk(index_id=INDEX_ID, video_files=[("a.mp4", VIDEO)], settling_seconds=0.05)


@pytest.mark.parametrize("date", BEYOND_ALL_CLOCKS)
def test_a_lost_task_is_found_or_unknown_whatever_time_the_list_says_it_is(
    twin: Twin, server: FakePlatform, clock: Clock, date: str
) -> None:
    try:
        found = twin(reconcile, httpx_client=with_lists_dated(twin, server, date)).id
    except errors.CreateOutcomeUnknown:
        found = None
    assert found in (None, server.tasks[0]["_id"])
    assert len(server.tasks) == 1


@pytest.mark.slow
@pytest.mark.parametrize("date", BEYOND_ALL_CLOCKS)
def test_a_lost_task_of_a_bulk_creation_is_found_or_unknown_whatever_time_the_list_says_it_is(
    twin: Twin, server: FakePlatform, date: str
) -> None:
    (result,) = twin(create_bulk, httpx_client=with_lists_dated(twin, server, date))
    if result.task is None:
        assert type(result.error) is errors.CreateOutcomeUnknown
    else:
        assert result.task.id == server.tasks[0]["_id"]
    assert len(server.tasks) == 1, "retried without proof that there was no task"


@pytest.mark.parametrize("date", GARBAGE)
def test_a_time_that_cannot_be_read_does_not_count(twin: Twin, server: FakePlatform, clock: Clock, date: str) -> None:
    assert twin(reconcile, httpx_client=with_lists_dated(twin, server, date)).id == server.tasks[0]["_id"]


@pytest.mark.slow
@pytest.mark.parametrize("date", GARBAGE)
def test_a_time_that_cannot_be_read_does_not_count_for_a_bulk_creation(
    twin: Twin, server: FakePlatform, date: str
) -> None:
    (result,) = twin(create_bulk, httpx_client=with_lists_dated(twin, server, date))
    assert result.task is not None
    assert result.task.id == server.tasks[0]["_id"]


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), float("-inf"), -1])
def test_a_settling_time_that_nobody_can_wait_for_is_refused(twin: Twin, seconds: float) -> None:
    server = FakePlatform()  # which loses nothing, because a client that took it would wait for ever
    with pytest.raises(ValueError, match="settling_seconds"):
        server.create_bulk(twin, video_files=[("a.mp4", VIDEO)], settling_seconds=seconds)
    assert not server.requests


DEPRECATED = [method for method in PLAIN if method.is_deprecated]


@pytest.mark.parametrize("raw", ["", ".with_raw_response"])
@pytest.mark.parametrize("method", DEPRECATED, ids=str)
def test_code_that_belongs_to_no_module_may_call_what_is_deprecated(twin: Twin, method: Method, raw: str) -> None:
    call = f"client.{method.resource}{raw}.{method.name.rpartition('.')[2]}(**{method.arguments})"
    code = f"async def use():\n    return await {call}" if twin.is_async else f"def use():\n    return {call}"

    def use(client: Any) -> Any:
        bare: dict[str, Any] = {"client": client}
        exec(code, bare)
        return bare["use"]()

    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    supplied = kind(transport=httpx.MockTransport(lambda _: httpx.Response(201, json={})))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        twin(use, httpx_client=supplied)
    assert [(each.category, each.filename, each.lineno) for each in caught] == [(DeprecationWarning, "<string>", 2)]


def edit(ledger: Path, column: str, value: str) -> None:
    """Change a column of every row of a ledger."""
    with closing(sqlite3.connect(ledger)) as db, db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        holding = [table for table in tables if column in [row[1] for row in db.execute(f"PRAGMA table_info({table})")]]
        changed = [db.execute(f"UPDATE {table} SET {column} = ?", (value,)).rowcount for table in holding]
    assert sum(changed) > 0


@pytest.mark.slow
@pytest.mark.parametrize("time", ["yesterday", "", "2024-01-01T00:00:00", "2024-01-01", "10000-01-01T00:00:00+00:00"])
def test_a_ledger_with_an_invalid_time_cannot_be_used(
    twin: Twin, server: FakePlatform, tmp_path: Path, time: str
) -> None:
    file, ledger = tmp_path / "a.mp4", tmp_path / "uploads.sqlite"
    file.write_bytes(VIDEO)
    server.listed_as = lambda _: None  # so that the upload stays in the ledger as begun
    (result,) = server.create_bulk(twin, video_files=[file], ledger=ledger)
    assert type(result.error) is errors.CreateOutcomeUnknown
    edit(ledger, "started_at", time)
    with pytest.raises(errors.LedgerError, match=re.escape(str(ledger))):
        server.create_bulk(twin, video_files=[file], ledger=ledger)
    assert server.sent == {"a.mp4": 1}


def interrupt(sent: int, total: int | None) -> None:
    raise KeyboardInterrupt


async def interrupt_async(sent: int, total: int | None) -> None:
    raise KeyboardInterrupt


async def interrupt_later(sent: int, total: int | None) -> None:
    await anyio.sleep(0.001)
    raise KeyboardInterrupt


def create_one(client: Any, on_progress: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, on_progress=on_progress)


def create_many(client: Any, on_progress: Any) -> Any:
    files = [(f"{number}.mp4", VIDEO) for number in range(3)]
    return client.tasks.create_bulk(index_id=INDEX_ID, video_files=files, on_progress=on_progress)


def endings(twin: Twin, server: FakePlatform, use: Callable[[Any], Any]) -> list[type[BaseException]]:
    """Return the class of what a call raises, and of what comes out of the event loop."""
    raised: list[type[BaseException]] = []

    def observe(client: Any) -> None:
        try:
            use(client)
        except BaseException as error:
            raised.append(type(error))
            raise

    async def observe_async(client: Any) -> None:
        try:
            await use(client)
        except BaseException as error:
            raised.append(type(error))
            raise

    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    supplied = kind(transport=httpx.MockTransport(server.respond))
    try:
        twin(observe_async if twin.is_async else observe, httpx_client=supplied)
    except BaseException as error:  # noqa: BLE001 - left alone, it would end all tests
        raised.append(type(error))
    return raised


CREATIONS = pytest.mark.parametrize("create", [create_one, create_many])


@CREATIONS
def test_an_interrupt_in_a_callback_comes_out_as_it_is(twin: Twin, server: FakePlatform, create: Any) -> None:
    assert endings(twin, server, lambda client: create(client, interrupt)) == [KeyboardInterrupt, KeyboardInterrupt]


@CREATIONS
@pytest.mark.parametrize("callback", [interrupt_async, interrupt_later])
@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_an_interrupt_in_an_async_callback_comes_out_as_it_is(
    server: FakePlatform, create: Any, callback: Any, name: str
) -> None:
    ended = endings(Twin(name), server, lambda client: create(client, callback))
    assert ended == [KeyboardInterrupt, KeyboardInterrupt]
