"""How an emulator ends: whoever asks for it, how often, and from where; and how it starts again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.workers.pool import WorkerProcesses
from twelvelabs_tasks import video

ENDS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def upload(server: ServerProcess, videos: Videos) -> None:
    """Upload a video whose stream takes a while to make."""
    httpx.post(
        f"{server.base_url}/tasks",
        headers={"x-api-key": "key"},
        data={"index_id": server.index_id},
        files={"video_file": ("video.mp4", videos.plain().read_bytes())},
        timeout=30,
    ).raise_for_status()


@pytest.mark.slow
@pytest.mark.parametrize("second", ENDS, ids=lambda how: how.name)
@pytest.mark.parametrize("pause", [0.0, 0.02, 0.15])
def test_a_second_signal_does_not_keep_the_first_from_tidying_up(
    second: signal.Signals, pause: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, videos: Videos
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ServerProcess("--stage-seconds", "0") as server:
        upload(server, videos)
        for _ in range(3):
            os.kill(server.pid, signal.SIGINT)
            time.sleep(pause)
            os.kill(server.pid, second)
        assert server.end() == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no workers")
def test_ctrl_c_at_a_terminal_ends_no_reader_of_a_program_that_goes_on(
    videos: Videos, capfd: pytest.CaptureFixture[str]
) -> None:
    # A terminal sends it to every process that was started from it.
    workers = WorkerProcesses()
    spawner = workers._spawner
    try:
        os.kill(spawner._process.pid, signal.SIGINT)  # while it starts
        with videos.cheap().open("rb") as file:
            assert isinstance(workers.examine(file, 10**9), video.Video)
            assert workers._spawner is spawner
            started = spawner.spawn()
            readers = [started, *workers._idle]
            for number in (spawner._process.pid, *(each.number for each in readers)):
                os.kill(number, signal.SIGINT)
            spawner.spawn().kill()
            assert all(each.is_alive for each in readers)
            started.kill()
            assert isinstance(workers.examine(file, 10**9), video.Video)
        assert workers._spawner is spawner
        assert spawner.is_alive
    finally:
        workers.close()
    assert capfd.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_ctrl_c_at_a_terminal_ends_the_emulator_and_its_readers_silently(videos: Videos) -> None:
    with ServerProcess() as server:
        upload(server, videos)
        spawners = children(server.pid)
        readers = [number for spawner in spawners for number in children(spawner)]
        assert spawners
        for number in (*readers, *spawners):
            os.kill(number, signal.SIGINT)
        assert server.stop() == (0, "")


def children(number: int) -> list[int]:
    """Return the children of a process, as `/proc` has them."""
    listed = (Path(f"/proc/{number}/task") / str(number) / "children").read_text()
    return [int(child) for child in listed.split()]


def test_every_step_of_a_stop_is_taken_though_an_earlier_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    emulator = Emulator().start()
    running = emulator._running
    assert running is not None
    folder = running.platform.files.folder

    def fail() -> None:
        raise ZeroDivisionError

    stop = running.server.stop
    monkeypatch.setattr(running.platform.workers, "close", lambda: fail())
    with pytest.raises(ZeroDivisionError):
        emulator.stop()
    stop()
    assert not folder.exists()
    monkeypatch.undo()
    running.platform.workers.close()


def test_an_emulator_that_cannot_be_put_together_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("twelvelabs_emulator.running.Controls", interrupt)
    with pytest.raises(KeyboardInterrupt):
        Emulator().start()
    assert list(tmp_path.iterdir()) == []


RUN = """
import signal, sys, threading
from twelvelabs_emulator import Emulator
seen = []
signal.signal(signal.SIGTERM, lambda number, frame: seen.append(number))
emulator = Emulator()
emulator.run(lambda: [signal.raise_signal(signal.SIGTERM), signal.raise_signal(signal.SIGTERM)])
assert seen == [signal.SIGTERM] and not emulator.is_running, seen
signal.raise_signal(signal.SIGTERM)
assert len(seen) == 2
"""


def test_a_program_that_runs_it_gets_the_signal_once_everything_has_ended() -> None:
    ended = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, ended.stderr) == (0, "")


FORK = """
import os, sys, warnings
import httpx
from twelvelabs_emulator import Emulator
warnings.simplefilter("ignore")
with Emulator() as emulator:
    folder = emulator._running.platform.files.folder
    pid = os.fork()
    if not pid:
        sys.exit(0)  # which leaves the block
    os.waitpid(pid, 0)
    assert folder.is_dir()
    response = httpx.get(emulator.base_url + "/tasks", headers={"x-api-key": "key"})
    assert response.status_code == 200, response.text
    task = httpx.post(
        emulator.base_url + "/tasks", headers={"x-api-key": "key"}, data={"index_id": emulator.index_id},
        files={"video_file": ("v.mp4", open(sys.argv[1], "rb"))}, timeout=30)
    assert task.status_code == 200, task.text
assert not folder.exists()
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_copy_of_the_process_that_leaves_the_block_ends_nothing(videos: Videos) -> None:
    command = [sys.executable, "-c", FORK, str(videos.cheap())]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.slow
def test_one_at_a_free_port_starts_again_at_the_same_or_at_another_if_that_is_taken() -> None:
    emulator = Emulator()
    with emulator:
        first = emulator.url
    with emulator:
        assert emulator.url == first
    with socket.create_server(("127.0.0.1", int(first.rpartition(":")[2]))), emulator:
        assert emulator.url != first
        assert httpx.get(f"{emulator.url}/_emulator/health").status_code == 200


@pytest.mark.parametrize("port", [-1, 65536, "80", None, 1.5, True])
def test_a_port_that_cannot_be_is_refused_at_once(port: object) -> None:
    with pytest.raises(ValueError, match="port must be a number from 0 to 65535"):
        Emulator(port=port)  # type: ignore[arg-type]


STOPPED = """
import httpx
def test_that_stops_it(twelvelabs_emulator):
    twelvelabs_emulator.stop()
def test_that_needs_it(twelvelabs_emulator):
    assert httpx.get(twelvelabs_emulator.base_url + "/tasks", headers={"x-api-key": "key"}).status_code == 200
"""


@pytest.mark.slow
def test_a_test_that_stops_the_emulator_of_the_session_does_not_disturb_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(STOPPED)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert "2 passed" in ended.stdout, ended.stdout


def test_no_secret_shows_where_an_emulator_is_described() -> None:
    emulator = Emulator(api_key="open-sesame", token="let-me-in")
    assert "open-sesame" not in repr(emulator._settings)
    assert "let-me-in" not in repr(emulator._access)
