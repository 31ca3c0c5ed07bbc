"""Videos the platform takes: of any kind FFmpeg reads, each with a stream that plays and thumbnails that show it."""

from __future__ import annotations

import io
import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from contract_tests.support.emulators import Upload
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator

SMALL: dict[str, Any] = {"width": 480, "height": 360, "rate": 10, "duration": 10.0}
KINDS = [
    ("libx264", "mp4"),
    ("libx264", "mov"),
    ("libx264", "mkv"),
    ("libx264", "avi"),
    ("libx264", "ts"),
    ("libx265", "mp4"),
    ("libx265", "mkv"),
    ("libvpx-vp9", "webm"),
    ("libvpx-vp9", "mkv"),
    ("libsvtav1", "mp4"),
    ("libsvtav1", "webm"),
    ("mpeg4", "mp4"),
    ("mpeg4", "avi"),
]


def finish(emulator: Emulator, http: httpx.Client, created: httpx.Response) -> dict[str, Any]:
    """Return the task that was created, after its time."""
    assert created.status_code == 200, created.text
    emulator.advance(100)
    task: dict[str, Any] = http.get(f"/tasks/{created.json()['_id']}").json()
    assert task["status"] == "ready"
    return task


def play(url: str | Path) -> tuple[list[float], tuple[int, int], int]:
    """Return the times of all pictures of a video, in seconds from the first, its size, and its count of sounds."""
    with av.open(str(url)) as container:
        times, sounds, size = [], 0, (0, 0)
        for frame in container.decode():
            if isinstance(frame, av.VideoFrame):
                times.append(frame.time or 0.0)
                size = frame.width, frame.height
            else:
                sounds += frame.samples
    return [time - times[0] for time in times], size, sounds


def get_codec(url: str) -> str:
    with av.open(url) as container:
        return container.streams.video[0].codec_context.name


