"""The ledger of a bulk creation, and what a later run makes of it."""

from __future__ import annotations

import _thread
import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from contract_tests.support.fake_platform import SETTLING, FakePlatform, Fate
from contract_tests.support.samples import INDEX_ID, VIDEO, make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks._many.records import Key, Records


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the ledger."""
    return tmp_path / "uploads.sqlite"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Ten files."""
    folder = tmp_path / "videos"
    folder.mkdir()
    return make_files(folder, 10)


def states(path: Path) -> dict[str, str]:
    """Return the state of each upload by the name of its file."""
    with closing(sqlite3.connect(path)) as db:
        return {Path(source).name: state for source, state in db.execute("SELECT source, state FROM uploads")}


def leave_started(path: Path, file: Path, ago: float = 10.0) -> None:
    """Leave an upload behind as a run does that is killed: begun some seconds ago, and never ended."""
    status = file.stat()
    key = Key(INDEX_ID, str(file), f"{status.st_size} bytes, {status.st_mtime_ns} ns")
    with closing(Records(str(path))) as records:
        records.start(key, file.name, given_up_at=None)
    with closing(sqlite3.connect(path)) as db, db:
        started_at = datetime.now(UTC) - timedelta(seconds=ago)
        db.execute("UPDATE uploads SET started_at = ? WHERE source = ?", (started_at.isoformat(), str(file)))
        db.execute("UPDATE runs SET newest_at = ? WHERE newest_at IS NULL", (started_at.isoformat(),))


