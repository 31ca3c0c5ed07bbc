"""What `create_bulk` tells its callback: the bytes of all files, one call at a time."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, wait
from contract_tests.support.samples import VIDEO, make_files, problem
from contract_tests.support.streams import OneWay
from contract_tests.support.twins import Twin


def test_progress_counts_the_bytes_of_all_files(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files = make_files(tmp_path, 6)
    told: list[tuple[int, int | None]] = []
    server.fates = {"002.mp4": [wait()]}
    server.create_bulk(
        twin, video_files=iter(files), max_concurrency=2, on_progress=lambda sent, total: told.append((sent, total))
    )
    size = sum(path.stat().st_size for path in files)
    assert told[0] == (0, None)
    assert told[-1] == (size, size)
    assert {total for _, total in told} == {None, size}


def test_progress_is_told_one_call_at_a_time_and_never_goes_back(server: FakePlatform, tmp_path: Path) -> None:
    told: list[int] = []
    alone = threading.Lock()
    overlapping: list[int] = []

    def tell(sent: int, total: int | None) -> None:
        if not alone.acquire(blocking=False):
            overlapping.append(sent)
            return
        time.sleep(0.001)  # a callback takes its time
        told.append(sent)
        alone.release()

    files = make_files(tmp_path, 24)
    server.create_bulk(Twin("sync"), video_files=files, max_concurrency=12, on_progress=tell)
    assert overlapping == []
    assert told == sorted(told)
    assert told[-1] == sum(path.stat().st_size for path in files)


def test_a_file_that_fails_counts_no_longer(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files = make_files(tmp_path, 2)
    told: list[tuple[int, int | None]] = []
    server.fates = {"000.mp4": [httpx.Response(400, json=problem())]}
    server.create_bulk(twin, video_files=files, max_concurrency=1, on_progress=lambda *numbers: told.append(numbers))
    assert told[-1] == (files[1].stat().st_size,) * 2


def test_an_async_callback_is_awaited(server: FakePlatform, tmp_path: Path) -> None:
    told: list[int] = []

    async def tell(sent: int, total: int | None) -> None:
        told.append(sent)

    for twin in (Twin("asyncio"), Twin("trio")):
        server.create_bulk(twin, video_files=make_files(tmp_path, 1), on_progress=tell)
    assert told == [0, len(VIDEO)] * 2


@pytest.mark.parametrize("kind", [LookupError, KeyboardInterrupt])
def test_what_a_callback_raises_ends_it(
    twin: Twin, server: FakePlatform, tmp_path: Path, kind: type[BaseException]
) -> None:
    if kind is KeyboardInterrupt and twin.is_async:
        pytest.skip("it would end the event loop")

    def tell(sent: int, total: int | None) -> None:
        if sent > 3 * len(VIDEO):
            raise kind("enough")

    with pytest.raises(kind, match="enough"):
        server.create_bulk(twin, video_files=make_files(tmp_path, 100), on_progress=tell)
    assert len(server.tasks) < 10


def test_what_an_async_callback_raises_ends_it(server: FakePlatform, tmp_path: Path) -> None:
    async def tell(sent: int, total: int | None) -> None:
        raise LookupError("enough")

    for twin in (Twin("asyncio"), Twin("trio")):
        with pytest.raises(LookupError, match="enough"):
            server.create_bulk(twin, video_files=make_files(tmp_path, 10), on_progress=tell)
    assert server.tasks == []


def test_a_sum_that_cannot_be_known_stays_unknown(twin: Twin, server: FakePlatform) -> None:
    told: list[Any] = []
    files = [OneWay(VIDEO), OneWay(VIDEO), VIDEO]
    server.create_bulk(twin, video_files=files, max_concurrency=1, on_progress=lambda *numbers: told.append(numbers))
    assert told[-1] == (3 * len(VIDEO), None)
