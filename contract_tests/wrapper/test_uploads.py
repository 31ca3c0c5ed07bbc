"""Uploads: every form of a file arrives byte for byte, with progress, and again from its start when it is retried."""

from __future__ import annotations

import io
import os
import pathlib
from collections.abc import Callable, Iterator
from random import Random
from typing import IO, Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, VIDEO, created, problem
from contract_tests.support.streams import OneWay
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

BIG = Random(0).randbytes(1_400_000)
"""More than two pieces of an upload."""


@pytest.fixture
def upload(twin: Twin, platform: respx.MockRouter) -> Callable[..., httpx.Request]:
    """Create a task from a file; return the request that arrived."""

    def create(video_file: Any, **arguments: Any) -> httpx.Request:
        route = platform.post("/tasks").respond(json=created())
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=video_file, **arguments))
        request = route.calls.last.request
        assert isinstance(request, httpx.Request)
        return request

    return create


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """A file on disk."""
    path = tmp_path / "holiday.mp4"
    path.write_bytes(VIDEO)
    return path


class PathLike(os.PathLike[str]):
    def __init__(self, path: pathlib.Path) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return str(self._path)


@pytest.fixture(params=["str", "Path", "PathLike", "open file", "tuple of a path"])
def given(request: pytest.FixtureRequest, path: pathlib.Path) -> Iterator[Any]:
    """A file on disk, in each form it may be given in."""
    with path.open("rb") as stream:
        yield {
            "str": str(path),
            "Path": path,
            "PathLike": PathLike(path),
            "open file": stream,
            "tuple of a path": (None, path),
        }[request.param]


def test_a_file_arrives_byte_for_byte_under_its_name(upload: Callable[..., httpx.Request], given: Any) -> None:
    part = parts_of(upload(given))["video_file"]
    assert part.content == VIDEO
    assert part.filename == "holiday.mp4"
    assert part.content_type == "video/mp4"


