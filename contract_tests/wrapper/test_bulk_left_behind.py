"""Uploads that a run left behind without an outcome, and what a later run makes of them."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.ledgers import leave_started, read_states
from contract_tests.support.samples import make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Ten files."""
    folder = tmp_path / "videos"
    folder.mkdir()
    return make_files(folder, 10)


def test_an_upload_left_behind_is_found(twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]) -> None:
    leave_started(ledger, files[4])
    task_id = server.add("004.mp4", ago=8)
    results = server.create_bulk(twin, video_files=files, ledger=ledger)
    assert results[4].task.id == task_id
    assert server.sent["004.mp4"] == 0
    assert set(read_states(ledger).values()) == {"created"}


@pytest.mark.slow
def test_an_upload_that_was_left_behind_without_a_task_is_retried(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    leave_started(ledger, files[4])
    server.add("004.mp4", ago=60)  # by somebody else, long before
    server.add("other.mp4", ago=5)
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[4].task is not None
    assert server.sent["004.mp4"] == 1


@pytest.mark.slow
def test_an_upload_that_was_left_behind_is_searched_for_only_after_it_may_be_seen(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    leave_started(ledger, files[0])
    began = time.monotonic()
    server.create_bulk(twin, video_files=files[:1], ledger=ledger, settling_seconds=0.3)
    assert server.times[1] - began >= 0.3  # the first request asks for the time of the platform


@pytest.mark.slow
def test_an_ambiguous_upload_is_reported_in_every_run_until_it_is_clear(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    leave_started(ledger, files[4])
    server.add("004.mp4", ago=8)
    server.add("004.mp4", ago=7)
    for _ in range(2):
        result = server.create_bulk(twin, video_files=files, ledger=ledger)[4]
        assert isinstance(result.error, errors.CreateOutcomeUnknown)
        assert len(result.error.candidates) == 2
        assert read_states(ledger)["004.mp4"] == "started"
    del server.tasks[0]
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[4].task is not None
    assert server.sent["004.mp4"] == 0


@pytest.mark.slow
def test_a_task_that_the_ledger_knows_is_not_a_candidate(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    twins = make_files(folder, 1)
    first = server.create_bulk(twin, video_files=files, ledger=ledger)
    leave_started(ledger, twins[0], ago=0)
    (second,) = server.create_bulk(twin, video_files=twins, ledger=ledger)
    assert second.task.id not in {result.task.id for result in first}
    assert server.sent["000.mp4"] == 2


def test_one_task_is_not_taken_for_that_of_two_uploads(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    same_name = [files[0], *make_files(folder, 1)]
    for file in same_name:
        leave_started(ledger, file)
    server.add("000.mp4", ago=8)
    results = server.create_bulk(twin, video_files=same_name, ledger=ledger)
    assert [len(result.error.candidates) for result in results] == [1, 1]
    assert not server.sent


@pytest.mark.slow
def test_an_outcome_that_stays_unknown_is_kept_for_the_next_run(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [Fate.LOST]}
    server.list_fate = httpx.Response(403, json=problem())
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[0].task is None
    server.list_fate = None
    assert server.create_bulk(twin, video_files=files, ledger=ledger)[0].task is not None
    assert set(server.sent.values()) == {1}


@pytest.mark.slow
def test_an_upload_without_a_task_is_retried_in_the_run_that_lost_it(
    twin: Twin, server: FakePlatform, ledger: Path, files: list[Path]
) -> None:
    server.fates = {"000.mp4": [Fate.BROKEN]}
    assert all(result.task for result in server.create_bulk(twin, video_files=files, ledger=ledger))
    assert len(server.tasks) == 10