@pytest.mark.slow
@pytest.mark.parametrize("audio", [True, False], ids=["sound", "silent"])
@pytest.mark.parametrize(("codec", "suffix"), KINDS)
def test_a_video_of_any_kind_is_accepted_and_streamed_from_first_to_last_picture(
    codec: str, suffix: str, audio: bool, videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    video = videos.make(f"{codec}-{audio}.{suffix}", codec=codec, audio=audio, **SMALL)
    task = finish(emulator, http, upload(video))
    assert task["system_metadata"] == {
        "filename": video.name,
        "duration": pytest.approx(10.0, abs=0.1),
        "width": 480,
        "height": 360,
    }
    assert task["hls"]["status"] == "COMPLETE"
    times, size, sounds = play(task["hls"]["video_url"])
    assert len(times) == 100
    assert times == pytest.approx(play(video)[0], abs=0.005)
    assert size == (480, 360)
    assert get_codec(task["hls"]["video_url"]) == "h264"
    assert sounds == pytest.approx(10 * 48_000, rel=0.02) if audio else sounds == 0
    assert_thumbnails(http, task, (480, 360))


def assert_thumbnails(http: httpx.Client, task: dict[str, Any], size: tuple[int, int]) -> None:
    urls = task["hls"]["thumbnail_urls"]
    assert [url.rpartition("/")[2] for url in urls] == [f"{task['_id']}.{number:07}.jpg" for number in (1, 2, 3)]
    pictures = [http.get(url) for url in urls]
    for picture in pictures:
        assert picture.headers["Content-Type"] == "image/jpeg"
        assert picture.content.startswith(b"\xff\xd8\xff")
        with av.open(io.BytesIO(picture.content), "r") as container:
            frame = next(container.decode(video=0))
        assert (frame.width, frame.height) == size
        assert len(set(bytes(frame.reformat(format="gray").planes[0]))) > 50
    assert len({picture.content for picture in pictures}) == 3


@pytest.mark.slow
def test_a_playlist_and_its_segments_are_what_players_ask_for(
    videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    task = finish(emulator, http, upload(videos.plain()))
    url = httpx.URL(task["hls"]["video_url"])
    assert str(url) == f"{emulator.url}/media/{task['_id']}/stream/{task['_id']}.m3u8"
    with httpx.Client() as player:
        playlist = player.get(url)
        assert playlist.headers["Content-Type"] == "application/vnd.apple.mpegurl"
        assert playlist.headers["Access-Control-Allow-Origin"] == "*"
        assert playlist.headers["X-Api-Version"] == "1.3.0"
        lines = playlist.text.splitlines()
        assert lines[0] == "#EXTM3U"
        assert lines[-1] == "#EXT-X-ENDLIST"
        durations = [float(line[8:-1]) for line in lines if line.startswith("#EXTINF:")]
        assert sum(durations) == pytest.approx(12.0, abs=0.05)
        segments = [player.get(url.join(line)) for line in lines if not line.startswith("#")]
        assert len(segments) == len(durations) == 3
        for segment in segments:
            assert segment.headers["Content-Type"] == "video/mp2t"
            assert segment.content[:1] == b"G"
        ranged = player.get(url.join(lines[-2]), headers={"Range": "bytes=0-187"})
        assert (ranged.status_code, len(ranged.content)) == (206, 188)
        assert player.get(str(url).replace(".m3u8", ".99999.ts")).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_phone_video_counts_by_the_size_it_is_shown_at_and_streams_upright(
    rotation: int, videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    video = videos.make(f"turned-{rotation}.mov", rotation=rotation, **SMALL)
    task = finish(emulator, http, upload(video))
    size = (360, 480) if rotation % 180 else (480, 360)
    assert (task["system_metadata"]["width"], task["system_metadata"]["height"]) == size
    times, streamed, _ = play(task["hls"]["video_url"])
    assert streamed == size
    assert len(times) == 100
    assert_thumbnails(http, task, size)


def test_a_portrait_video_is_accepted(videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload) -> None:
    video = videos.make("portrait.mp4", **SMALL | {"width": 360, "height": 640})
    task = finish(emulator, http, upload(video))
    assert (task["system_metadata"]["width"], task["system_metadata"]["height"]) == (360, 640)
    assert play(task["hls"]["video_url"])[1] == (360, 640)
    assert_thumbnails(http, task, (360, 640))


def test_pixels_that_are_not_square_count_as_they_are_shown(
    videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    video = videos.make("wide.mp4", sample_aspect_ratio=Fraction(4, 3), **SMALL)
    task = finish(emulator, http, upload(video))
    assert (task["system_metadata"]["width"], task["system_metadata"]["height"]) == (640, 360)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("codec", "pixel_format", "suffix"),
    [("libx264", "yuv444p", "mp4"), ("libx264", "yuv420p10le", "mkv"), ("mjpeg", None, "mov")],
)
def test_pictures_that_players_cannot_show_are_made_such_that_they_can(
    codec: str,
    pixel_format: str | None,
    suffix: str,
    videos: Videos,
    emulator: Emulator,
    http: httpx.Client,
    upload: Upload,
) -> None:
    video = videos.make(f"odd-{codec}-{pixel_format}.{suffix}", codec=codec, pixel_format=pixel_format, **SMALL)
    task = finish(emulator, http, upload(video))
    with av.open(str(task["hls"]["video_url"])) as container:
        frame = next(container.decode(video=0))
        assert frame.format.name in ("yuv420p", "yuvj420p")
    assert len(play(task["hls"]["video_url"])[0]) == 100


@pytest.mark.slow
def test_a_rate_of_pictures_that_is_not_a_whole_number_is_kept(
    videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    properties = SMALL | {"rate": Fraction(30_000, 1001), "codec": "libx265"}
    task = finish(emulator, http, upload(videos.make("ntsc.mp4", **properties)))
    times, _, _ = play(task["hls"]["video_url"])
    steps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(times) == 300
    assert steps == pytest.approx([1001 / 30_000] * 299, abs=0.001)


@pytest.mark.slow
def test_of_a_damaged_video_is_streamed_what_can_be_seen(
    videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    content = bytearray(videos.make("whole.mp4", **SMALL).read_bytes())
    start, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    start += (end - start) // 2
    content[start:end] = bytes(end - start)
    task = finish(emulator, http, upload(bytes(content)))
    assert task["system_metadata"]["duration"] == 10.0
    assert task["hls"]["status"] == "COMPLETE"
    assert 40 < len(play(task["hls"]["video_url"])[0]) < 60
    assert http.get(task["hls"]["thumbnail_urls"][0]).content.startswith(b"\xff\xd8\xff")


def test_a_video_that_is_not_to_be_streamed_has_no_stream(
    videos: Videos, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    task = finish(emulator, http, upload(videos.plain(), enable_video_stream="false"))
    assert "hls" not in task
    assert http.get(f"{emulator.url}/media/{task['_id']}/stream/{task['_id']}.m3u8").status_code == 404


NAMES = [
    "Ferien am Meer.mp4", "映像.mp4", "a\\b;c=d.mp4", "no suffix", "👾.mp4", 'a"b.mp4', "x:\\y.mp4", "\\\\y.mp4",
    "a\\\\b", 'a\\"b.mp4', '"; name="c', "ends\\", "a%b%2.mp4", "50%20off.mp4", "%41%25%2F%2e",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_video_keeps_its_filename(name: str, videos: Videos, emulator: Emulator, http: httpx.Client) -> None:
    content = videos.cheap().read_bytes()
    created = http.post("/tasks", data={"index_id": emulator.index_id}, files={"video_file": (name, content)}).json()
    assert http.get(f"/tasks/{created['_id']}").json()["system_metadata"]["filename"] == name
    assert [task["_id"] for task in http.get("/tasks", params={"filename": name}).json()["data"]] == [created["_id"]]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ('filename="a\\b.mp4"', "a\\b.mp4"),
        ('filename="C:\\y.mp4"', "C:\\y.mp4"),
        ('filename="a\\"b.mp4"', 'a"b.mp4'),
        ('filename="a%22b.mp4"', 'a"b.mp4'),
        ('filename="a%0D%0Ab.mp4"', "a\r\nb.mp4"),
        ('filename="50%20off.mp4"', "50%20off.mp4"),
        ('filename="%41%2e%2F%25%7F%E6%98%A0.mp4"', "%41%2e%2F%25%7F%E6%98%A0.mp4"),
        ('filename="%25%32%32.mp4"', "%25%32%32.mp4"),
        ('filename="%2%2.mp4"', "%2%2.mp4"),
        ('filename="ends\\"', "ends\\"),
        ('filename="ends\\"; x="y"', "ends\\"),
        ('filename="a;b.mp4" ; x=y', "a;b.mp4"),
        ("filename=plain.mp4", "plain.mp4"),
        ('filename=""', "video_file"),
        ('x="; filename=1"; filename="2"', "2"),
    ],
)
def test_a_filename_is_read_however_it_is_quoted(
    sent: str, name: str, videos: Videos, emulator: Emulator, http: httpx.Client
) -> None:
    form = (
        f'--b\r\ncontent-disposition: form-data; name="index_id"\r\n\r\n{emulator.index_id}\r\n'
        f'--b\r\ncontent-disposition: form-data; name="video_file"; {sent}\r\n\r\n'
    ).encode()
    content = form + videos.cheap().read_bytes() + b"\r\n--b--\r\n"
    created = http.post("/tasks", content=content, headers={"content-type": "multipart/form-data; boundary=b"}).json()
    assert http.get(f"/tasks/{created['_id']}").json()["system_metadata"]["filename"] == name
