"""Hostile inputs of `create_bulk`, and of `create` where it shares them: none ends the others, none is sent as nothing.

What is not a regular file cannot be retried, and may never end; so it is no path of a bulk creation. What cannot be
encoded, or raises when it is inspected, is the failure of one input.
"""

from __future__ import annotations

import os
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import httpx
import pytest
import respx

from contract_tests.support.fake_platform import FakePlatform, wait
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, VIDEO, created, make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import TwelveLabs, errors
from twelvelabs_tasks.tasks._many.remote import Errand
from twelvelabs_tasks.tasks._many.uploads import BulkUpload
from twelvelabs_tasks.tasks._new_task import NewTask

SURROGATE = "\ud800"


def with_others(tmp_path: Path, *given: Any) -> list[Any]:
    """Return inputs among two files without anything special, which must not be kept from being sent."""
    first, last = make_files(tmp_path, 2)
    return [first, *given, last]


def check_others(results: list[Any]) -> None:
    assert [results[0].error, results[-1].error] == [None, None]


def pipe(content: bytes) -> IO[bytes]:
    """Return the end of a pipe that has some bytes, and no more."""
    read, write = os.pipe()
    os.write(write, content)
    os.close(write)
    return os.fdopen(read, "rb")


@pytest.fixture
def fifo(tmp_path: Path) -> Iterator[Path]:
    """A FIFO; whoever opens it finds a video there, so that no test hangs."""
    path = tmp_path / "fifo.mp4"
    os.mkfifo(path)
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            with suppress(OSError):  # Nobody reads it.
                descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
                os.write(descriptor, VIDEO)
                os.close(descriptor)
            time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    yield path
    over.set()
    writer.join()


def test_a_fifo_is_not_a_file_of_a_bulk_creation(twin: Twin, server: FakePlatform, tmp_path: Path, fifo: Path) -> None:
    results = server.create_bulk(twin, video_files=with_others(tmp_path, fifo, ("a.mp4", fifo)))
    for result in results[1:3]:
        assert isinstance(result.error, ValueError)
        assert "not a regular file" in str(result.error)
    check_others(results)
    assert server.filenames() == ["000.mp4", "001.mp4"]


@pytest.mark.parametrize("ledger", [None, "uploads.sqlite"])
def test_the_path_of_a_pipe_is_not_a_file_of_a_bulk_creation(
    twin: Twin, server: FakePlatform, tmp_path: Path, ledger: str | None
) -> None:
    with pipe(VIDEO) as stream:
        path = f"/dev/fd/{stream.fileno()}"
        server.fates = {Path(path).name: [wait()]}  # retried after that, it would be empty
        results = server.create_bulk(twin, video_files=with_others(tmp_path, path), ledger=ledger and tmp_path / ledger)
    assert isinstance(results[1].error, ValueError)
    assert "not a regular file" in str(results[1].error)
    check_others(results)
    assert server.filenames() == ["000.mp4", "001.mp4"]


@pytest.mark.parametrize("kind", ["device", "folder", "socket"])
def test_what_is_not_a_regular_file_fails_alone(twin: Twin, server: FakePlatform, tmp_path: Path, kind: str) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        path = {"device": Path("/dev/zero"), "folder": tmp_path, "socket": tmp_path / "socket"}[kind]
        results = server.create_bulk(twin, video_files=with_others(tmp_path, path))
    assert isinstance(results[1].error, IsADirectoryError if kind == "folder" else ValueError)
    assert kind == "folder" or "not a regular file" in str(results[1].error)
    check_others(results)


def test_a_stream_that_cannot_be_rewound_is_sent_once_and_the_error_says_so(twin: Twin, server: FakePlatform) -> None:
    server.fates = {"pipe.mp4": [wait()]}
    with pipe(VIDEO) as stream:
        (result,) = server.create_bulk(twin, video_files=[("pipe.mp4", stream)])
    assert isinstance(result.error, errors.TooManyRequestsError)
    assert "cannot be rewound" in "".join(result.error.__notes__)
    assert server.sent == {"pipe.mp4": 1}


def test_an_empty_pipe_is_not_sent(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    with pipe(b"") as stream:
        results = server.create_bulk(twin, video_files=with_others(tmp_path, ("pipe.mp4", stream)))
    assert isinstance(results[1].error, ValueError)
    assert "empty" in str(results[1].error)
    check_others(results)
    assert server.filenames() == ["000.mp4", "001.mp4"]


def test_an_empty_pipe_is_not_sent_by_create_either(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post("/tasks").respond(json=created())
    with pipe(b"") as stream, pytest.raises(ValueError, match="empty"):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=("pipe.mp4", stream)))
    assert not route.called


class AllAtNothing:
    """A stream from which `read(0)` reads all there is, as some do that take 0 for no limit."""

    name = "all.mp4"

    def __init__(self, content: bytes) -> None:
        self._rest = content
        self.sizes: list[int] = []

    def read(self, size: int = 0) -> bytes:
        self.sizes.append(size)
        piece = self._rest[: size or None]
        self._rest = self._rest[len(piece) :]
        return piece


def test_a_stream_is_never_read_for_zero_bytes(twin: Twin, server: FakePlatform) -> None:
    stream = AllAtNothing(VIDEO)
    (result,) = server.create_bulk(twin, video_files=[stream])
    assert result.error is None
    (request,) = server.requests
    assert parts_of(request)["video_file"].content == VIDEO
    assert min(stream.sizes) > 0


def test_a_stream_is_never_read_for_zero_bytes_by_create(twin: Twin, platform: respx.MockRouter) -> None:
    stream = AllAtNothing(VIDEO)
    route = platform.post("/tasks").respond(json=created())
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=stream))
    assert parts_of(route.calls.last.request)["video_file"].content == VIDEO
    assert min(stream.sizes) > 0


