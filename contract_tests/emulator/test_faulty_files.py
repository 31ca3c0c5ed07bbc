"""Files that fail while a video is read, or misbehave: their errors reach the caller, and nothing is harmed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from inspect import isbuiltin
from pathlib import Path
from typing import IO, Any

import pytest

from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_tasks import video
from twelvelabs_tasks.video._guarding import GuardedFile, TooLaboriousError
from twelvelabs_tasks.video._reading import read_video

Check = Callable[[IO[bytes]], Any]

ROOT = Path(__file__).parents[2]
WAYS: dict[str, Check] = {"apart": video.check, "here": lambda file: read_video(file, whole=False)}


@pytest.fixture(params=["apart", "here"])
def check(request: pytest.FixtureRequest) -> Check:
    """The check in a separate process, and in this one."""
    return WAYS[request.param]


class Failing(io.BytesIO):
    """A file that fails when it is read for a certain time."""

    def __init__(self, content: bytes, error: BaseException, sound: int) -> None:
        super().__init__(content)
        self._error = error
        self._sound = sound

    def read(self, size: int | None = -1) -> bytes:
        self._sound -= 1
        if self._sound < 0:
            raise self._error
        return super().read(size)


@pytest.mark.slow
@pytest.mark.parametrize("sound", [0, 1])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), OSError(5, "I/O error"), RuntimeError("no")])
def test_what_a_file_raises_reaches_the_caller(
    videos: Videos, check: Check, error: BaseException, sound: int, capfd: pytest.CaptureFixture[str]
) -> None:
    # Read to its end, since it does not say how long it is.
    content = videos.make("probed.ts", **CHEAP | {"rate": 25}).read_bytes()
    with pytest.raises(type(error)) as caught:
        check(Failing(content, error, sound))
    assert caught.value is error
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_an_interruption_that_comes_while_ffmpeg_works_is_not_lost(videos: Videos) -> None:
    # It is raised when the next line of Python begins, which is that of the file.
    video = videos.make("probed.ts", **CHEAP | {"rate": 25})
    command = [sys.executable, "-m", "contract_tests.support.programs.interrupted", str(video)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_no_code_of_python_runs_where_ffmpeg_moves_in_a_file_of_python() -> None:
    # There a ctrl-C would be raised before anything could catch it, and PyAV would drop it.
    file = GuardedFile(io.BytesIO(b"video"), None)
    assert isbuiltin(file.seek)
    assert isbuiltin(file.tell)


def spin_for(seconds: float) -> None:
    """Keep the processor busy for that much of this thread's time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class WaitingFile(io.BytesIO):
    """A file that comes late, while another thread of the program works."""

    def read(self, size: int | None = -1) -> bytes:
        busy = threading.Thread(target=spin_for, args=[0.1])
        busy.start()
        busy.join()
        return super().read(size)


class Busy(io.BytesIO):
    """A file that takes work to read."""

    def read(self, size: int | None = -1) -> bytes:
        spin_for(0.1)
        return super().read(size)


def test_the_time_that_a_file_lets_its_reader_wait_is_no_work() -> None:
    # Neither the time that passes nor that of the whole process counts: another thread may be at work meanwhile.
    file = GuardedFile(WaitingFile(b"video"), 0.05)
    assert (file.read(3), file.read(3)) == (b"vid", b"eo")
    file.raise_error()


def test_a_file_that_takes_too_much_work_ends() -> None:
    file = GuardedFile(Busy(b"video"), 0.05)
    assert (file.read(3), file.read(3)) == (b"vid", b"")
    with pytest.raises(TooLaboriousError):
        file.raise_error()


@pytest.mark.slow
def test_ctrl_c_ends_a_check_at_once(videos: Videos, tmp_path: Path) -> None:
    long = tmp_path / "long.ts"
    long.write_bytes(videos.make("probed.ts", **CHEAP | {"rate": 25}).read_bytes() * 60)
    program = (
        "import sys; from twelvelabs_tasks import video; video.check(sys.argv[1]); print('go', flush=True)\n"
        "while True: video.check(sys.argv[1])"
    )
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}", str(long)]
    for moment in range(4):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.1 + 0.037 * moment)
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            try:
                _, told = process.communicate(timeout=10)
            finally:
                process.kill()
        assert process.returncode == -signal.SIGINT
        assert told.rstrip().endswith("KeyboardInterrupt")
        assert "ignored" not in told
        assert time.monotonic() - begun < 2


class Generous(io.BytesIO):
    """A file that gives more than was requested."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(size + 100_000 if size and size > 0 else size)


def test_a_file_that_returns_more_than_was_requested_does_no_harm(videos: Videos) -> None:
    program = (
        "import io; from contract_tests.emulator.test_faulty_files import Generous, WAYS\n"
        "content = open(sys.argv[1], 'rb').read(); [way(Generous(content)) for way in WAYS.values()]"
    )
    start = f"import sys; sys.path[:] = {[*sys.path, str(Path.cwd())]!r}; "
    command = [sys.executable, "-c", start + program, str(videos.plain())]
    assert subprocess.run(command, check=False).returncode == 0
