"""The library reads videos in separate processes, as the emulator does: no file harms a program that checks it."""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contract_tests.support.emulators import Upload
from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_tasks import video

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no limits")

CHECK = r"""
import json, pathlib, re, resource, time
from twelvelabs_tasks import video
begun = time.process_time()
fault = video.check(sys.argv[1])
read = resource.getrusage(resource.RUSAGE_CHILDREN)
# Not that of getrusage, which counts what the process had before it became this program: that of the tests.
own = int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1])
print(json.dumps({
    "code": fault and fault.code, "own_seconds": time.process_time() - begun, "own_memory": own,
    "seconds": read.ru_utime + read.ru_stime, "memory": read.ru_maxrss,
}))
"""


def many_samples(clip: bytes, count: int) -> bytes:
    """Return a clip whose tables of a few bytes unfold to as many samples."""

    def number(value: int) -> bytes:
        return struct.pack(">I", value)

    tables = {
        b"stsz": bytes(4) + number(1) + number(count),
        b"stts": bytes(4) + number(1) + number(count) + number(1),
        b"stsc": bytes(4) + number(1) + number(1) + number(count) + number(1),
        b"stco": bytes(4) + number(1) + number(2000),
    }

    def change(content: bytes) -> bytes:
        boxes, position = b"", 0
        while position + 8 <= len(content):
            size, kind = struct.unpack_from(">I4s", content, position)
            inner = tables.get(kind, content[position + 8 : position + size])
            if kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
                inner = change(inner)
            boxes += number(len(inner) + 8) + kind + inner
            position += size
        return boxes

    return change(clip)


def many_tags(clip: bytes, count: int) -> bytes:
    """Return a Matroska file with as many tags before its pictures."""

    def element(kind: str, content: bytes) -> bytes:
        return bytes.fromhex(kind) + (len(content) | 1 << 56).to_bytes(8, "big") + content

    tags = (element("67c8", element("45a3", b"%d" % each) + element("4487", b"v" * 20)) for each in range(count))
    segment = clip.index(b"\x18\x53\x80\x67")
    around = b"\x18\x53\x80\x67\x01" + b"\xff" * 7  # of unknown size
    tag = element("1254c367", element("7373", element("63c0", b"") + b"".join(tags)))
    return clip[:segment] + around + tag + clip[segment + 12 :]


@pytest.fixture(params=["samples", "tags"])
def bomb(request: pytest.FixtureRequest, videos: Videos, tmp_path: Path) -> Path:
    """A small file that takes gigabytes of memory, or minutes, to be read."""
    path = tmp_path / "bomb"
    if request.param == "samples":
        path.write_bytes(many_samples(videos.cheap().read_bytes(), 50_000_000))
    else:
        path.write_bytes(many_tags(videos.make("probed.mkv", **CHEAP).read_bytes(), 200_000))
    return path


@pytest.mark.slow
def test_a_bomb_harms_nobody_who_checks_it(bomb: Path) -> None:
    program = f"import sys; sys.path[:] = {sys.path!r}{CHECK}"
    told = subprocess.run([sys.executable, "-c", program, str(bomb)], stdout=subprocess.PIPE, check=True, timeout=60)
    found = json.loads(told.stdout)
    assert found["code"] == "video_file_broken"
    assert found["own_seconds"] < 0.5
    assert found["own_memory"] < 400_000  # KiB
    assert found["seconds"] < 2
    assert found["memory"] < 400_000


@pytest.mark.slow
def test_the_check_and_the_emulator_agree_on_a_bomb(bomb: Path, upload: Upload) -> None:
    fault = video.check(bomb)
    assert fault is not None
    assert upload(bomb).json()["code"] == fault.code
    with pytest.raises(video.BrokenVideoError):
        video.probe(bomb)


def test_many_threads_check_at_a_time(videos: Videos) -> None:
    path = videos.cheap()
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: video.probe(path), range(16)))
    assert found == {video.Video(12.0, 360, 360)}


@pytest.mark.parametrize("mode", ["rb", "r+b"])
def test_a_file_that_was_begun_is_read_on_as_if_it_had_not_been_checked(videos: Videos, mode: str) -> None:
    path = videos.plain()
    with path.open(mode) as file:
        file.read(1000)
        assert video.check(file) is None
        file.seek(0)
        assert file.read() == path.read_bytes()


def test_an_error_of_the_system_is_raised_as_such(videos: Videos) -> None:
    with io.FileIO(videos.cheap(), "a") as file, pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        video.check(file)


@pytest.mark.slow
def test_a_slow_file_is_waited_for(videos: Videos) -> None:
    class SlowFile(io.BytesIO):
        pauses = 4

        def read(self, size: int | None = -1) -> bytes:
            if self.pauses:
                self.pauses -= 1
                time.sleep(0.4)
            return super().read(size)

    slow = SlowFile(videos.make("probed.ts", **CHEAP | {"rate": 5}).read_bytes())
    assert video.check(slow) is None
    assert slow.pauses == 0


@pytest.mark.slow
def test_the_end_of_the_process_is_noticed_although_somebody_else_holds_its_connection(
    videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a copy of this program does that another thread made meanwhile.
    held: list[socket.socket] = []
    stock = socket.socketpair

    def pair() -> tuple[socket.socket, socket.socket]:
        ours, theirs = stock()
        held.append(theirs.dup())
        return ours, theirs

    monkeypatch.setattr(socket, "socketpair", pair)
    content = many_tags(videos.make("probed.mkv", **CHEAP).read_bytes(), 200_000)
    with pytest.raises(video.BrokenVideoError, match="took too much time or memory"):
        video.probe(io.BytesIO(content))
    for each in held:
        each.close()


@pytest.mark.parametrize("case", ["frozen", "embedded", "none", "missing", "failing", "without fork"])
def test_where_no_process_can_be_started_the_video_is_read_all_the_same(
    videos: Videos, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str
) -> None:
    here = video.Video(1, 2, 3)
    monkeypatch.setattr("twelvelabs_tasks.video._apart.read_video", lambda *_, **__: here)
    if case == "frozen":
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    elif case == "without fork":  # as on Windows
        monkeypatch.delattr(os, "fork")
    elif case == "failing":
        failing = tmp_path / "python"
        failing.write_text("#!/bin/sh\nexit 1\n")
        failing.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(failing))
    else:
        monkeypatch.setattr(sys, "executable", {"embedded": "/bin/false", "none": "", "missing": "/no/python"}[case])
    assert video.probe(videos.cheap()) is here


def test_a_path_among_the_modules_that_is_not_text_does_no_harm(
    videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, Path("elsewhere"), "\udc80"])
    monkeypatch.setattr("twelvelabs_tasks.video._apart.read_video", lambda *_, **__: pytest.fail("It was read here."))
    assert video.probe(videos.cheap()).width == 360


def test_a_check_leaves_no_descriptor_and_no_process(videos: Videos) -> None:
    def count() -> tuple[int, int]:
        tasks = Path(f"/proc/self/task/{os.getpid()}/children")
        return len(list(Path("/proc/self/fd").iterdir())), len(tasks.read_text().split()) if tasks.exists() else 0

    video.check(videos.cheap())
    before = count()
    for content in (videos.cheap().read_bytes(), b"no video"):
        video.check(io.BytesIO(content))
    assert count() == before
