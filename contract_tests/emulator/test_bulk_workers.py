"""Uploads in other processes that outlive their bulk creation: none of them makes a second task."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.held_platform import HeldPlatform, make_large_files
from contract_tests.support.polling import until
from contract_tests.support.programs.workers import CONCURRENCY, WORKERS
from contract_tests.support.samples import INDEX_ID, make_files
from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import TwelveLabs, errors

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SETTLING = 0.1
QUIET = 1.0  # seconds in which nothing more must begin


class RemoteExecutor(Executor):
    """Workers that are not children of this process: it knows nothing of them but what travels through pickle."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        sent = pickle.dumps((fn, args, kwargs))

        def run() -> Any:
            function, arguments, options = pickle.loads(sent)
            return pickle.loads(pickle.dumps(function(*arguments, **options)))

        return self._threads.submit(run)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)


@pytest.fixture(autouse=True)
def key_of_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes find in their environment."""
    monkeypatch.setenv("TWELVE_LABS_API_KEY", API_KEY)


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """A pool of processes, which begin when they are first used."""
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(params=["processes", "workers elsewhere"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Who sends."""
    if request.param == "processes":
        yield request.getfixturevalue("processes")
        return
    with RemoteExecutor(WORKERS) as executor:
        yield executor


@pytest.fixture
def server() -> HeldPlatform:
    """The platform."""
    return HeldPlatform()


@pytest.fixture
def url(server: HeldPlatform) -> Iterator[str]:
    """Where the platform is."""
    with server.serving() as url:
        yield url


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """As many files as are on their way at once."""
    return make_large_files(tmp_path / "videos", CONCURRENCY)


@pytest.fixture
def client(url: str) -> Iterator[TwelveLabs]:
    """The client that resumes."""
    with TwelveLabs(api_key=API_KEY, base_url=url) as client:
        yield client


def create_bulk(client: TwelveLabs, files: Any, **arguments: Any) -> list[Any]:
    given = {"index_id": INDEX_ID, "settling_seconds": SETTLING, "max_concurrency": CONCURRENCY, **arguments}
    return client.tasks.create_bulk(video_files=files, **given)


@contextmanager
def run_uploads(url: str, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program; end it afterwards, with its workers, which are of its process group."""
    command = [sys.executable, "-m", "contract_tests.support.programs.workers", *map(str, arguments)]
    environment = {**os.environ, "TWELVELABS_BASE_URL": url}
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the program, and none of its workers."""
    process.kill()
    process.wait()


def check_each_has_one_task(server: HeldPlatform, files: list[Path]) -> None:
    """Check what there is when no upload is on its way any more, and none begins."""
    until(lambda: server.under_way == 0, "the end of all uploads")
    begun, end = server.begun, time.monotonic() + QUIET
    until(lambda: server.begun > begun or time.monotonic() > end, "quiet")
    until(lambda: server.under_way == 0, "the end of all uploads")
    assert server.filenames() == [file.name for file in files]


@pytest.mark.parametrize("kind", ["fork", "spawn"])
def test_the_processes_of_a_killed_bulk_creation_end_their_uploads_and_begin_no_others(
    server: HeldPlatform, url: str, client: TwelveLabs, files: list[Path], tmp_path: Path, kind: str
) -> None:
    ledger = tmp_path / "uploads.sqlite"
    with run_uploads(url, kind, files[0].parent, ledger) as process, ThreadPoolExecutor(1) as thread:
        until(lambda: server.begun == WORKERS, "uploads")
        kill(process)
        resumed = thread.submit(create_bulk, client, files, ledger=ledger)
        until(lambda: server.begun > WORKERS or resumed.done(), "uploads of the run that resumes")
        server.gate.set()
        assert [result.error for result in resumed.result()] == [None] * len(files)
        check_each_has_one_task(server, files)


def test_uploads_of_workers_elsewhere_are_not_retried_before_these_have_given_up(
    server: HeldPlatform, url: str, client: TwelveLabs, tmp_path: Path
) -> None:
    ledger, files = tmp_path / "uploads.sqlite", make_large_files(tmp_path / "videos", 2)
    with run_uploads(url, "detached", files[0].parent, ledger, "5") as process, ThreadPoolExecutor(1) as thread:
        until(lambda: server.begun == 2, "uploads")
        kill(process)
        resumed = thread.submit(create_bulk, client, files, ledger=ledger)
        end = time.monotonic() + QUIET
        until(lambda: server.begun > 2 or time.monotonic() > end, "uploads of the run that resumes")
        server.gate.set()
        results = resumed.result()
    check_each_has_one_task(server, files)
    assert [result.error for result in results] == [None] * 2
    assert server.begun == 2


def test_a_worker_gives_up_an_upload_in_time_and_begins_none_too_late(
    server: HeldPlatform, client: TwelveLabs, tmp_path: Path
) -> None:
    ledger, files = tmp_path / "uploads.sqlite", make_large_files(tmp_path / "videos", 2)
    with RemoteExecutor(1) as executor, ThreadPoolExecutor(1) as thread:
        limited = thread.submit(create_bulk, client, files, ledger=ledger, executor=executor, worker_timeout=0.5)
        until(lambda: server.begun == 1 or limited.done(), "an upload")
        end = time.monotonic() + 0.6
        until(lambda: time.monotonic() > end, "the end of the time it has")
        server.gate.set()
        results = limited.result()
        assert [isinstance(result.error, errors.TwelveLabsError) for result in results] == [True] * 2
        assert (server.begun, server.broken, server.tasks) == (1, 1, [])
        again = create_bulk(client, files, ledger=ledger, executor=executor)
    assert [result.error for result in again] == [None] * 2
    assert server.filenames() == [file.name for file in files]


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_workers_must_have_some_time(client: TwelveLabs, tmp_path: Path, seconds: float) -> None:
    with RemoteExecutor(1) as executor, pytest.raises(ValueError, match="worker_timeout"):
        create_bulk(client, make_files(tmp_path, 1), executor=executor, worker_timeout=seconds)


def test_uploads_that_are_on_their_way_when_the_iterable_raises_are_waited_for(
    server: HeldPlatform, client: TwelveLabs, tmp_path: Path, executor: Executor
) -> None:
    ledger, files = tmp_path / "uploads.sqlite", make_large_files(tmp_path / "videos", 2)
    raised: list[float] = []

    def some() -> Iterator[Path]:
        yield from files
        until(lambda: server.begun == 1, "an upload")
        raised.append(time.monotonic())
        raise LookupError("no more")

    def create() -> list[Any]:
        with pytest.raises(LookupError, match="no more"):
            create_bulk(client, some(), ledger=ledger, executor=executor)
        return create_bulk(client, files, ledger=ledger, executor=executor)

    with ThreadPoolExecutor(1) as thread:
        created = thread.submit(create)
        until(lambda: raised and (server.begun > 1 or time.monotonic() > raised[0] + QUIET), "another upload")
        server.gate.set()
        results = created.result()
    assert [result.error for result in results] == [None] * 2
    check_each_has_one_task(server, files)


def test_entries_of_a_folder_are_sent_by_other_processes(
    server: HeldPlatform, client: TwelveLabs, tmp_path: Path, executor: Executor
) -> None:
    server.gate.set()
    make_large_files(tmp_path / "videos", 3)
    with os.scandir(tmp_path / "videos") as entries:
        results = create_bulk(client, entries, executor=executor, ledger=tmp_path / "uploads.sqlite")
    assert [result.error for result in results] == [None] * 3
    assert server.filenames() == ["000.mp4", "001.mp4", "002.mp4"]