def test_a_folder_whose_name_is_not_unicode_holds_files_like_any_other(
    twin: Twin, server: FakePlatform, tmp_path: Path
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Gen\xe8ve"))
    folder.mkdir()
    file = folder / "a.mp4"
    file.write_bytes(VIDEO)
    given = with_others(tmp_path, file)
    first = server.create_bulk(twin, video_files=given, ledger=tmp_path / "uploads.sqlite")
    second = server.create_bulk(twin, video_files=given, ledger=tmp_path / "uploads.sqlite")
    assert [result.error for result in first] == [None] * 3
    assert [result.task for result in second] == [result.task for result in first]
    assert set(server.sent.values()) == {1}


def test_a_file_whose_name_is_not_unicode_fails_by_itself(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Gen\xe8ve.mp4"))
    file.write_bytes(VIDEO)
    given = with_others(tmp_path, file, ("Geneva.mp4", file))
    results = server.create_bulk(twin, video_files=given, ledger=tmp_path / "uploads.sqlite")
    assert isinstance(results[1].error, ValueError)
    assert results[2].error is None
    check_others(results)


@pytest.mark.slow
@pytest.mark.parametrize("ledger", [None, "uploads.sqlite"])
def test_a_refusal_that_is_not_unicode_is_the_failure_of_one_input(
    twin: Twin, server: FakePlatform, tmp_path: Path, ledger: str | None
) -> None:
    body = problem("parameter_invalid", "PLACE is invalid.")
    content = httpx.Response(400, json=body).content.replace(b"PLACE", b"\\ud800")
    server.fates = {"a.mp4": [httpx.Response(400, content=content)] * 2}
    file = tmp_path / "a.mp4"
    file.write_bytes(VIDEO)
    given = with_others(tmp_path, file)
    for _ in range(2 if ledger else 1):
        results = server.create_bulk(twin, video_files=given, ledger=ledger and tmp_path / ledger)
        assert isinstance(results[1].error, errors.BadRequestError)
        assert SURROGATE in str(results[1].error)
        check_others(results)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["_id", "video_id"])
def test_an_identifier_that_is_not_unicode_stops_no_other_input(
    twin: Twin, server: FakePlatform, tmp_path: Path, name: str
) -> None:
    content = httpx.Response(200, json=created(**{name: "PLACE"})).content.replace(b"PLACE", b"\\ud800")
    server.fates = {"a.mp4": [httpx.Response(200, content=content)]}
    file = tmp_path / "a.mp4"
    file.write_bytes(VIDEO)
    given = with_others(tmp_path, file)
    results = server.create_bulk(twin, video_files=given, ledger=tmp_path / "uploads.sqlite")
    assert (results[1].task is None) != (results[1].error is None)
    check_others(results)
    assert server.sent["a.mp4"] == 1


@pytest.mark.parametrize("ledger", [None, "uploads.sqlite"])
def test_a_url_that_is_not_unicode_stops_no_other_input(
    twin: Twin, server: FakePlatform, tmp_path: Path, ledger: str | None
) -> None:
    urls = ["https://example.com/a.mp4", f"https://example.com/{SURROGATE}.mp4", "https://example.com/b.mp4"]
    results = server.create_bulk(twin, video_urls=urls, ledger=ledger and tmp_path / ledger)
    assert (results[1].task is None) != (results[1].error is None)
    check_others(results)


class Grumpy:
    """A file that raises an exception when something of it is inspected, or called."""

    def __init__(self, what: str) -> None:
        self._what = what

    @property
    def name(self) -> str:
        self._look_at("name")
        return "a.mp4"

    @property
    def seekable(self) -> Callable[[], bool]:
        self._look_at("seekable")
        return self._seekable

    def _seekable(self) -> bool:
        self._look_at("seekable()")
        return False

    def _look_at(self, what: str) -> None:
        if what == self._what:
            raise LookupError(what)

    def read(self, size: int = -1) -> bytes:
        return VIDEO


@pytest.mark.parametrize(
    ("what", "ledger"), [("name", None), ("name", "uploads.sqlite"), ("seekable", None), ("seekable()", None)]
)
def test_a_file_object_that_raises_is_the_failure_of_one_input(
    twin: Twin, server: FakePlatform, tmp_path: Path, what: str, ledger: str | None
) -> None:
    given = with_others(tmp_path, Grumpy(what))
    results = server.create_bulk(twin, video_files=given, ledger=ledger and tmp_path / ledger)
    assert isinstance(results[1].error, LookupError)
    assert str(results[1].error) == what
    check_others(results)
    assert server.filenames() == ["000.mp4", "001.mp4"]


class DirEntry:
    """A path whose text is not the path, and which cannot travel, like an entry of `os.scandir`."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def __fspath__(self) -> str:
        return self._path

    def __reduce__(self) -> str:
        raise TypeError("cannot be pickled")


@pytest.mark.parametrize("name", [None, "other.mp4"])
def test_a_path_travels_to_other_processes_as_what_it_leads_to(tmp_path: Path, name: str | None) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(VIDEO)
    upload = BulkUpload(0, DirEntry(file) if name is None else (name, DirEntry(file)), is_url=False)
    upload.prepare(INDEX_ID, lasting=True, only_paths=True)
    new_task = NewTask({"index_id": INDEX_ID}, preflight=False, options=None)
    errand = pickle.loads(pickle.dumps(Errand.of(upload, new_task, TwelveLabs)))
    assert errand.video_file == (name or "a.mp4", str(file), "video/mp4", {})
    assert upload.key.source == str(file)
