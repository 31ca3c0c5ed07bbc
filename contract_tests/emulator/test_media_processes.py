"""Videos are read in separate processes: what one does to its reader harms no other, nor the emulator."""

from __future__ import annotations

import errno
import os
import signal
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import Upload, platform_of
from contract_tests.support.polling import until
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.workers.pool import WorkerProcesses
from twelvelabs_emulator.workers.processes import Spawner, Worker
from twelvelabs_emulator.workers.workers import CancelledError
from twelvelabs_tasks import video

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no workers")

CROWD = 45
YIELDING = 19
"""The niceness of a reader that takes long."""


def laborious() -> bytes:
    """Return a file that takes its reader more time than it may take."""
    packets = (
        b"\x47\x40\0" + bytes([0x10 | number % 16]) + b"\0\0\xb0\xb1" + os.urandom(180) for number in range(8000)
    )
    return b"".join(packets)


def slow_gif(width: int, height: int, pictures: int) -> bytes:
    """Return a short file of many large pictures, of which each lasts a tenth of a second."""
    picture = b"!\xf9\4\0\x0a\0\0\0," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x4c\1\0"
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff" + picture * pictures + b";"


class Uploader:
    """Uploads to an emulator in a separate process."""

    def __init__(self, process: ServerProcess) -> None:
        self._process = process

    def send(self, content: bytes) -> int:
        """Upload a video, and return the status of the response."""
        response = httpx.post(
            f"{self._process.base_url}/tasks",
            headers={"x-api-key": "key"},
            data={"index_id": self._process.index_id, "enable_video_stream": "false"},
            files={"video_file": ("video.mp4", content)},
            timeout=120,
        )
        return response.status_code


