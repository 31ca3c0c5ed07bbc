"""What happens to uploads of `create_bulk` whose response was lost, without a ledger."""

from __future__ import annotations

from pathlib import Path

import httpx

from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.samples import INDEX_ID, VIDEO, make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors


def test_a_task_whose_response_was_lost_is_found(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"001.mp4": [Fate.LOST], "002.mp4": [Fate.LOST]}
    results = server.create_bulk(twin, video_files=make_files(tmp_path, 4))
    assert [result.error for result in results] == [None] * 4
    names = {task["_id"]: task["system_metadata"]["filename"] for task in server.tasks}
    assert [names[result.task.id] for result in results] == ["000.mp4", "001.mp4", "002.mp4", "003.mp4"]
    assert set(server.sent.values()) == {1}


def test_an_upload_that_provably_made_no_task_is_retried(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"001.mp4": [Fate.BROKEN, Fate.BROKEN]}
    results = server.create_bulk(twin, video_files=make_files(tmp_path, 3))
    assert [result.error for result in results] == [None] * 3
    assert server.sent == {"000.mp4": 1, "001.mp4": 3, "002.mp4": 1}
    assert len(server.tasks) == 3


def test_an_upload_that_never_makes_a_task_is_given_up(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"001.mp4": [Fate.BROKEN] * 9}
    results = server.create_bulk(twin, video_files=make_files(tmp_path, 3))
    assert [type(result.error) for result in results] == [type(None), errors.CreateOutcomeUnknown, type(None)]
    assert isinstance(results[1].error.__cause__, errors.CreateOutcomeUnknown)
    assert server.sent["001.mp4"] == 3


def test_what_is_ambiguous_is_reported_and_not_retried(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"001.mp4": [Fate.LOST]}
    server.during = lambda name: server.add("001.mp4") if name == "001.mp4" else None
    results = server.create_bulk(twin, video_files=make_files(tmp_path, 3))
    error = results[1].error
    assert isinstance(error, errors.CreateOutcomeUnknown)
    assert (error.index_id, error.filename, len(error.candidates)) == (INDEX_ID, "001.mp4", 2)
    assert server.sent["001.mp4"] == 1


def test_two_files_of_the_same_name_are_not_taken_for_each_other(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"a.mp4": [Fate.LOST, Fate.CREATED]}
    results = server.create_bulk(twin, video_files=[("a.mp4", VIDEO), ("a.mp4", VIDEO)], max_concurrency=1)
    assert len({result.task.id for result in results}) == 2
    assert len(server.tasks) == 2


def test_two_lost_responses_of_the_same_name_are_reported(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"a.mp4": [Fate.LOST, Fate.LOST]}
    results = server.create_bulk(twin, video_files=[("a.mp4", VIDEO), ("a.mp4", VIDEO)])
    assert [len(result.error.candidates) for result in results] == [2, 2]
    assert len(server.tasks) == 2


def test_tasks_without_a_filename_in_the_list_may_be_anybodys(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.listed_as = lambda _: None
    server.during = lambda name: server.add("other.mp4")
    server.fates = {"000.mp4": [Fate.BROKEN]}
    (result,) = server.create_bulk(twin, video_files=make_files(tmp_path, 1))
    assert isinstance(result.error, errors.CreateOutcomeUnknown)
    assert server.sent["000.mp4"] == 1


def test_a_url_may_be_called_something_else_by_the_platform(twin: Twin, server: FakePlatform) -> None:
    url = "https://example.com/a.mp4"
    server.during = lambda name: server.add("a (1).mp4")
    server.fates = {"a.mp4": [Fate.BROKEN]}
    (result,) = server.create_bulk(twin, video_urls=[url])
    assert isinstance(result.error, errors.CreateOutcomeUnknown)
    assert server.sent["a.mp4"] == 1


def test_without_a_list_nothing_is_retried(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"000.mp4": [Fate.LOST]}
    server.list_fate = httpx.Response(403, json=problem("forbidden", "Not for you."))
    (result,) = server.create_bulk(twin, video_files=make_files(tmp_path, 1))
    assert isinstance(result.error, errors.CreateOutcomeUnknown)
    assert "the list cannot be read: Not for you." in str(result.error)
    assert server.sent["000.mp4"] == 1
