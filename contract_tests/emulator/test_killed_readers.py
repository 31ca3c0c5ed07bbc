"""Readers that another program kills, or for which there are no descriptors: no video is called broken for that."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import Upload, platform_of
from contract_tests.support.polling import until
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.workers.pool import WorkerProcesses
from twelvelabs_emulator.workers.processes import Spawner, Worker
from twelvelabs_emulator.workers.workers import Packaging
from twelvelabs_tasks import video

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no workers")

CROWD = 40


@pytest.fixture
def workers() -> Iterator[WorkerProcesses]:
    workers = WorkerProcesses()
    yield workers
    workers.close()


def strike(workers: WorkerProcesses, monkeypatch: pytest.MonkeyPatch, how: int, times: int) -> list[int]:
    """Have somebody end the reader of each of the next jobs, as soon as it has its job; the readers, as they come."""
    struck: list[int] = []
    spawn = Spawner.spawn

    def spawn_and_strike(spawner: Spawner) -> Worker:
        worker = spawn(spawner)
        # Another emulator of this process may be at work in the background.
        if len(struck) < times and spawner is workers._spawner:
            struck.append(worker.number)
            os.kill(worker.number, how)
        return worker

    monkeypatch.setattr(Spawner, "spawn", spawn_and_strike)
    monkeypatch.setattr(workers, "_reuse", lambda: None)
    return struck


def test_a_video_whose_reader_somebody_kills_is_read_by_another(
    workers: WorkerProcesses, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    struck = strike(workers, monkeypatch, signal.SIGKILL, 2)
    with videos.cheap().open("rb") as file:
        assert isinstance(workers.examine(file, 10**9), video.Video)
    assert len(struck) == 2


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGPROF], ids=lambda how: how.name)
def test_a_video_whose_reader_crashes_is_broken_at_once(
    how: int, workers: WorkerProcesses, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    struck = strike(workers, monkeypatch, how, 100)
    with videos.cheap().open("rb") as file:
        assert isinstance(workers.examine(file, 10**9), video.Fault)
    assert len(struck) == 1


def test_a_video_whose_readers_alone_are_killed_every_time_is_broken(
    workers: WorkerProcesses, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    struck = strike(workers, monkeypatch, signal.SIGKILL, 100)
    with videos.cheap().open("rb") as file:
        assert isinstance(workers.examine(file, 10**9), video.Fault)
    assert 1 < len(struck) < 10


def test_a_video_is_not_broken_when_its_reader_is_gone_before_the_process_that_started_it(
    workers: WorkerProcesses, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    spawn = Spawner.spawn
    struck: list[int] = []

    def spawn_and_strike(spawner: Spawner) -> Worker:
        worker = spawn(spawner)
        if not struck and spawner is workers._spawner:
            struck.append(worker.number)
            os.kill(worker.number, signal.SIGKILL)
            # It ends a moment after its reader, as those who end all processes of a group may have it.
            threading.Timer(0.05, spawner._process.kill).start()
        return worker

    monkeypatch.setattr(Spawner, "spawn", spawn_and_strike)
    with videos.cheap().open("rb") as file:
        assert isinstance(workers.examine(file, 10**9), video.Video)


def test_a_stream_is_not_begun_before_what_an_earlier_maker_left_is_gone(
    workers: WorkerProcesses, videos: Videos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, found = tmp_path / "made", list[bool]()

    def prepare() -> None:
        found.append(folder.exists())
        shutil.rmtree(folder, ignore_errors=True)

    hand_over = WorkerProcesses._hand_over

    def kill_midway(workers: WorkerProcesses, worker: Worker, job: Any) -> dict[str, Any]:
        if len(found) == 1:
            for name in ("stream", "thumbnails"):
                (folder / name).mkdir(parents=True)
                (folder / name / "half").touch()
            os.kill(worker.number, signal.SIGKILL)
        return hand_over(workers, worker, job)

    monkeypatch.setattr(WorkerProcesses, "_hand_over", kill_midway)
    packaging = Packaging(videos.cheap(), folder, "v", 12.0, patient=False)
    assert workers.package(packaging, 30.0, threading.Event(), prepare) == 3
    assert found == [False, True]
    assert not list(folder.rglob("half"))


@pytest.mark.slow
def test_a_stream_is_made_anew_when_its_maker_is_killed(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    # Loaded beforehand, so that the only reader is the one that makes the stream.
    slow = videos.make("remade.mp4", duration=12.0, codec="mpeg4", width=1280, height=720)
    platform = platform_of(emulator)
    task_id = upload(slow).json()["_id"]
    made = platform.files.stream(task_id) / "stream"
    until(lambda: made.is_dir() and any(made.iterdir()), "the beginning of the stream")
    workers = platform.workers
    assert isinstance(workers, WorkerProcesses)
    spawner = workers._spawner._process.pid
    for number in [spawner, *children(spawner)]:
        os.kill(number, signal.SIGKILL)
    until(lambda: http.get(f"/tasks/{task_id}").json()["hls"]["status"] != "PROCESSING", "the stream")
    assert http.get(f"/tasks/{task_id}").json()["hls"]["status"] == "COMPLETE"


def children(number: int) -> list[int]:
    """Return the children of a process, as `/proc` has them."""
    listed = (Path(f"/proc/{number}/task") / str(number) / "children").read_text()
    return [int(child) for child in listed.split()]


@pytest.mark.slow
def test_without_descriptors_uploads_are_rejected_for_now_and_everything_recovers(videos: Videos) -> None:
    content = videos.cheap().read_bytes()
    with ServerProcess("--stage-seconds", "0.1") as server:

        def send(_: int) -> httpx.Response | None:
            try:
                return httpx.post(
                    f"{server.base_url}/tasks",
                    headers={"x-api-key": "key"},
                    data={"index_id": server.index_id},
                    files={"video_file": ("video.mp4", content)},
                    timeout=30,
                )
            except httpx.TransportError:
                return None  # There was no descriptor for its connection.

        server.limit_descriptors(64)
        with ThreadPoolExecutor(CROWD) as crowd:
            responses = [response for response in crowd.map(send, range(CROWD)) if response]
        assert {response.status_code for response in responses} <= {200, 503}
        assert all(response.headers.get("Retry-After") for response in responses if response.status_code == 503)
        until(lambda: (again := send(0)) and again.status_code == 200, "the recovery")
        spawners = children(server.pid)
        time.sleep(1)
        assert children(server.pid) == spawners
        begun = time.monotonic()
        status, errors = server.stop()
        assert (status, errors.count("Traceback")) == (0, 0)
        assert time.monotonic() - begun < 3