@pytest.mark.slow
def test_ordinary_uploads_do_not_wait_for_a_crowd_of_hostile_ones(videos: Videos) -> None:
    content, hostile = videos.plain().read_bytes(), laborious()
    with ServerProcess() as process, ThreadPoolExecutor(CROWD) as crowd:
        uploader = Uploader(process)
        refusals = [crowd.submit(uploader.send, hostile) for _ in range(CROWD)]
        # How long an upload takes depends on the machine: what does not is that the others stand back.
        until(lambda: niceness_of_workers(process).count(YIELDING) >= CROWD // 2, "them to be read, and to stand back")
        assert {uploader.send(content) for _ in range(9)} == {200}
        assert not all(each.done() for each in refusals), "They were over before anything was sent alongside."
        process.kill()  # It would go on with them for as long as all may take.
        assert {each.result() for each in refusals if not each.exception()} <= {400}


@pytest.mark.slow
def test_ctrl_c_ends_the_emulator_while_a_crowd_of_hostile_videos_is_read() -> None:
    # On a busy machine one attempt says little: one of three has to succeed.
    assert any(ends_soon() for _ in range(3))


def ends_soon() -> bool:
    """Return whether an emulator ends soon after a ctrl-C, silently, while hostile videos are read."""
    hostile = laborious()
    with ServerProcess() as idle:
        usual = seconds_to_end(idle)
    with ServerProcess() as process, ThreadPoolExecutor(CROWD) as crowd:
        uploader = Uploader(process)
        sent = [crowd.submit(uploader.send, hostile) for _ in range(CROWD)]
        until(lambda: len(niceness_of_workers(process)) >= CROWD // 2, "many to be read")
        seconds = seconds_to_end(process)
        for each in sent:
            each.exception()
    return seconds < max(3.0, 10 * usual)


def seconds_to_end(process: ServerProcess) -> float:
    """Return how long a ctrl-C takes to end an emulator, which it does silently."""
    begun = time.monotonic()
    assert process.stop() == (0, "")
    return time.monotonic() - begun


def niceness_of_workers(process: ServerProcess) -> list[int]:
    """Return the niceness of each process that reads video for an emulator."""
    found: list[int] = []
    for spawner in children(process.pid):
        for number in children(spawner):
            with suppress(ProcessLookupError):
                found.append(os.getpriority(os.PRIO_PROCESS, number))
    return found


def children(number: int) -> list[int]:
    """Return the children of a process, as `/proc` has them."""
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, parent, *_ = stat.read_text().rpartition(") ")[2].split()
            if int(parent) == number:
                found.append(int(stat.parent.name))
    return found


def test_the_streams_of_laborious_videos_do_not_hold_up_that_of_an_ordinary_one(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    heavy = slow_gif(4096, 2160, 120)
    assert len(heavy) < 10_000
    slow = [upload(heavy) for _ in range(3)]
    assert {each.status_code for each in slow} == {200}
    begun = time.monotonic()
    quick = upload(videos.cheap()).json()["_id"]
    until(lambda: http.get(f"/tasks/{quick}").json()["hls"]["status"] == "COMPLETE", "the ordinary stream")
    assert time.monotonic() - begun < 10
    assert {http.get(f"/tasks/{each.json()['_id']}").json()["hls"]["status"] for each in slow} <= {"PROCESSING"}
    begun = time.monotonic()
    emulator.reset()  # which stops what is going on
    until(lambda: not list(platform_of(emulator).files.media.iterdir()), "nothing to be left")
    assert time.monotonic() - begun < 5


@pytest.mark.slow
def test_a_reader_that_is_ended_by_a_video_takes_nothing_with_it(videos: Videos, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.ts"
    hostile.write_bytes(laborious())
    workers = WorkerProcesses()
    try:
        with videos.cheap().open("rb") as file, hostile.open("rb") as other:
            assert isinstance(workers.examine(file, 10**9), video.Video)
            found = workers.examine(other, 10**9)
            assert isinstance(found, video.Fault)
            assert found.code == "video_file_broken"
            assert isinstance(workers.examine(file, 10**9), video.Video)
    finally:
        workers.close()


@pytest.mark.slow
def test_a_reader_that_somebody_else_ended_is_replaced(videos: Videos) -> None:
    workers = WorkerProcesses()
    try:
        with videos.cheap().open("rb") as file:
            while not workers._idle:  # It is kept if it was prompt.
                assert isinstance(workers.examine(file, 10**9), video.Video)
            (kept,) = workers._idle
            os.kill(kept.number, signal.SIGSEGV)
            until(lambda: not Path(f"/proc/{kept.number}").exists() or zombie(kept.number), "its end")
            assert isinstance(workers.examine(file, 10**9), video.Video)
    finally:
        workers.close()


def zombie(number: int) -> bool:
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_video_is_not_taken_for_broken_when_somebody_ends_all_readers(videos: Videos) -> None:
    workers = WorkerProcesses()
    try:
        with videos.cheap().open("rb") as file:
            assert isinstance(workers.examine(file, 10**9), video.Video)
            workers._spawner._process.kill()
            workers._spawner._process.wait()
            assert isinstance(workers.examine(file, 10**9), video.Video)
    finally:
        workers.close()
    with videos.cheap().open("rb") as file, pytest.raises(CancelledError):
        workers.examine(file, 10**9)


def test_an_upload_is_rejected_for_now_when_no_reader_can_be_started(
    upload: Upload, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = []

    def fail(_: Spawner) -> Worker:
        attempts.append(time.monotonic())
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(Spawner, "spawn", fail)
    monkeypatch.setattr(WorkerProcesses, "_reuse", lambda _: None)
    response = upload(videos.cheap())
    assert (response.status_code, response.json()["code"]) == (503, "service_unavailable")
    assert 1 < len(attempts) < 10
    monkeypatch.undo()
    assert upload(videos.cheap()).status_code == 200


def test_a_file_without_a_descriptor_is_read_piece_by_piece(videos: Videos) -> None:
    class Remote:
        """A file elsewhere."""

        def __init__(self, path: Path) -> None:
            self._file = path.open("rb")
            self.pieces = 0

        def seek(self, offset: int, whence: int = 0) -> int:
            return self._file.seek(offset, whence)

        def read(self, size: int) -> bytes:
            self.pieces += 1
            return self._file.read(size)

    workers, remote = WorkerProcesses(), Remote(videos.plain())
    try:
        found = workers.examine(remote, 10**9)  # type: ignore[arg-type]  # as little as a file may have
        assert found == video.probe(videos.plain())
        assert remote.pieces
    finally:
        workers.close()
        remote._file.close()


@pytest.mark.slow
def test_readers_end_with_an_emulator_that_is_killed(videos: Videos) -> None:
    with ServerProcess() as process:
        assert Uploader(process).send(videos.cheap().read_bytes()) == 200
        (spawner,) = children(process.pid)
        readers = children(spawner)
        assert readers
        process.kill()
        until(lambda: not any(Path(f"/proc/{number}").exists() for number in (spawner, *readers)), "their end")
