"""The ledger of a bulk creation, and what a later run makes of it."""

from __future__ import annotations

import _thread
import os
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from contract_tests.support.fake_platform import SETTLING, FakePlatform
from contract_tests.support.ledgers import read_states
from contract_tests.support.samples import INDEX_ID, VIDEO, make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks._many.records import Records


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Ten files."""
    folder = tmp_path / "videos"
    folder.mkdir()
    return make_files(folder, 10)


@pytest.mark.slow
def test_what_was_created_is_not_retried(twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    first = server.create_bulk(twin, video_files=files[:6], ledger=ledger)
    second = server.create_bulk(twin, video_files=files, video_urls=["https://example.com/a.mp4"], ledger=str(ledger))
    assert [result.task for result in second[:6]] == [result.task for result in first]
    assert set(server.sent.values()) == {1}
    assert set(read_states(ledger).values()) == {"created"}
    assert server.create_bulk(twin, video_urls=["https://example.com/a.mp4"], ledger=ledger)[0].task == second[-1].task


@pytest.mark.slow
def test_what_failed_is_retried(twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    server.fates = {"003.mp4": [httpx.Response(400, json=problem())]}
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[3].task is None
    assert read_states(ledger)["003.mp4"] == "failed"
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[3].task is not None
    assert server.sent == {file.name: 1 + (file.name == "003.mp4") for file in files}


@pytest.mark.parametrize("content", [VIDEO * 2, VIDEO[::-1]], ids=["of another size", "of the same size"])
def test_a_file_that_was_changed_is_another(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path], content: bytes
) -> None:
    server.create_bulk(twin, video_files=files, ledger=ledger)
    before = files[0].stat().st_mtime_ns
    files[0].write_bytes(content)
    os.utime(files[0], ns=(before + 1000, before + 1000))  # whatever the clock of the file system can tell apart
    server.create_bulk(twin, video_files=files, ledger=ledger)
    assert server.sent == {file.name: 1 + (file == files[0]) for file in files}


@pytest.mark.slow
def test_another_index_is_another_upload(twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    server.create_bulk(twin, video_files=files, ledger=ledger)
    server.create_bulk(twin, video_files=files, ledger=ledger, index_id="f" * 24)
    assert set(server.sent.values()) == {2}


@pytest.mark.slow
def test_a_file_is_known_by_its_absolute_path(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.create_bulk(twin, video_files=files, ledger=ledger)
    monkeypatch.chdir(files[0].parent)
    again = [file.name for file in files[:5]] + [(file.name, os.fspath(file)) for file in files[5:]]
    assert all(result.task for result in server.create_bulk(twin, video_files=again, ledger=ledger))
    assert set(server.sent.values()) == {1}


def test_a_file_given_twice_is_sent_once(twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    results = server.create_bulk(twin, video_files=[*files, *files, files[0]], ledger=ledger)
    assert [result.task.id for result in results[:10]] == [result.task.id for result in results[10:20]]
    assert set(server.sent.values()) == {1}


def test_a_file_that_is_named_twice_and_fails_fails_twice(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [httpx.Response(400, json=problem()) for _ in range(3)]}
    results = server.create_bulk(twin, video_files=[files[0]] * 3, ledger=ledger)
    assert [type(result.error) for result in results] == [errors.BadRequestError] * 3


def test_without_a_ledger_a_file_that_is_named_twice_is_sent_twice(
    twin: Twin, server: FakePlatform, files: list[Path]
) -> None:
    server.create_bulk(twin, video_files=[files[0]] * 2)
    assert server.sent == {"000.mp4": 2}


@pytest.mark.parametrize("given", [VIDEO, ("a.mp4", VIDEO)], ids=["bytes", "named bytes"])
def test_what_has_no_lasting_name_is_refused(twin: Twin, server: FakePlatform, ledger: Path, given: Any) -> None:
    (result,) = server.create_bulk(twin, video_files=[given], ledger=ledger)
    assert isinstance(result.error, TypeError)
    assert not server.sent


@pytest.mark.slow
def test_a_row_is_on_the_disk_before_its_upload_begins(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(name if name.encode() in ledger.read_bytes() else "not there")

    server.during = look
    server.create_bulk(twin, video_files=files, ledger=ledger)
    assert sorted(seen) == [file.name for file in files]


def test_a_ledger_is_used_by_one_run_at_a_time(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    with closing(Records(str(ledger))), pytest.raises(errors.LedgerError, match="another bulk creation uses it"):
        server.create_bulk(twin, video_files=files, ledger=ledger)
    assert not server.sent


@pytest.mark.parametrize("content", [b"not a database" * 100, b"\xff" * 5000])
def test_what_is_not_a_ledger_is_left_as_it_is(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path], content: bytes
) -> None:
    ledger.write_bytes(content)
    with pytest.raises(errors.LedgerError, match=r"uploads\.sqlite' cannot be used: file is not a database"):
        server.create_bulk(twin, video_files=files, ledger=ledger)
    assert ledger.read_bytes() == content


def test_a_folder_that_does_not_exist_holds_no_ledger(twin: Twin, server: FakePlatform, files: list[Path]) -> None:
    with pytest.raises(errors.LedgerError, match="there is no folder '/nowhere'"):
        server.create_bulk(twin, video_files=files, ledger="/nowhere/uploads.sqlite")


def test_how_uploads_ended_that_were_on_their_way_is_known(
    server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    def stop(sent: int, total: int | None) -> None:
        if len(server.tasks) >= 3:
            raise LookupError("enough")

    with pytest.raises(LookupError):
        server.create_bulk(Twin("sync"), video_files=files, ledger=ledger, on_progress=stop)
    known = read_states(ledger)
    assert "started" not in known.values()
    assert sorted(name for name, state in known.items() if state == "created") == server.filenames()


def test_an_interrupted_run_can_be_resumed(server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    sync = Twin("sync")

    def interrupt(name: str) -> None:
        if sum(server.sent.values()) == 5:
            _thread.interrupt_main()

    server.during = interrupt
    with pytest.raises(KeyboardInterrupt):
        server.create_bulk(sync, video_files=files, ledger=ledger, max_concurrency=2)
    assert len(server.tasks) < 10
    assert [thread.name for thread in threading.enumerate() if "bulk" in thread.name] == []
    server.during = lambda name: None
    assert all(result.task for result in server.create_bulk(sync, video_files=files, ledger=ledger))
    assert server.filenames() == [file.name for file in files]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_run_can_be_resumed(server: FakePlatform, ledger: Path, files: list[Path], backend: str) -> None:
    twin = Twin(backend)
    scopes: list[anyio.CancelScope] = []

    def cancel(name: str) -> None:
        if len(server.tasks) == 5:
            scopes[0].cancel()

    async def use(client: Any) -> None:
        with anyio.CancelScope() as scope:
            scopes.append(scope)
            await client.tasks.create_bulk(
                index_id=INDEX_ID, video_files=files, ledger=ledger, settling_seconds=SETTLING
            )
        assert scope.cancelled_caught

    server.during = cancel
    twin(use, httpx_client=httpx.AsyncClient(transport=httpx.MockTransport(server.respond)))
    assert len(server.tasks) < 10
    server.during = lambda name: None
    assert all(result.task for result in server.create_bulk(twin, video_files=files, ledger=ledger))
    assert server.filenames() == [file.name for file in files]