@pytest.mark.parametrize(
    ("given", "filename", "content_type"),
    [
        (VIDEO, "upload", "application/octet-stream"),
        (io.BytesIO(VIDEO), "upload", "application/octet-stream"),
        ((None, VIDEO), "upload", "application/octet-stream"),
        (("a.mp4", VIDEO), "a.mp4", "video/mp4"),
        (("a.mp4", VIDEO, None), "a.mp4", "video/mp4"),
        (("a.mp4", VIDEO, "video/x-mine"), "a.mp4", "video/x-mine"),
        (("a.mp4", io.BytesIO(VIDEO), "video/x-mine", {"X-Part": "1"}), "a.mp4", "video/x-mine"),
        (('"quoted"; name="index_id".mp4', VIDEO), '"quoted"; name="index_id".mp4', "video/mp4"),
        (("película 映画.mp4", VIDEO), "película 映画.mp4", "video/mp4"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_content_and_name_may_be_given_apart(
    upload: Callable[..., httpx.Request], given: Any, filename: str, content_type: str
) -> None:
    if isinstance(given, tuple) and isinstance(given[1], io.BytesIO):
        given[1].seek(0)
    if isinstance(given, io.BytesIO):
        given.seek(0)
    part = parts_of(upload(given))["video_file"]
    assert (part.content, part.filename, part.content_type) == (VIDEO, filename, content_type)
    if isinstance(given, tuple) and len(given) == 4:
        assert part.headers["x-part"] == "1"


def test_the_headers_of_a_file_stay_as_the_caller_has_them(upload: Callable[..., httpx.Request]) -> None:
    headers = {"X-Part": "1"}
    upload(("a.mp4", VIDEO, None, headers))
    assert headers == {"X-Part": "1"}


def test_bytes_that_look_like_the_end_of_a_form_stay_in_the_video(upload: Callable[..., httpx.Request]) -> None:
    first, second = (upload(VIDEO).headers["content-type"] for _ in range(2))
    assert first != second, "a boundary that can be known can be put into a video"


def test_an_open_file_is_sent_from_where_it_stands_and_stays_open(
    upload: Callable[..., httpx.Request], path: pathlib.Path
) -> None:
    with path.open("rb") as stream:
        stream.seek(100)
        assert parts_of(upload(stream))["video_file"].content == VIDEO[100:]
        assert not stream.closed


@pytest.mark.parametrize("status", [200, 400])
def test_a_path_is_closed_afterwards(
    twin: Twin, platform: respx.MockRouter, path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    opened: list[IO[bytes]] = []
    open_path = pathlib.Path.open

    def remember(self: pathlib.Path, mode: str = "r") -> Any:
        opened.append(open_path(self, mode))
        return opened[-1]

    monkeypatch.setattr(pathlib.Path, "open", remember)
    platform.post("/tasks").respond(status, json=created() if status == 200 else problem())
    try:
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=path))
    except errors.BadRequestError:
        assert status == 400
    assert [stream.closed for stream in opened] == [True]


def test_the_length_of_an_upload_is_declared_if_it_is_known(upload: Callable[..., httpx.Request]) -> None:
    request = upload(BIG)
    assert int(request.headers["content-length"]) == len(request.read())
    assert "transfer-encoding" not in request.headers


def test_a_stream_that_cannot_be_rewound_is_sent_in_chunks(upload: Callable[..., httpx.Request]) -> None:
    request = upload(OneWay(BIG))
    part = parts_of(request)["video_file"]
    assert (part.content, part.filename) == (BIG, "pipe.mp4")
    assert request.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in request.headers


def test_a_stream_that_cannot_be_rewound_is_sent_once(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    route = platform.post("/tasks").respond(429, json=problem())
    with pytest.raises(errors.TooManyRequestsError):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=OneWay(VIDEO)))
    assert route.call_count == 1


def test_progress_counts_the_bytes_of_the_file(upload: Callable[..., httpx.Request]) -> None:
    told: list[tuple[int, int | None]] = []
    upload(BIG, on_progress=lambda sent, total: told.append((sent, total)))
    sent = [count for count, _ in told]
    assert sent[0] == 0
    assert sent[-1] == len(BIG)
    assert sent == sorted(set(sent))
    assert len(sent) > 3
    assert {total for _, total in told} == {len(BIG)}


def test_progress_counts_from_where_the_file_stood(upload: Callable[..., httpx.Request]) -> None:
    told: list[tuple[int, int | None]] = []
    stream = io.BytesIO(VIDEO)
    stream.seek(1000)
    upload(stream, on_progress=lambda sent, total: told.append((sent, total)))
    assert told == [(0, len(VIDEO) - 1000), (len(VIDEO) - 1000, len(VIDEO) - 1000)]


def test_progress_knows_no_total_of_a_stream_that_cannot_be_measured(upload: Callable[..., httpx.Request]) -> None:
    told: list[tuple[int, int | None]] = []
    upload(OneWay(VIDEO), on_progress=lambda sent, total: told.append((sent, total)))
    assert told == [(0, None), (len(VIDEO), None)]


def test_a_retried_upload_starts_again_whole_with_all_its_fields(
    twin: Twin, platform: respx.MockRouter, clock: Clock
) -> None:
    told: list[int] = []
    route = platform.post("/tasks")
    route.side_effect = [httpx.Response(429), httpx.ConnectError("refused"), httpx.Response(201, json=created())]
    stream = io.BytesIO(b"before" + VIDEO)
    stream.seek(len(b"before"))
    twin(
        lambda client: client.tasks.create(
            index_id=INDEX_ID,
            video_file=stream,
            enable_video_stream=False,
            user_metadata={"a": 1},
            on_progress=lambda sent, total: told.append(sent),
        )
    )
    assert told == [0, len(VIDEO)] * 3
    for call in route.calls:
        parts = parts_of(call.request)
        assert set(parts) == {"index_id", "video_file", "enable_video_stream", "user_metadata"}
        assert parts["video_file"].content == VIDEO


def test_what_a_callback_raises_ends_the_upload(twin: Twin, platform: respx.MockRouter) -> None:
    def stop(sent: int, total: int | None) -> None:
        raise KeyboardInterrupt if sent else RuntimeError("enough")

    route = platform.post("/tasks").respond(json=created())
    with pytest.raises(RuntimeError, match="enough"):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, on_progress=stop))
    assert route.call_count == 0
