"""Videos as cameras, editors and browsers leave them: each is streamed as a player shows it, no more and no less."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from contract_tests.support.emulators import Upload
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.streaming.pictures import make_thumbnails
from twelvelabs_tasks.video._durations import SteadyTimes

SMALL: dict[str, Any] = {"width": 480, "height": 360, "rate": 10}
GRID = 24, 18
Grid = list[bytes]
"""The rows of a small, gray picture."""


def grid(frame: av.VideoFrame) -> Grid:
    plane = frame.reformat(*GRID, format="gray").planes[0]
    data = bytes(plane)
    return [data[row * plane.line_size :][: GRID[0]] for row in range(GRID[1])]


def difference(one: Grid, other: Grid) -> float:
    """Return how much two pictures differ at each of their points, on average, out of 255."""
    points = list(zip(b"".join(one), b"".join(other), strict=True))
    return sum(abs(a - b) for a, b in points) / len(points)


class Streamed:
    """The stream that is made of a video.

    Attributes:
        duration: How long the task says the video is, in seconds.
        seconds: How long the playlist says it is, in seconds.
        times: The times of its pictures, in seconds from the first one on.
        sizes: Their sizes.
        sounds: How many sounds it has.
        first: The first picture.
    """

    def __init__(self, task: dict[str, Any]) -> None:
        url: str = task["hls"]["video_url"]
        self.duration: float = task["system_metadata"]["duration"]
        self.seconds = sum(map(float, re.findall(r"#EXTINF:([\d.]+)", httpx.get(url).text)))
        with av.open(url, "r") as container:
            frames: list[Any] = list(container.decode())
        pictures: list[av.VideoFrame] = [frame for frame in frames if isinstance(frame, av.VideoFrame)]
        times = [frame.time or 0.0 for frame in pictures]
        self.times = [time - times[0] for time in times]
        self.sizes = {(frame.width, frame.height) for frame in pictures}
        self.sounds = sum(frame.samples for frame in frames if isinstance(frame, av.AudioFrame))
        self.first = grid(pictures[0])


Stream = Callable[[Path | bytes], Streamed]


@pytest.fixture
def stream(emulator: Emulator, http: httpx.Client, upload: Upload) -> Stream:
    def upload_and_stream(video: Path | bytes) -> Streamed:
        created = upload(video)
        assert created.status_code == 200, created.text
        emulator.advance(100)
        task = http.get(f"/tasks/{created.json()['_id']}").json()
        assert (task["status"], task["hls"]["status"]) == ("ready", "COMPLETE")
        return Streamed(task)

    return upload_and_stream


def shift(source: Path, target: Path, seconds: float, skip: float = 0, options: dict[str, str] | None = None) -> Path:
    """Return a copy of a video whose times are moved on, without what lies before a time; both in seconds."""
    with av.open(str(source)) as video, av.open(str(target), "w", options=options or {}) as copy:
        targets = {each: copy.add_stream_from_template(each) for each in video.streams}
        for packet in video.demux():
            if packet.dts is None or packet.pts is None or packet.dts * packet.time_base < skip:
                continue
            moved = round(seconds / packet.time_base)
            packet.dts, packet.pts = packet.dts + moved, packet.pts + moved
            packet.stream = targets[packet.stream]
            copy.mux(packet)
    return target


def first_shown(path: Path) -> Grid:
    with av.open(str(path)) as container:
        return grid(next(container.decode(video=0)))


@pytest.mark.slow
@pytest.mark.parametrize("audio", [True, False], ids=["sound", "silent"])
def test_what_was_cut_off_is_not_streamed(videos: Videos, stream: Stream, tmp_path: Path, audio: bool) -> None:
    whole = videos.make(f"whole-{audio}.mp4", **SMALL | {"audio": audio, "duration": 20.0})
    # Copied from the key picture at 6 seconds on, but shown from 7.5 seconds on.
    trimmed = shift(whole, tmp_path / "trimmed.mp4", -7.5, skip=6.0)
    with av.open(str(trimmed)) as container:
        assert next(container.demux(video=0)).is_discard
    made = stream(trimmed)
    assert made.duration == pytest.approx(12.5, abs=0.1)
    assert made.seconds == pytest.approx(12.5, abs=0.1)
    assert len(made.times) == 125
    assert difference(made.first, first_shown(trimmed)) < 8
    assert difference(made.first, first_shown(whole)) > 12
    assert made.sounds == pytest.approx(12.5 * 48_000, rel=0.02) if audio else made.sounds == 0


@pytest.mark.parametrize(("suffix", "late"), [("mp4", 0), ("mp4", 5), ("ts", 0), ("ts", 100), ("mkv", 9000)])
def test_thumbnails_are_spread_over_a_video_whenever_its_times_begin(
    suffix: str, late: float, videos: Videos, tmp_path: Path
) -> None:
    source = videos.make("spread.mp4", **SMALL | {"audio": False})
    with av.open(str(source)) as container:
        keys = {frame.time or 0.0: grid(frame) for frame in container.decode(video=0) if frame.key_frame}
    options = {"avoid_negative_ts": "disabled", "muxdelay": "0"}
    moved = shift(source, tmp_path / f"moved.{suffix}", late, options=options)
    assert make_thumbnails(moved, tmp_path / "made", "v", 12.0) == 3
    for number, moment in enumerate((0, 4, 8)):
        made = first_shown(tmp_path / "made" / f"v.{number + 1:07}.jpg")
        (nearest, picture), *_ = sorted(keys.items(), key=lambda key: difference(key[1], made))
        assert moment - 2.1 < nearest <= moment
        assert difference(picture, made) < 8


def mirror(picture: Grid) -> Grid:
    return [row[::-1] for row in picture]


MATRICES: dict[str, tuple[tuple[int, int, int, int], Callable[[Grid], Grid]]] = {
    "left to right": ((-1, 0, 0, 1), mirror),
    "upside down": ((1, 0, 0, -1), lambda picture: picture[::-1]),
    "both": ((-1, 0, 0, -1), lambda picture: mirror(picture[::-1])),
}
DIAGONALS = {"transposed": (0, 1, 1, 0), "along the other diagonal": (0, -1, -1, 0)}


def set_matrix(video: Path, matrix: tuple[int, int, int, int]) -> bytes:
    """Return a video that says with which matrix it is to be shown."""
    content = bytearray(video.read_bytes())
    a, b, c, d = (each * 65_536 for each in matrix)
    struct.pack_into(">9i", content, content.index(b"tkhd") + 44, a, b, 0, c, d, 0, 0, 0, 2**30)
    return bytes(content)


@pytest.mark.parametrize(("matrix", "changed"), MATRICES.values(), ids=MATRICES)
def test_a_mirrored_video_is_streamed_mirrored(
    stream: Stream, tmp_path: Path, matrix: tuple[int, int, int, int], changed: Callable[[Grid], Grid]
) -> None:
    video = corners(tmp_path / "corners.mp4")
    plain = first_shown(video)
    made = stream(set_matrix(video, matrix))
    assert made.sizes == {(480, 360)}
    assert difference(made.first, changed(plain)) < 8
    assert difference(made.first, plain) > 20


@pytest.mark.parametrize("matrix", DIAGONALS.values(), ids=DIAGONALS)
def test_a_video_that_is_mirrored_along_a_diagonal_is_streamed_so(
    stream: Stream, tmp_path: Path, matrix: tuple[int, int, int, int]
) -> None:
    video = corners(tmp_path / "corners.mp4")
    with av.open(str(video)) as container:
        frame = next(container.decode(video=0)).reformat(GRID[1], GRID[0], format="gray")
    data, pitch = bytes(frame.planes[0]), frame.planes[0].line_size
    rows = [data[row * pitch :][: GRID[1]] for row in range(GRID[0])]
    if matrix[1] < 0:
        rows = mirror(rows[::-1])
    made = stream(set_matrix(video, matrix))
    assert made.sizes == {(360, 480)}
    assert difference(made.first, [bytes(column) for column in zip(*rows, strict=True)]) < 8


def corners(path: Path) -> Path:
    """Return a video each of whose corners has a brightness of its own."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=2, options={"preset": "ultrafast"})
        stream.width, stream.height = 480, 360
        for _ in range(24):
            frame = av.VideoFrame(480, 360, "yuv420p")
            for plane, rows in zip(frame.planes, (360, 180, 180), strict=True):
                half = plane.line_size // 2
                upper, lower = (bytes([a]) * half + bytes([b]) * half for a, b in ((30, 90), (150, 220)))
                gray = bytes([128]) * plane.buffer_size
                plane.update(upper * (rows // 2) + lower * (rows // 2) if rows == 360 else gray)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def make_changing_video(path: Path, sizes: list[tuple[int, int]], seconds: int, rate: int = 10) -> Path:
    """Return a video of VP8 whose size changes on the way, as that of a call does with the line."""
    with av.open(str(path), "w") as container:
        target = container.add_stream("libvpx", rate=rate)
        target.width, target.height = sizes[0]
        container.start_encoding()
        for part, size in enumerate(sizes):
            encoder = av.VideoCodecContext.create("libvpx", "w")
            encoder.width, encoder.height = size
            encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, rate)
            encoder.options = {"deadline": "realtime", "cpu-used": "8"}
            for packet in encode(encoder, part * seconds * rate, seconds * rate):
                packet.stream = target
                container.mux(packet)
    return path


def encode(encoder: av.VideoCodecContext, begin: int, count: int) -> Iterator[av.Packet[Any]]:
    for number in range(begin, begin + count):
        frame = av.VideoFrame(encoder.width, encoder.height, "yuv420p")
        for plane, value in zip(frame.planes, (number % 200 + 20, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = number, encoder.time_base
        yield from encoder.encode(frame)
    yield from encoder.encode(None)


@pytest.mark.slow
def test_a_video_whose_size_changes_is_streamed_whole(stream: Stream, tmp_path: Path) -> None:
    made = stream(make_changing_video(tmp_path / "call.webm", [(640, 360), (480, 360), (360, 640), (640, 360)], 3))
    assert made.duration == pytest.approx(12, abs=0.1)
    assert made.times == pytest.approx([each / 10 for each in range(120)], abs=0.002)
    assert made.sizes == {(640, 360)}


@pytest.mark.slow
@pytest.mark.parametrize("codec", ["libx264", "mpeg4"])
def test_a_video_whose_times_begin_anew_is_streamed_whole(videos: Videos, stream: Stream, codec: str) -> None:
    # As when two recordings are joined with `cat`.
    part = videos.make(f"part-{codec}.ts", codec=codec, **SMALL | {"duration": 7.0}).read_bytes()
    made = stream(part + part)
    assert made.duration == pytest.approx(14, abs=0.2)
    assert made.seconds == pytest.approx(14, abs=0.2)
    assert len(made.times) == 140
    assert made.times == pytest.approx([each / 10 for each in range(140)], abs=0.05)
    assert made.sounds == pytest.approx(14 * 48_000, rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.4, 2.0])
def test_a_video_whose_first_pictures_have_no_times_is_streamed_whole(
    videos: Videos, stream: Stream, tmp_path: Path, seconds: float
) -> None:
    whole = videos.make("timely.mp4", **SMALL | {"duration": 12.0})
    early = shift(whole, tmp_path / "early.mkv", -seconds, options={"avoid_negative_ts": "disabled"})
    with av.open(str(early)) as container:
        assert next(container.demux(video=0)).pts is None
    made = stream(early)
    assert made.duration == pytest.approx(12, abs=0.1)
    assert made.seconds == pytest.approx(12, abs=0.1)
    assert made.times == pytest.approx([each / 10 for each in range(120)], abs=0.05)


def test_the_shape_of_pixels_that_only_the_container_knows_is_kept(videos: Videos, stream: Stream) -> None:
    content = videos.make("shape.mp4", sample_aspect_ratio=Fraction(1), **SMALL | {"audio": False}).read_bytes()
    with av.open(io.BytesIO(content)) as container:
        assert container.streams.video[0].codec_context.sample_aspect_ratio in (None, 1)
    shape = content.index(b"pasp") + 4
    made = stream(content[:shape] + struct.pack(">II", 4, 3) + content[shape + 8 :])
    assert made.sizes == {(640, 360)}


def test_a_video_that_ends_before_its_time_is_measured(videos: Videos, stream: Stream, tmp_path: Path) -> None:
    whole = videos.make("whole-True.mp4", **SMALL | {"audio": True, "duration": 20.0})
    with_header_first = shift(whole, tmp_path / "fast.mp4", 0, options={"movflags": "faststart"}).read_bytes()
    assert with_header_first.index(b"moov") < with_header_first.index(b"mdat")
    made = stream(with_header_first[: len(with_header_first) * 7 // 10])
    assert 12 < made.duration < 16
    assert made.seconds == pytest.approx(made.duration, abs=0.2)


@pytest.mark.parametrize("lost", [0, 2])
def test_times_of_pictures_that_are_reordered_do_not_begin_anew(lost: int) -> None:
    # The first ones may come without the times at which they are decoded.
    shown = [0, 800, 400, 200, 600, 1600, 1200, 1000, 1400]
    steady = SteadyTimes(Fraction(1, 1000))
    decoded = [None if place < lost else 200 * (place - 2) for place in range(len(shown))]
    times = [steady.follow(time, 200, order) for time, order in zip(shown, decoded, strict=True)]
    assert times == shown
