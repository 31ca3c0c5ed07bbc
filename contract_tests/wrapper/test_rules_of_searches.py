"""The rules of docs/lost-responses.md, one by one: which task of a list is that of an upload, and which may be."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import Executor, Future
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, make_files
from contract_tests.support.twins import Twin
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.tasks._filenames import contended_names, is_plain
from twelvelabs_tasks.tasks._many.records import Records
from twelvelabs_tasks.tasks._many.unsettled import HEARTBEAT
from twelvelabs_tasks.tasks._searching import Claim, Search, Verdict
from twelvelabs_tasks.types import VideoIndexingTask

BEGAN = datetime(2024, 5, 1, 12, 0, 0, tzinfo=UTC)
ENDED = BEGAN + timedelta(seconds=60)
SIZE = 1000


def listed(number: int = 1, name: str | None = "a.mp4", at: float | None = 30.0, **metadata: Any) -> VideoIndexingTask:
    """Return a task of the list that was created some seconds after the upload began; `None` if that is not shown."""
    moment = None if at is None else (BEGAN + timedelta(seconds=at)).isoformat()
    given = {"filename": name, **metadata}
    return VideoIndexingTask.from_dict(
        {"_id": f"{number:024x}", "created_at": moment, "system_metadata": {k: v for k, v in given.items() if v}}
    )


def search(
    *tasks: VideoIndexingTask,
    name: str = "a.mp4",
    size: int | None = SIZE,
    date: datetime | None = None,
    given: str = "",
    others: tuple[str, ...] = (),
    **claim: Any,
) -> Verdict:
    """Return what a list says of an upload that took a minute, beside other uploads of unknown outcome."""
    is_url = claim.get("is_url", False)
    names = Counter(each for other in others for each in contended_names(other, is_url=False))
    names.update(contended_names(name, is_url=is_url))
    found = Search(
        [Claim(name, BEGAN, ENDED, size=size, **claim)],
        is_given=lambda task_id: task_id == given,
        contenders=lambda: names,
    )
    headers = {} if date is None else {"Date": format_datetime(date, usegmt=True)}
    found.take(tasks, httpx.Response(200, headers=headers), datetime.now(UTC))
    (verdict,) = found.verdicts()
    return verdict


def is_found(verdict: Verdict) -> bool:
    """Return whether the task is known; if not, the only one in the list has to be a candidate."""
    assert verdict.task is None or [each.id for each in verdict.candidates] == [verdict.task.id]
    return verdict.task is not None


@pytest.mark.parametrize(
    ("seconds", "found"), [(-5.1, False), (-5.0, True), (0, True), (60, True), (65.0, True), (65.1, False)]
)
def test_a_task_was_created_from_five_seconds_before_an_upload_until_five_after(seconds: float, found: bool) -> None:
    assert is_found(search(listed(at=seconds))) is found


@pytest.mark.parametrize(("size", "found"), [(SIZE, True), (SIZE + 1, False), (0, True), (None, True)])
def test_the_size_is_that_of_the_file_where_the_list_shows_one(size: int | None, found: bool) -> None:
    assert is_found(search(listed(size=size))) is found
    assert is_found(search(listed(size=size), size=None))


def test_a_task_of_another_size_is_not_even_a_candidate() -> None:
    assert search(listed(size=SIZE + 1)).candidates == ()


@pytest.mark.parametrize("name", ["A.mp4", "a%2Emp4", "folder/a.mp4", "(a).mp4"])
def test_a_task_of_a_similar_filename_is_a_candidate_and_not_found(name: str) -> None:
    verdict = search(listed(name=name))
    assert verdict.task is None
    assert len(verdict.candidates) == 1


def test_a_task_of_another_filename_is_no_candidate_of_a_plain_one() -> None:
    assert search(listed(name="b.mp4")).candidates == ()


@pytest.mark.parametrize("name", ['a"b.mp4', "ä.mp4", " a.mp4", "a.mp4 ", "a" * 197 + ".mp4", ""])
def test_any_task_is_a_candidate_of_a_filename_that_a_platform_may_change(name: str) -> None:
    assert not is_plain(name)
    verdict = search(listed(name="something else.mp4"), name=name)
    assert verdict.task is None
    assert len(verdict.candidates) == 1


@pytest.mark.parametrize("name", ["a.mp4", "A b-c_(1).mp4", "a" * 196 + ".mp4"])
def test_a_filename_of_ascii_letters_digits_and_some_marks_is_plain(name: str) -> None:
    assert is_plain(name)
    assert search(listed(name="something else.mp4"), name=name).candidates == ()


def test_any_task_is_a_candidate_of_a_video_from_a_url() -> None:
    assert len(search(listed(name="something else.mp4"), is_url=True).candidates) == 1


@pytest.mark.parametrize("other", [listed(2), listed(2, name=None), listed(2, at=None), listed(2, name=None, at=None)])
def test_no_other_task_that_might_be_it_lacks_its_filename_or_time(other: VideoIndexingTask) -> None:
    verdict = search(listed(1), other)
    assert verdict.task is None
    assert len(verdict.candidates) == 2


def test_a_task_that_belongs_to_another_upload_is_no_candidate() -> None:
    assert search(listed(1), given=f"{1:024x}").candidates == ()
    assert is_found(search(listed(1), listed(2), given=f"{1:024x}"))


@pytest.mark.parametrize(("other", "found"), [("a.mp4", False), ("A.mp4", False), ('x"y.mp4', False), ("b.mp4", True)])
def test_an_upload_of_unknown_outcome_and_a_similar_name_may_own_the_task(other: str, found: bool) -> None:
    assert is_found(search(listed(), others=(other,))) is found


@pytest.mark.parametrize("ahead", [-3600, 3600])
def test_the_clock_is_corrected_by_what_the_date_shows_now_or_showed_then(ahead: float) -> None:
    shifted = listed(at=30.0 + ahead)
    assert not is_found(search(shifted))
    assert is_found(search(shifted, date=datetime.now(UTC) + timedelta(seconds=ahead)))
    assert is_found(search(shifted, offset=timedelta(seconds=ahead)))


def test_all_other_uploads_are_done_before_the_list_is_searched(
    twin: Twin, server: FakePlatform, tmp_path: Path
) -> None:
    server.fates = {"000.mp4": [Fate.LOST]}
    server.create_bulk(twin, video_files=make_files(tmp_path, 6), max_concurrency=2)
    methods = [request.method for request in server.requests]
    assert methods[:6] == ["POST"] * 6
    assert "GET" in methods[6:]


def test_what_a_deleted_or_older_ledger_does_not_know_is_uploaded_again(
    server: FakePlatform, ledger: Path, tmp_path: Path
) -> None:
    files, twin = make_files(tmp_path, 2), Twin("sync")
    server.create_bulk(twin, video_files=files[:1], ledger=ledger)
    older = ledger.read_bytes()
    server.create_bulk(twin, video_files=files, ledger=ledger)
    ledger.write_bytes(older)
    server.create_bulk(twin, video_files=files, ledger=ledger)
    assert server.sent == {"000.mp4": 1, "001.mp4": 2}
    ledger.unlink()
    server.create_bulk(twin, video_files=files, ledger=ledger)
    assert server.sent == {"000.mp4": 2, "001.mp4": 3}


def test_a_run_records_about_once_a_second_that_it_is_active(
    server: FakePlatform, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert HEARTBEAT == 1.0
    monkeypatch.setattr("twelvelabs_tasks.tasks._many.bulk.HEARTBEAT", 0.02)
    seen: list[float] = []
    see = Records.see

    def count(records: Records, *arguments: Any) -> None:
        seen.append(time.monotonic())
        see(records, *arguments)

    monkeypatch.setattr(Records, "see", count)
    server.during = lambda _: until(lambda: len(seen) > 3, "signs of life during the upload")
    server.create_bulk(Twin("sync"), video_files=make_files(tmp_path, 1), ledger=ledger)
    assert len(seen) > 3


class StuckExecutor(Executor):
    """Workers elsewhere, the first of which never ends; ctrl-C is pressed at the second upload, and once more."""

    def __init__(self) -> None:
        self.submitted = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        if self.submitted == 2:
            threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
            raise KeyboardInterrupt
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        return future


def test_a_second_ctrl_c_ends_the_wait_and_the_ledger_says_how_long_uploads_may_continue(
    ledger: Path, tmp_path: Path
) -> None:
    files = make_files(tmp_path, 2)
    begun = datetime.now(UTC)
    with TwelveLabs(api_key="key", base_url="http://127.0.0.1:9") as client, pytest.raises(KeyboardInterrupt):
        client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=files, ledger=ledger, executor=StuckExecutor(), worker_timeout=500.0
        )
    with closing(sqlite3.connect(ledger)) as db:
        ((state, given_up_at),) = db.execute("SELECT state, given_up_at FROM uploads WHERE source LIKE '%000.mp4'")
    assert state == "started"
    left = datetime.fromisoformat(given_up_at) - begun
    assert timedelta(seconds=499) < left < timedelta(seconds=530)
