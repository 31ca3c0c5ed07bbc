"""Videos that the platform does not take: each with the fault itself, the code and the message word for word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import httpx
import pytest

from contract_tests.support.emulators import Upload, platform_of, refusal
from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_emulator import Emulator

BROKEN = (400, "video_file_broken", "Cannot read video file. Please check the video file is valid and try again.")
NO_CREDIT = "Not enough free credit. Please register a payment method or contact sales@twelvelabs.io."


@pytest.fixture(autouse=True)
def nothing_is_left(emulator: Emulator, http: httpx.Client) -> Iterator[None]:
    """Of what is refused, no task and no file remains."""
    yield
    listed = {task["_id"] for task in http.get("/tasks").json()["data"]}
    files = platform_of(emulator).files
    assert not list(files.incoming.iterdir())
    assert {path.name for path in files.videos.iterdir()} <= listed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "height", "what"),
    [
        (358, 640, "too low"),
        (640, 358, "too low"),
        (320, 240, "too low"),
        (64, 64, "too low"),
        (5186, 2160, "too high"),
        (2160, 5186, "too high"),
        (2162, 2162, "too high"),
    ],
)
def test_a_resolution_out_of_range_is_refused(
    width: int, height: int, what: str, videos: Videos, upload: Upload
) -> None:
    response = upload(videos.make(f"{width}x{height}.mp4", **CHEAP | {"width": width, "height": height}))
    assert refusal(response) == (
        400,
        f"video_resolution_{what.replace(' ', '_')}",
        f"The resolution of the video is {what}. Please upload a video with resolution between 360x360 and 5184x2160. "
        f"Current resolution is `{width}x{height}`.",
    )


@pytest.mark.parametrize(("width", "height"), [(866, 360), (360, 866), (1280, 360)])
def test_a_video_that_is_too_wide_or_too_tall_is_refused(
    width: int, height: int, videos: Videos, upload: Upload
) -> None:
    response = upload(videos.make(f"{width}x{height}.mp4", **CHEAP | {"width": width, "height": height}))
    assert refusal(response) == (
        400,
        "video_resolution_invalid_aspect_ratio",
        "The aspect ratio of the video is invalid. Please upload a video with aspect ratio between 1:1 and 2.4:1. "
        f"Current resolution is `{width}x{height}`.",
    )


def test_a_rotated_video_is_refused_by_the_size_it_is_shown_at(videos: Videos, upload: Upload) -> None:
    video = videos.make("turned.mp4", **CHEAP | {"width": 1280, "height": 360, "rotation": 90})
    code, message = refusal(upload(video))[1:]
    assert code == "video_resolution_invalid_aspect_ratio"
    assert message.endswith("Current resolution is `360x1280`.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seconds", "what"),
    [(9.5, "short"), (0.5, "short"), (7205.0, "long"), (10_000.0, "long")],
)
def test_a_duration_out_of_range_is_refused(seconds: float, what: str, videos: Videos, upload: Upload) -> None:
    properties = CHEAP | {"duration": seconds, "rate": 2}
    video = videos.long(seconds) if what == "long" else videos.make(f"short-{seconds}.mp4", **properties)
    assert refusal(upload(video)) == (
        400,
        f"video_duration_too_{what}",
        f"Video is too {what}. Please use video with duration between 10 seconds and 2 hours(7200 seconds). "
        f"Current duration is `{seconds}` seconds.",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "height", "seconds"),
    [(360, 360, 10.0), (864, 360, 10.0), (360, 864, 10.0), (5184, 2160, 10.0), (360, 360, 7200.0)],
)
def test_a_video_at_a_limit_is_accepted(
    width: int, height: int, seconds: float, videos: Videos, upload: Upload
) -> None:
    properties = CHEAP | {"width": width, "height": height, "duration": seconds}
    video = videos.long(seconds) if seconds > 60 else videos.make(f"limit-{width}x{height}.mp4", **properties)
    assert upload(video, enable_video_stream="false").status_code == 200


@pytest.mark.parametrize("content", [b"", b"no video", b"\0" * 100_000, b"\xff\xd8\xff\xe0", b"\x1a\x45\xdf\xa3"])
def test_what_is_not_a_video_is_refused(content: bytes, upload: Upload) -> None:
    assert refusal(upload(content)) == BROKEN


def test_sound_alone_is_refused(tmp_path: Path, upload: Upload) -> None:
    assert refusal(upload(sound(tmp_path / "sound.m4a"))) == BROKEN


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_video_without_its_end_and_thus_without_its_index_is_refused(
    share: float, videos: Videos, upload: Upload
) -> None:
    content = videos.plain().read_bytes()
    assert refusal(upload(content[: int(len(content) * share)])) == BROKEN


def test_an_index_of_pictures_that_are_not_there_is_refused(videos: Videos, upload: Upload) -> None:
    content = bytearray(videos.plain().read_bytes())
    start, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    content[start:end] = bytes(end - start)
    assert refusal(upload(bytes(content))) == BROKEN


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXTINF:12.0,\n{video}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXTINF:12.0,\nfile://{video}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{video}'\n",
        "concat:{video}",
    ],
)
def test_a_list_of_other_files_is_refused_whatever_it_names(playlist: str, videos: Videos, upload: Upload) -> None:
    video = videos.make("segment.ts", **CHEAP)
    assert refusal(upload(playlist.format(video=video).encode())) == BROKEN


@pytest.mark.parametrize(
    ("size", "max_bytes", "current", "maximum"),
    [
        (501, 500, "501 bytes", "500 bytes"),
        (600_000, 500_000, "600.0 KB", "500.0 KB"),
        (2_100_000, 2_000_000, "2.1 MB", "2.0 MB"),
        (2_000_001, 2_000_000, "2.000001 MB", "2.0 MB"),
    ],
)
def test_a_file_larger_than_the_maximum_is_refused_whatever_it_holds(
    size: int, max_bytes: int, current: str, maximum: str, emulator: Emulator, upload: Upload
) -> None:
    emulator.configure(max_bytes=max_bytes)
    assert refusal(upload(bytes(size))) == (
        400,
        "video_filesize_too_large",
        f"The video is too large. Please use a video with a size less than `{maximum}`. "
        f"The current size is `{current}`.",
    )


def test_a_file_of_just_the_maximum_is_accepted(videos: Videos, emulator: Emulator, upload: Upload) -> None:
    size = videos.cheap().stat().st_size
    emulator.configure(max_bytes=size)
    assert upload(videos.cheap()).status_code == 200
    emulator.configure(max_bytes=size - 1)
    assert refusal(upload(videos.cheap()))[1] == "video_filesize_too_large"


def test_a_video_beyond_the_credit_is_refused_and_costs_nothing(
    videos: Videos, emulator: Emulator, upload: Upload
) -> None:
    emulator.configure(credit_seconds=30)
    assert upload(videos.long(10.0)).status_code == 200
    assert refusal(upload(videos.long(25.0))) == (400, "usage_limit_exceeded", NO_CREDIT)
    assert upload(videos.long(20.0)).status_code == 200
    assert refusal(upload(videos.long(10.0))) == (400, "usage_limit_exceeded", NO_CREDIT)


def test_of_several_faults_the_resolution_is_named_before_the_duration(videos: Videos, upload: Upload) -> None:
    video = videos.make("all-wrong.mp4", **CHEAP | {"width": 128, "height": 64, "duration": 1.0})
    assert refusal(upload(video))[1] == "video_resolution_too_low"


def sound(path: Path) -> Path:
    """Write a file with a tone and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000)
        for number in range(600):
            frame = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            frame.sample_rate, frame.pts = 48_000, number * 1024
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
