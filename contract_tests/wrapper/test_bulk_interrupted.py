"""Bulk creations that something ends early: ctrl-C, cancellations that come at the worst moment, the caller's input."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest

from contract_tests.support.fake_platform import SETTLING, FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, VIDEO, make_file
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, Ledger
from twelvelabs_tasks.tasks._many.progress import Progress
from twelvelabs_tasks.tasks._many.running import Runner
from twelvelabs_tasks.tasks._many.steps import Send

PATIENCE = 5.0  # seconds for what is to happen at once
STREAMS = 40  # as many as asyncio has worker threads


def states(ledger: Path) -> dict[str, str]:
    """Return the state of each upload by its filename."""
    with Ledger(ledger) as opened:
        return {upload.filename: upload.state for upload in opened.uploads()}


# The sync client


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_ctrl_c_just_after_an_upload_has_begun_leaves_in_the_ledger_what_became_of_it(
    platform: FakePlatform, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    carry_out = Runner.carry_out
    begun: list[Send] = []

    def carry_out_and_press(self: Runner, step: Any) -> Any:
        outcome = carry_out(self, step)
        if isinstance(step, Send):
            begun.append(step)
            if len(begun) == moment:
                until(lambda: len(platform.tasks) == moment, "the tasks")
                raise KeyboardInterrupt
        return outcome

    monkeypatch.setattr(Runner, "carry_out", carry_out_and_press)
    files = [make_file(tmp_path / f"{number}.mp4") for number in range(4)]
    with pytest.raises(KeyboardInterrupt):
        platform.create_in_turn(Twin("sync"), video_files=files, ledger=ledger, max_concurrency=4)
    known = states(ledger)
    assert {name for name, state in known.items() if state == "created"} == {
        f"{number}.mp4" for number in range(moment)
    }
    assert "started" not in known.values()


# Both clients


def test_an_iterable_that_raises_leaves_no_upload_started_that_was_not_sent(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "clip.mp4")

    def inputs() -> Iterator[Path]:
        yield file
        raise OSError("the folder went away")

    with pytest.raises(OSError, match="the folder went away"):
        platform.create_in_turn(twin, video_files=inputs(), ledger=ledger)
    assert not platform.sent
    assert states(ledger) == {"clip.mp4": "failed"}
    (result,) = platform.create_in_turn(twin, video_files=[file], ledger=ledger)
    assert result.error is None
    assert platform.sent == {"clip.mp4": 1}


# The async client


async def cancel_bulk(bulk: Callable[[], Awaitable[object]], *moments: Callable[[], object]) -> bool:
    """Cancel a bulk creation each time that a function, called in a thread, returns; return whether it ended at once.

    The cancellation is that of asyncio, which comes once and no more.
    """
    task = asyncio.ensure_future(bulk())
    for moment in moments:
        await asyncio.to_thread(moment)
        task.cancel()
    await asyncio.wait([task], timeout=PATIENCE)
    return task.cancelled()


def in_bulk(
    platform: FakePlatform, use: Callable[[Callable[..., Awaitable[object]]], Awaitable[bool]], **arguments: Any
) -> bool:
    """Return what a use of a bulk creation under asyncio returns."""

    async def main() -> bool:
        async with AsyncTwelveLabs(api_key=API_KEY, base_url=platform.url) as client:
            given = {"index_id": INDEX_ID, "settling_seconds": SETTLING, **arguments}
            try:
                return await use(partial(client.tasks.create_bulk, **given))
            finally:
                platform.end()

    return asyncio.run(main())


def test_a_second_cancellation_while_the_first_is_handled_ends_uploads_too(
    platform: FakePlatform, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_handled, go_on = threading.Event(), threading.Event()
    stop = Progress.stop

    def stop_slowly(self: Progress) -> None:
        is_handled.set()
        go_on.wait(PATIENCE)
        stop(self)

    async def use(bulk: Callable[..., Awaitable[object]]) -> bool:
        asyncio.get_running_loop().call_later(PATIENCE, go_on.set)
        return await cancel_bulk(
            bulk,
            lambda: until(lambda: platform.sent["a.mp4"], "the upload"),
            lambda: is_handled.wait(PATIENCE),
            go_on.set,
        )

    monkeypatch.setattr(Progress, "stop", stop_slowly)
    platform.fates = {"a.mp4": [Fate.HELD]}
    assert in_bulk(platform, use, video_urls=["https://example.com/a.mp4"], ledger=ledger)


@pytest.mark.parametrize("is_broken", [False, True], ids=["after a list", "after a list that failed"])
def test_a_cancellation_while_the_first_input_is_awaited_is_not_lost(
    platform: FakePlatform, ledger: Path, tmp_path: Path, *, is_broken: bool
) -> None:
    is_awaited, go_on = threading.Event(), threading.Event()

    def inputs() -> Iterator[Path]:
        is_awaited.set()
        go_on.wait(PATIENCE)
        yield make_file(tmp_path / "clip.mp4")

    def end_connection() -> None:
        if is_broken:
            raise ConnectionError

    async def use(bulk: Callable[..., Awaitable[object]]) -> bool:
        def until_then() -> None:
            is_awaited.wait(PATIENCE)
            loop.call_soon_threadsafe(loop.call_later, 0.05, go_on.set)

        loop = asyncio.get_running_loop()
        return await cancel_bulk(partial(bulk, request_options={"max_retries": 0}), until_then)

    platform.sent["other.mp4"] = 1
    platform.before_list = end_connection
    assert in_bulk(platform, use, video_files=inputs(), ledger=ledger)
    assert platform.sent == {"other.mp4": 1}


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_many_streams_that_stall_keep_nobody_from_uploading_a_file(
    platform: FakePlatform, tmp_path: Path, backend: str
) -> None:
    file = make_file(tmp_path / "clip.mp4")
    writing: list[int] = []

    def let_go() -> None:
        while writing:
            os.close(writing.pop())

    async def stall(client: AsyncTwelveLabs, stream: Any) -> None:
        with stream:
            await client.tasks.create(index_id=INDEX_ID, video_file=("stalled.mp4", stream))

    async def main() -> None:
        async with (
            AsyncTwelveLabs(api_key=API_KEY, base_url=platform.url) as client,
            anyio.create_task_group() as group,
        ):
            for _ in range(STREAMS):
                read, write = os.pipe()
                writing.append(write)
                group.start_soon(stall, client, os.fdopen(read, "rb"))
            watchdog = threading.Timer(PATIENCE, let_go)
            watchdog.start()
            await anyio.wait_all_tasks_blocked()
            await client.tasks.create(index_id=INDEX_ID, video_file=file)
            watchdog.cancel()
            assert len(writing) == STREAMS, "the file waited for the streams"
            for write in writing:
                os.write(write, VIDEO)
            let_go()

    anyio.run(main, backend=backend)
    assert platform.sent == {"clip.mp4": 1, "stalled.mp4": STREAMS}
