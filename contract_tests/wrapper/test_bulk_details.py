"""What the docstring of `create_bulk` says beside the rest."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate, serve_platform, wait
from contract_tests.support.samples import INDEX_ID, VIDEO, make_files
from contract_tests.support.twins import Twin
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.tasks._many.pace import Pace


@pytest.mark.parametrize(("arguments", "most"), [({}, 4), ({"max_concurrency": 2}, 2), ({"max_concurrency": 1}, 1)])
def test_no_more_uploads_at_once_are_sent_than_that(arguments: dict[str, int], most: int) -> None:
    with serve_platform(during=lambda _: time.sleep(0.05)) as platform:
        platform.create_bulk(Twin("sync"), video_files=[(f"{n}.mp4", VIDEO) for n in range(10)], **arguments)
        assert platform.most_at_once == most


def test_fewer_are_sent_at_once_after_a_rate_limit_and_more_again_after_successes() -> None:
    pace = Pace(8)
    pace.slow_down(ValueError("refused"))
    assert pace.concurrency == 4
    assert pace.pause > 0
    for _ in range(4):
        pace.go_on()
    assert pace.concurrency == 5


@pytest.mark.slow
def test_the_list_is_read_once_it_has_settled(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"a.mp4": [Fate.LOST]}
    (result,) = server.create_bulk(twin, video_files=[("a.mp4", VIDEO)], settling_seconds=0.5)
    assert result.task is not None
    upload, *lists = [
        moment for request, moment in zip(server.requests, server.times, strict=True) if "_" not in request.method
    ]
    assert [request.method for request in server.requests] == ["POST", *["GET"] * len(lists)]
    assert lists[0] - upload >= 0.5


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_the_iterables_are_consumed_off_the_event_loop(server: FakePlatform, name: str) -> None:
    threads: list[int] = []
    loop: list[int] = []

    def some() -> Iterator[Any]:
        threads.append(threading.get_ident())
        yield ("a.mp4", VIDEO)

    async def use(client: Any) -> Any:
        loop.append(threading.get_ident())
        return await client.tasks.create_bulk(index_id=INDEX_ID, video_files=some(), settling_seconds=0.02)

    (result,) = Twin(name)(use, httpx_client=httpx.AsyncClient(transport=httpx.MockTransport(server.respond)))
    assert result.task is not None
    assert threads
    assert not set(threads) & set(loop)


def test_bytes_of_a_retried_upload_are_counted_again(twin: Twin, server: FakePlatform) -> None:
    told: list[int] = []
    server.fates = {"a.mp4": [wait(0)]}
    server.create_bulk(
        twin, video_files=[("a.mp4", VIDEO)], on_progress=lambda sent, total: told.append(sent), max_concurrency=1
    )
    assert max(told) == len(VIDEO)
    falls = [number for number, (before, after) in enumerate(itertools.pairwise(told)) if after < before]
    assert len(falls) == 1
    assert told[-1] == len(VIDEO)


@pytest.mark.parametrize("name", ["sync", "asyncio", "trio"])
def test_progress_is_reported_in_one_call_at_a_time(name: str) -> None:
    under_way, most, told = 0, 0, 0

    def begin() -> None:
        nonlocal under_way, most, told
        under_way, told = under_way + 1, told + 1
        most = max(most, under_way)

    def end() -> None:
        nonlocal under_way
        under_way -= 1

    def report(sent: int, total: int | None) -> None:
        begin()
        time.sleep(0.005)
        end()

    async def report_async(sent: int, total: int | None) -> None:
        begin()
        await anyio.sleep(0.005)
        end()

    with serve_platform() as platform:
        platform.create_bulk(
            Twin(name),
            video_files=[(f"{number}.mp4", VIDEO) for number in range(8)],
            on_progress=report if name == "sync" else report_async,
        )
    assert told >= 8
    assert most == 1


def test_options_of_a_bulk_creation_hold_for_each_request(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"a.mp4": [Fate.LOST]}
    server.create_bulk(
        twin,
        video_files=[("a.mp4", VIDEO), ("b.mp4", VIDEO)],
        request_options={"additional_headers": {"x-trace": "42"}},
    )
    assert {request.method for request in server.requests} == {"POST", "GET"}
    assert [request.headers.get("x-trace") for request in server.requests] == ["42"] * len(server.requests)


class FullExecutor(Executor):
    """Takes nothing."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise LookupError("no room")


def test_what_submit_raises_comes_out(tmp_path: Path) -> None:
    with (
        TwelveLabs(api_key="key", base_url="http://127.0.0.1:9") as client,
        pytest.raises(LookupError, match="no room"),
    ):
        client.tasks.create_bulk(index_id=INDEX_ID, video_files=make_files(tmp_path, 2), executor=FullExecutor())
