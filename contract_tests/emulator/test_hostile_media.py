"""Files that are out to harm their reader: each is refused at once, and nothing but the file itself is opened."""

from __future__ import annotations

import io
import json
import os
import platform
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.emulator.corpus.hostile import Bait, hostile_files, mutations, png
from contract_tests.emulator.corpus.sealed import CALLS
from contract_tests.support.emulators import Upload
from contract_tests.support.videos import Videos
from twelvelabs_tasks import video
from twelvelabs_tasks.video._probing import examine_here

SECONDS = 2.0
MEMORY = 300 * 2**20
ACCEPTED = {"elsewhere.mp4", "huge-table.mp4", "lying-size.mp4"}
"""Those that are harmless once nothing else is opened for them: what they hold themselves is a video."""
MUTATIONS = int(os.environ.get("MEDIA_MUTATIONS", "300"))

kernel_watches = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in CALLS, reason="only the Linux kernel can watch this"
)


class Clip:
    """A small clip to be broken, and one that is not to be read."""

    def __init__(self, videos: Videos) -> None:
        properties: dict[str, Any] = {"width": 360, "height": 360, "rate": 2, "duration": 12.0}
        self.content = videos.make("clip.mp4", **properties).read_bytes()
        self.bait = videos.make("bait.ts", **properties)


@pytest.fixture
def clip(videos: Videos) -> Clip:
    return Clip(videos)


@pytest.fixture
def hostile(clip: Clip) -> Iterator[dict[str, bytes]]:
    """Hostile files by name, and somebody who listens where they want to go, to whom nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield dict(hostile_files(Bait(clip.bait, port, clip.content)))
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


def make_environment() -> dict[str, str]:
    """Return an environment in which another process finds the modules that this one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path.cwd())])}


def count_others() -> float:
    """Return how many want each processor now; the time of a process is longer by that factor than it is alone."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def inspect_sealed(folder: Path) -> list[dict[str, Any]]:
    """Return what is found out about each file of a folder while nothing may be opened."""
    command = [sys.executable, "-m", "contract_tests.emulator.corpus.sealed", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=make_environment())
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.mark.slow
@kernel_watches
def test_nothing_but_a_hostile_file_is_opened_and_it_is_refused_in_no_time(
    hostile: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(hostile) >= 40
    for name, content in hostile.items():
        (tmp_path / name).write_bytes(content)
    found = inspect_sealed(tmp_path)
    assert {each["name"] for each in found} == hostile.keys()
    for each in found:
        # SIGPROF is the end of the time that it may take: it is refused as broken then.
        assert each["signal"] in (None, "SIGPROF"), each
        assert each["seconds"] < SECONDS, each
        assert each["memory"] < MEMORY, each
        accepted = each["found"] is not None and "code" not in each["found"]
        assert accepted == (each["name"] in ACCEPTED), each


@kernel_watches
def test_the_kernel_sees_what_a_video_reader_without_limits_opens(clip: Clip) -> None:
    program = (
        "import av, sys; from contract_tests.emulator.corpus.sealed import forbid_to_open;"
        "file = open(sys.argv[1], 'rb'); forbid_to_open(); av.open(file, 'r')"
    )
    playlist = clip.bait.with_suffix(".m3u8")
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12.0,\n{clip.bait}\n#EXT-X-ENDLIST\n")
    ended = subprocess.run(
        [sys.executable, "-c", program, str(playlist)],
        capture_output=True,
        check=False,
        env=make_environment(),
    )
    assert ended.returncode == -31, ended  # SIGSYS


@pytest.mark.slow
def test_the_emulator_refuses_every_hostile_file_in_no_time(hostile: dict[str, bytes], upload: Upload) -> None:
    for name, content in hostile.items():
        begun = time.monotonic()
        response = upload(content, enable_video_stream="false")
        assert time.monotonic() - begun < SECONDS * count_others(), name
        assert (response.status_code == 200) == (name in ACCEPTED), (name, response.text)


@pytest.mark.slow
@pytest.mark.timeout(300)  # some files are refused only after the two seconds that they may take
def test_a_check_before_an_upload_refuses_them_as_well_by_path_and_as_files(
    hostile: dict[str, bytes], tmp_path: Path
) -> None:
    for name in hostile.keys() - ACCEPTED:
        (tmp_path / name).write_bytes(hostile[name])
        assert video.check(tmp_path / name) is not None, name
        assert video.check(io.BytesIO(hostile[name])) is not None, name


@pytest.mark.slow
@kernel_watches
def test_a_clip_that_is_damaged_somewhere_does_not_harm_its_reader(clip: Clip, tmp_path: Path) -> None:
    for number, content in enumerate(mutations(clip.content, MUTATIONS, seed=2024)):
        (tmp_path / f"{number:04}.mp4").write_bytes(content)
    found = inspect_sealed(tmp_path)
    assert len(found) == MUTATIONS
    for each in found:
        assert each["signal"] in (None, "SIGPROF"), each
        assert each["seconds"] < SECONDS, each
        assert each["memory"] < MEMORY, each
    verdicts = {each["found"].get("code", "ok") for each in found if each["found"]}
    assert {"ok", "video_file_broken"} <= verdicts


def test_a_picture_that_is_much_too_large_is_refused_without_being_decoded(videos: Videos) -> None:
    properties: dict[str, Any] = {"width": 360, "height": 360, "rate": 1, "duration": 12.0, "audio": False}
    content = bytearray(videos.make("raw.avi", codec="rawvideo", **properties).read_bytes())
    sides = content.index(b"strf") + 12  # where the container describes what is in it
    content[sides : sides + 8] = (20_000).to_bytes(4, "little") * 2
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fault = video.check(io.BytesIO(bytes(content)))
    assert fault is not None
    assert fault.code in ("video_resolution_too_high", "video_file_broken")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB; it would take 600,000


def test_a_duration_out_of_range_is_refused_without_anything_being_decoded(
    monkeypatch: pytest.MonkeyPatch, videos: Videos
) -> None:
    path = videos.make("three seconds.mp4", width=360, height=360, rate=1, duration=3.0, audio=False)
    monkeypatch.setattr("twelvelabs_tasks.video._reading.first_picture", lambda *_: pytest.fail("It was decoded."))
    with path.open("rb") as file:
        fault = examine_here(file)
    assert isinstance(fault, video.Fault)
    assert fault.code == "video_duration_too_short"


def test_a_picture_larger_than_its_container_says_is_refused(videos: Videos) -> None:
    properties: dict[str, Any] = {"width": 360, "height": 360, "rate": 1, "duration": 12.0, "audio": False}
    content = videos.make("pictures.mov", codec="png", **properties).read_bytes()
    bomb = png(20_000, 20_000)
    start = content.index(b"mdat") + 4
    changed = content[:start] + bomb + content[start + len(bomb) :]
    begun = time.monotonic()
    fault = video.check(io.BytesIO(changed))
    assert time.monotonic() - begun < SECONDS * count_others()
    assert fault is None or fault.code == "video_file_broken"