@pytest.mark.slow
def test_what_was_created_is_not_sent_again(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    first = server.create_bulk(twin, video_files=files[:6], ledger=path)
    second = server.create_bulk(twin, video_files=files, video_urls=["https://example.com/a.mp4"], ledger=str(path))
    assert [result.task for result in second[:6]] == [result.task for result in first]
    assert set(server.sent.values()) == {1}
    assert set(states(path).values()) == {"created"}
    assert server.create_bulk(twin, video_urls=["https://example.com/a.mp4"], ledger=path)[0].task == second[-1].task


@pytest.mark.slow
def test_what_failed_is_sent_again(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    server.fates = {"003.mp4": [httpx.Response(400, json=problem())]}
    assert server.create_bulk(twin, video_files=files, ledger=path)[3].task is None
    assert states(path)["003.mp4"] == "failed"
    assert server.create_bulk(twin, video_files=files, ledger=path)[3].task is not None
    assert server.sent == {file.name: 1 + (file.name == "003.mp4") for file in files}


def test_a_file_that_was_changed_is_another(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    server.create_bulk(twin, video_files=files, ledger=path)
    files[0].write_bytes(VIDEO * 2)
    server.create_bulk(twin, video_files=files, ledger=path)
    assert server.sent == {file.name: 1 + (file == files[0]) for file in files}


@pytest.mark.slow
def test_another_index_is_another_upload(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    server.create_bulk(twin, video_files=files, ledger=path)
    server.create_bulk(twin, video_files=files, ledger=path, index_id="f" * 24)
    assert set(server.sent.values()) == {2}


@pytest.mark.slow
def test_a_file_is_known_by_its_absolute_path(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.create_bulk(twin, video_files=files, ledger=path)
    monkeypatch.chdir(files[0].parent)
    again = [file.name for file in files[:5]] + [(file.name, os.fspath(file)) for file in files[5:]]
    assert all(result.task for result in server.create_bulk(twin, video_files=again, ledger=path))
    assert set(server.sent.values()) == {1}


def test_a_file_given_twice_is_sent_once(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    results = server.create_bulk(twin, video_files=[*files, *files, files[0]], ledger=path)
    assert [result.task.id for result in results[:10]] == [result.task.id for result in results[10:20]]
    assert set(server.sent.values()) == {1}


def test_a_file_that_is_named_twice_and_fails_fails_twice(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [httpx.Response(400, json=problem()) for _ in range(3)]}
    results = server.create_bulk(twin, video_files=[files[0]] * 3, ledger=path)
    assert [type(result.error) for result in results] == [errors.BadRequestError] * 3


def test_without_a_ledger_a_file_that_is_named_twice_is_sent_twice(
    twin: Twin, server: FakePlatform, files: list[Path]
) -> None:
    server.create_bulk(twin, video_files=[files[0]] * 2)
    assert server.sent == {"000.mp4": 2}


@pytest.mark.parametrize("given", [VIDEO, ("a.mp4", VIDEO)], ids=["bytes", "named bytes"])
def test_what_has_no_lasting_name_is_refused(twin: Twin, server: FakePlatform, path: Path, given: Any) -> None:
    (result,) = server.create_bulk(twin, video_files=[given], ledger=path)
    assert isinstance(result.error, TypeError)
    assert not server.sent


def test_an_upload_left_behind_is_found(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    leave_started(path, files[4])
    task_id = server.add("004.mp4", ago=8)
    results = server.create_bulk(twin, video_files=files, ledger=path)
    assert results[4].task.id == task_id
    assert server.sent["004.mp4"] == 0
    assert set(states(path).values()) == {"created"}


@pytest.mark.slow
def test_an_upload_that_was_left_behind_without_a_task_is_sent_again(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    leave_started(path, files[4])
    server.add("004.mp4", ago=60)  # by somebody else, long before
    server.add("other.mp4", ago=5)
    assert server.create_bulk(twin, video_files=files, ledger=path)[4].task is not None
    assert server.sent["004.mp4"] == 1


@pytest.mark.slow
def test_an_upload_that_was_left_behind_is_looked_for_only_after_it_may_be_seen(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    leave_started(path, files[0])
    began = time.monotonic()
    server.create_bulk(twin, video_files=files[:1], ledger=path, settling_seconds=0.3)
    assert server.times[1] - began >= 0.3  # the first request asks for the time of the platform


@pytest.mark.slow
def test_an_ambiguous_upload_is_reported_in_every_run_until_it_is_clear(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    leave_started(path, files[4])
    server.add("004.mp4", ago=8)
    server.add("004.mp4", ago=7)
    for _ in range(2):
        result = server.create_bulk(twin, video_files=files, ledger=path)[4]
        assert isinstance(result.error, errors.CreateOutcomeUnknown)
        assert len(result.error.candidates) == 2
        assert states(path)["004.mp4"] == "started"
    del server.tasks[0]
    assert server.create_bulk(twin, video_files=files, ledger=path)[4].task is not None
    assert server.sent["004.mp4"] == 0


@pytest.mark.slow
def test_a_task_that_the_ledger_knows_is_no_candidate(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    twins = make_files(folder, 1)
    first = server.create_bulk(twin, video_files=files, ledger=path)
    leave_started(path, twins[0], ago=0)
    (second,) = server.create_bulk(twin, video_files=twins, ledger=path)
    assert second.task.id not in {result.task.id for result in first}
    assert server.sent["000.mp4"] == 2


def test_one_task_is_not_taken_for_that_of_two_uploads(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    same_name = [files[0], *make_files(folder, 1)]
    for file in same_name:
        leave_started(path, file)
    server.add("000.mp4", ago=8)
    results = server.create_bulk(twin, video_files=same_name, ledger=path)
    assert [len(result.error.candidates) for result in results] == [1, 1]
    assert not server.sent


@pytest.mark.slow
def test_an_outcome_that_stays_unknown_is_kept_for_the_next_run(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [Fate.LOST]}
    server.list_fate = httpx.Response(403, json=problem())
    assert server.create_bulk(twin, video_files=files, ledger=path)[0].task is None
    server.list_fate = None
    assert server.create_bulk(twin, video_files=files, ledger=path)[0].task is not None
    assert set(server.sent.values()) == {1}


@pytest.mark.slow
def test_an_upload_without_a_task_is_sent_again_in_the_run_that_lost_it(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [Fate.BROKEN]}
    assert all(result.task for result in server.create_bulk(twin, video_files=files, ledger=path))
    assert len(server.tasks) == 10


@pytest.mark.slow
def test_a_row_is_on_the_disk_before_its_upload_begins(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path]
) -> None:
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(name if name.encode() in path.read_bytes() else "not there")

    server.during = look
    server.create_bulk(twin, video_files=files, ledger=path)
    assert sorted(seen) == [file.name for file in files]


def test_a_ledger_is_used_by_one_run_at_a_time(twin: Twin, server: FakePlatform, path: Path, files: list[Path]) -> None:
    with closing(Records(str(path))), pytest.raises(errors.LedgerError, match="another bulk creation uses it"):
        server.create_bulk(twin, video_files=files, ledger=path)
    assert not server.sent


@pytest.mark.parametrize("content", [b"not a database" * 100, b"\xff" * 5000])
def test_what_is_no_ledger_is_left_as_it_is(
    twin: Twin, server: FakePlatform, path: Path, files: list[Path], content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(errors.LedgerError, match=r"uploads\.sqlite' cannot be used: file is not a database"):
        server.create_bulk(twin, video_files=files, ledger=path)
    assert path.read_bytes() == content


def test_a_folder_that_does_not_exist_holds_no_ledger(twin: Twin, server: FakePlatform, files: list[Path]) -> None:
    with pytest.raises(errors.LedgerError, match="there is no folder '/nowhere'"):
        server.create_bulk(twin, video_files=files, ledger="/nowhere/uploads.sqlite")


def test_how_uploads_ended_that_were_on_their_way_is_known(server: FakePlatform, path: Path, files: list[Path]) -> None:
    def stop(sent: int, total: int | None) -> None:
        if len(server.tasks) >= 3:
            raise LookupError("enough")

    with pytest.raises(LookupError):
        server.create_bulk(Twin("sync"), video_files=files, ledger=path, on_progress=stop)
    known = states(path)
    assert "started" not in known.values()
    assert sorted(name for name, state in known.items() if state == "created") == server.filenames()


def test_an_interrupted_run_can_be_resumed(server: FakePlatform, path: Path, files: list[Path]) -> None:
    sync = Twin("sync")

    def interrupt(name: str) -> None:
        if sum(server.sent.values()) == 5:
            _thread.interrupt_main()

    server.during = interrupt
    with pytest.raises(KeyboardInterrupt):
        server.create_bulk(sync, video_files=files, ledger=path, max_concurrency=2)
    assert len(server.tasks) < 10
    assert [thread.name for thread in threading.enumerate() if "bulk" in thread.name] == []
    server.during = lambda name: None
    assert all(result.task for result in server.create_bulk(sync, video_files=files, ledger=path))
    assert server.filenames() == [file.name for file in files]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_run_can_be_resumed(server: FakePlatform, path: Path, files: list[Path], backend: str) -> None:
    twin = Twin(backend)
    scopes: list[anyio.CancelScope] = []

    def cancel(name: str) -> None:
        if len(server.tasks) == 5:
            scopes[0].cancel()

    async def use(client: Any) -> None:
        with anyio.CancelScope() as scope:
            scopes.append(scope)
            await client.tasks.create_bulk(index_id=INDEX_ID, video_files=files, ledger=path, settling_seconds=SETTLING)
        assert scope.cancelled_caught

    server.during = cancel
    twin(use, httpx_client=httpx.AsyncClient(transport=httpx.MockTransport(server.respond)))
    assert len(server.tasks) < 10
    server.during = lambda name: None
    assert all(result.task for result in server.create_bulk(twin, video_files=files, ledger=path))
    assert server.filenames() == [file.name for file in files]
