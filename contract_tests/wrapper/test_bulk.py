"""`create_bulk`, sentence by sentence, without a ledger and executors."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate, wait
from contract_tests.support.forms import parts_of
from contract_tests.support.sample_arguments import choices, examples
from contract_tests.support.samples import VIDEO, make_files, problem, task
from contract_tests.support.streams import OneWay
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks import BulkResult


def test_every_input_has_its_result_in_its_place(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files: list[Any] = [*make_files(tmp_path, 7), ("named.mp4", VIDEO), io.BytesIO(VIDEO)]
    urls = ["https://example.com/a.mp4", "https://example.com/b.mp4"]
    results = server.create_bulk(twin, video_files=iter(files), video_urls=iter(urls))
    assert [result.input for result in results] == [*files, *urls]
    names = {task["_id"]: task["system_metadata"]["filename"] for task in server.tasks}
    assert [names[result.task.id] for result in results] == [
        *(f"{number:03}.mp4" for number in range(7)), "named.mp4", "upload", "a.mp4", "b.mp4"
    ]  # fmt: skip
    assert [result.error for result in results] == [None] * 11


def test_a_failure_is_a_result_and_stops_no_other(
    twin: Twin, server: FakePlatform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: list[Any] = make_files(tmp_path, 5)
    server.fates = {"001.mp4": [httpx.Response(400, json=problem("video_file_broken", "No video."))]}
    files[3:3] = [tmp_path / "missing.mp4", 17, b"", io.StringIO("text")]
    results = server.create_bulk(twin, video_files=files)
    assert [type(result.error) for result in results] == [
        type(None), errors.VideoFileBrokenError, type(None), FileNotFoundError, TypeError, ValueError, TypeError,
        type(None), type(None),
    ]  # fmt: skip
    assert all((result.task is None) == (result.error is not None) for result in results)
    assert capsys.readouterr() == ("", "")


def test_all_tasks_have_the_arguments_in_common(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    (_, optional), *_ = choices("create_task")
    server.create_bulk(
        twin,
        video_files=make_files(tmp_path, 2),
        request_options={"additional_headers": {"x-trace": "1"}},
        **(examples("create_task", optional) | {"enable_video_stream": False, "user_metadata": {"a": 1}}),
    )
    assert server.requests
    for request in server.requests:
        parts = parts_of(request)
        assert parts.keys() == {"index_id", "video_file", *optional}
        assert parts["enable_video_stream"].content == b"false"
        assert parts["user_metadata"].content == b'{"a": 1}'
        assert request.headers["x-trace"] == "1"


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({}, ValueError, "video_files or video_urls must be given"),
        ({"video_files": "a.mp4"}, TypeError, "video_files must be an iterable"),
        ({"video_files": b"video"}, TypeError, "video_files must be an iterable"),
        ({"video_files": Path("a.mp4")}, TypeError, "video_files must be an iterable"),
        ({"video_files": io.BytesIO()}, TypeError, "video_files must be an iterable"),
        ({"video_urls": "https://example.com/a.mp4"}, TypeError, "video_urls must be an iterable"),
        ({"video_files": [], "index_id": ""}, ValueError, "index_id"),
        ({"video_files": [], "max_concurrency": 0}, ValueError, "max_concurrency must be at least 1"),
        (
            {"video_files": [], "settling_seconds": -1},
            ValueError,
            "settling_seconds must be a finite",
        ),
        (
            {"video_files": [], "settling_seconds": float("nan")},
            ValueError,
            "settling_seconds must be a finite",
        ),
    ],
)
def test_wrong_arguments_are_refused(
    twin: Twin, server: FakePlatform, arguments: dict[str, Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        server.create_bulk(twin, **arguments)
    assert not server.sent


def test_nothing_makes_nothing(twin: Twin, server: FakePlatform) -> None:
    assert server.create_bulk(twin, video_files=[], video_urls=[]) == []


@pytest.mark.parametrize("most", [1, 3])
def test_inputs_are_taken_as_uploads_begin(twin: Twin, server: FakePlatform, tmp_path: Path, most: int) -> None:
    ahead: list[int] = []
    taken = 0

    def files() -> Iterator[Path]:
        nonlocal taken
        for path in make_files(tmp_path, 20):
            taken += 1
            yield path

    server.during = lambda name: ahead.append(taken - sum(server.sent.values()))
    assert len(server.create_bulk(twin, video_files=files(), max_concurrency=most)) == 20
    assert max(ahead) <= most
    assert server.most_at_once <= most


def test_what_an_iterable_raises_ends_it_after_the_uploads_that_are_on_their_way(
    twin: Twin, server: FakePlatform, tmp_path: Path
) -> None:
    def files() -> Iterator[Path]:
        yield from make_files(tmp_path, 3)
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        server.create_bulk(twin, video_files=files(), max_concurrency=1)
    assert set(server.filenames()) <= {"000.mp4", "001.mp4", "002.mp4"}


def test_a_rate_limit_makes_all_wait_and_fails_none(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files = make_files(tmp_path, 8)
    server.fates = {path.name: [wait(), wait()] for path in files[:2]}
    results = server.create_bulk(twin, video_files=files, max_concurrency=2, request_options={"max_retries": 0})
    assert [result.error for result in results] == [None] * 8
    assert server.filenames() == [path.name for path in files]
    assert server.sent == {path.name: 3 if path in files[:2] else 1 for path in files}


@pytest.mark.slow
def test_503_with_retry_after_makes_all_wait_too(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"000.mp4": [httpx.Response(503, headers={"Retry-After": "0.01"})] * 2}
    (result,) = server.create_bulk(twin, video_files=make_files(tmp_path, 1))
    assert result.task is not None


def test_nothing_is_sent_during_the_pause_that_one_upload_was_told(
    twin: Twin, server: FakePlatform, tmp_path: Path
) -> None:
    server.fates = {"000.mp4": [wait(0.2)]}
    server.create_bulk(twin, video_files=make_files(tmp_path, 4), max_concurrency=1)
    assert [after - before >= 0.2 for before, after in itertools.pairwise(server.times)] == [
        True, False, False, False
    ]  # fmt: skip


def test_a_connection_that_cannot_be_made_is_tried_as_often_as_retries_are_allowed(
    twin: Twin, server: FakePlatform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twelvelabs_tasks.tasks._many.pace.SHORTEST", 0.01)
    server.fates = {"000.mp4": [Fate.UNREACHABLE, Fate.UNREACHABLE], "001.mp4": [Fate.UNREACHABLE] * 3}
    results = server.create_bulk(twin, video_files=make_files(tmp_path, 3))
    assert [type(result.error) for result in results] == [type(None), errors.ApiConnectionError, type(None)]
    assert server.sent == {"000.mp4": 3, "001.mp4": 3, "002.mp4": 1}


def test_a_stream_is_retried_from_where_it_stood(twin: Twin, server: FakePlatform) -> None:
    stream = io.BytesIO(b"before" + VIDEO)
    stream.seek(6)
    stream.name = "a.mp4"
    server.fates = {"a.mp4": [wait()]}
    (result,) = server.create_bulk(twin, video_files=[stream])
    assert result.task is not None
    assert [parts_of(request)["video_file"].content for request in server.requests] == [VIDEO, VIDEO]


def test_a_stream_that_made_no_task_is_retried_from_where_it_stood(twin: Twin, server: FakePlatform) -> None:
    stream = io.BytesIO(b"before" + VIDEO)
    stream.seek(6)
    server.fates = {"upload": [Fate.BROKEN]}
    (result,) = server.create_bulk(twin, video_files=[stream])
    assert result.task is not None
    sent = [parts_of(request) for request in server.requests if request.method == "POST"]
    assert [parts["video_file"].content for parts in sent] == [VIDEO, VIDEO]


def test_a_stream_that_made_no_task_and_cannot_be_rewound_is_reported(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"pipe.mp4": [Fate.BROKEN]}
    (result,) = server.create_bulk(twin, video_files=[OneWay(VIDEO)])
    assert isinstance(result.error, errors.CreateOutcomeUnknown)
    assert "cannot be rewound" in str(result.error)
    assert server.sent == {"pipe.mp4": 1}


def test_a_stream_that_cannot_be_rewound_is_sent_once(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"pipe.mp4": [wait()]}
    (result,) = server.create_bulk(twin, video_files=[OneWay(VIDEO)])
    assert isinstance(result.error, errors.TooManyRequestsError)
    assert server.sent == {"pipe.mp4": 1}


@pytest.mark.parametrize("created_at", [None, "yesterday"])
def test_a_task_that_does_not_say_when_it_was_created_may_be_any(
    twin: Twin, server: FakePlatform, tmp_path: Path, created_at: str | None
) -> None:
    (path,) = make_files(tmp_path, 1)
    server.tasks.append({**task(_id="1" * 24, system_metadata={"filename": path.name}), "created_at": created_at})
    server.fates[path.name] = [Fate.BROKEN]
    (result,) = server.create_bulk(twin, video_files=[path])
    assert isinstance(result.error, errors.CreateOutcomeUnknown)
    assert [candidate.id for candidate in result.error.candidates] == ["1" * 24]


def test_a_result_has_no_task_and_no_error_unless_it_is_given_one() -> None:
    result = BulkResult("a.mp4")
    assert (result.input, result.task, result.error) == ("a.mp4", None, None)
