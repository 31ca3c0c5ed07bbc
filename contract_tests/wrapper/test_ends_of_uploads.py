"""When an upload ends, by other processes or executors too: nobody sends on, and nobody waits for what is over."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.clock import Clock
from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.polling import until
from contract_tests.support.samples import created, make_files, page
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import Ledger, TwelveLabs, errors

NAME = "clip.mp4"
ROOT = Path(__file__).parents[2]
SYNC = Twin("sync")
LARGE = 30_000_000  # bytes, more than the buffers of two sockets hold


class ElsewhereExecutor(Executor):
    """Does at once what it is given, and sends the result through pickle, as one with other processes does."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(fn(*args, **kwargs))))
        return future


@pytest.fixture(autouse=True)
def key_of_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes find in their environment."""
    monkeypatch.setenv("TWELVE_LABS_API_KEY", API_KEY)


# Other processes


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="zombies are found in /proc")
def test_forked_processes_do_not_send_on_when_their_parent_is_dead_but_was_not_waited_for(tmp_path: Path) -> None:
    go_on = threading.Event()
    begun: list[Arrival] = []
    ended: list[bool] = []

    def respond(arrival: Arrival) -> Iterator[bytes]:
        if arrival.method != "GET":
            begun.append(arrival)
            go_on.wait(60)
            size = int(dict(arrival.headers)["content-length"])
            ended.append(len(arrival.body) == size)
        yield raw_response(page([]) if arrival.method == "GET" else created())

    files = [tmp_path / f"{number}.mp4" for number in range(2)]
    for path in files:
        with path.open("wb") as file:
            file.truncate(LARGE)
    with serve(respond) as server:
        program = [sys.executable, "-m", "contract_tests.support.programs.orphaned", server.url, *map(str, files)]
        process = subprocess.Popen(program, cwd=ROOT, start_new_session=True)
        try:
            until(lambda: len(begun) == len(files), "the uploads")
            os.kill(process.pid, signal.SIGKILL)
            until(lambda: is_zombie(process.pid), "the death of the parent")
            go_on.set()
            until(lambda: len(ended) == len(files), "the end of the uploads")
        finally:
            go_on.set()
            os.killpg(process.pid, signal.SIGKILL)  # forked processes of a pool outlive it
            process.wait()
    assert ended == [False, False]


def is_zombie(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].startswith("Z")


def test_a_client_factory_that_cannot_be_pickled_is_reported_at_once(
    platform: FakePlatform, file: Path, ledger: Path
) -> None:
    with (
        ProcessPoolExecutor(1) as pool,
        pytest.raises((pickle.PicklingError, AttributeError, TypeError), match="pickle"),
    ):
        platform.create_in_turn(
            SYNC, video_files=[file], executor=pool, client_factory=lambda: TwelveLabs(), ledger=ledger
        )
    with Ledger(ledger) as opened:
        assert [upload.state for upload in opened.uploads()] == ["failed"]
    assert not platform.sent


@pytest.mark.usefixtures("clock")
def test_a_connection_that_could_not_be_made_elsewhere_is_tried_again(tmp_path: Path) -> None:
    server = FakePlatform(fates={"000.mp4": [Fate.UNREACHABLE]})
    with httpx.Client(transport=httpx.MockTransport(server.respond)) as http:
        factory = partial(TwelveLabs, api_key=API_KEY, base_url=BASE_URL, httpx_client=http)
        (result,) = server.create_bulk(
            SYNC, video_files=make_files(tmp_path, 1), executor=ElsewhereExecutor(), client_factory=factory
        )
    assert result.error is None
    assert server.sent == {"000.mp4": 2}


def test_an_upload_that_a_worker_gave_up_has_an_error_of_this_library(platform: FakePlatform, file: Path) -> None:
    (result,) = platform.create_in_turn(SYNC, video_files=[file], executor=ElsewhereExecutor(), worker_timeout=1e-6)
    assert type(result.error) is errors.ApiTimeoutError
    assert "worker_timeout" in str(result.error)
    assert not platform.sent


def test_an_upload_that_a_worker_reported_lost_is_retried_before_its_worker_timeout(
    platform: FakePlatform, file: Path, clock: Clock
) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    (result,) = platform.create_in_turn(SYNC, video_files=[file], executor=ElsewhereExecutor(), worker_timeout=600.0)
    assert result.task is not None, result
    assert sum(clock.slept) < 60
    assert platform.sent[NAME] == 2


# Other runs


def test_of_two_runs_that_make_the_same_ledger_at_the_same_moment_one_uploads(
    twin: Twin, platform: FakePlatform, file: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run begins while the first one is making the file of the ledger, and is faster."""
    make = tempfile.mkstemp
    runs: list[threading.Thread] = []

    def let_another_run_be_faster(*arguments: Any, **options: Any) -> tuple[int, str]:
        monkeypatch.setattr(tempfile, "mkstemp", make)
        run = threading.Thread(target=lambda: platform.create_in_turn(SYNC, video_files=[file], ledger=ledger))
        runs.append(run)
        run.start()
        until(lambda: platform.sent[NAME], "the upload of the other run")
        return make(*arguments, **options)

    platform.fates = {NAME: [Fate.HELD]}
    monkeypatch.setattr(tempfile, "mkstemp", let_another_run_be_faster)
    try:
        with pytest.raises(errors.LedgerError, match="another bulk creation uses it"):
            platform.create_in_turn(twin, video_files=[file], ledger=ledger)
    finally:
        platform.release()
        for run in runs:
            run.join()
    with Ledger(ledger) as opened:
        assert [upload.state for upload in opened.uploads()] == ["created"]
    assert platform.sent[NAME] == 1
    assert sorted(path.name for path in ledger.parent.iterdir()) == [NAME, ledger.name]
