"""What the docstrings of `twelvelabs_tasks.video` say, and `preflight` of a bulk creation."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs, errors, video
from twelvelabs_tasks.video import Fault, Video, broken, check_duration, check_size, check_video


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Video(duration=5.0, width=300, height=300), "video_resolution_too_low"),
        (Video(duration=5.0, width=5185, height=2160), "video_resolution_too_high"),
        (Video(duration=5.0, width=5184, height=2161), "video_resolution_too_high"),
        (Video(duration=5.0, width=1000, height=400), "video_resolution_invalid_aspect_ratio"),
        (Video(duration=5.0, width=400, height=1000), "video_resolution_invalid_aspect_ratio"),
        (Video(duration=9.9, width=640, height=360), "video_duration_too_short"),
        (Video(duration=7200.1, width=640, height=360), "video_duration_too_long"),
        (Video(duration=9.999999, width=640, height=360), "video_duration_too_short"),
        (Video(duration=7200.000001, width=640, height=360), "video_duration_too_long"),
        (Video(duration=10.0, width=360, height=360), None),
        (Video(duration=7200.0, width=5184, height=2160), None),
        (Video(duration=7200.0, width=2160, height=5184), None),
        (Video(duration=10.0, width=960, height=400), None),
        (Video(duration=10.0, width=400, height=960), None),
    ],
)
def test_faults_come_in_order_of_resolution_aspect_ratio_and_duration(found: Video, code: str | None) -> None:
    fault = check_video(found)
    assert (fault and fault.code) == code
    lasts = check_duration(found)
    is_lasting = 10.0 <= found.duration <= 7200.0
    assert (lasts is None) is is_lasting
    assert (lasts and lasts.code) in (None, "video_duration_too_short", "video_duration_too_long")


def test_faults_come_in_order_of_size_and_readability_before_that() -> None:
    assert check_size(2_000_000_000) is None
    too_large = check_size(2_000_000_001)
    assert too_large is not None
    assert too_large.code == "video_filesize_too_large"
    assert check_size(11, max_bytes=10) is not None
    assert video.check(io.BytesIO(b"no video"), max_bytes=3) == check_size(8, max_bytes=3)
    assert video.check(io.BytesIO(b"no video")) == broken()


@pytest.mark.parametrize("duration", [9.9999, 7200.0004, 0.1234567])
def test_a_duration_is_named_as_it_is(duration: float) -> None:
    fault = check_duration(Video(duration, 640, 360))
    assert fault is not None
    assert fault.values == {"current_duration": duration}
    assert f"Current duration is `{duration}` seconds." in fault.message


def test_a_fault_names_its_values_and_shows_them_in_the_message() -> None:
    size, low = check_size(2_100_000_000), check_video(Video(20.0, 320, 240))
    short = check_duration(Video(4.0, 640, 360))
    assert size is not None
    assert low is not None
    assert short is not None
    assert size.values == {"maximum_size": "2.0 GB", "current_file_size": "2.1 GB"}
    assert low.values == {"current_resolution": "320x240"}
    assert short.values == {"current_duration": 4.0}
    for fault in (size, low, short):
        assert all(f"`{value}`" in fault.message for value in fault.values.values())
    assert (broken().code, dict(broken().values)) == ("video_file_broken", {})


def test_an_examination_returns_the_video_or_its_first_fault(videos: Videos, tmp_path: Path) -> None:
    assert video.examine(videos.cheap()) == video.probe(videos.cheap()) == Video(12.0, 360, 360)
    small = video.examine(videos.make("tiny.mp4", width=320, height=240))
    assert isinstance(small, Fault)
    assert small == video.check(videos.make("tiny.mp4", width=320, height=240))
    assert small.code == "video_resolution_too_low"


def test_the_position_of_a_checked_file_does_not_matter_and_changes(videos: Videos) -> None:
    content = io.BytesIO(videos.cheap().read_bytes())
    content.seek(1000)
    assert video.check(content) is None
    assert content.tell() != 1000


@pytest.mark.parametrize("use", [video.check, video.examine, video.probe])
def test_what_cannot_be_opened_is_an_error_of_the_system(use: object, tmp_path: Path) -> None:
    assert callable(use)
    with pytest.raises(FileNotFoundError):
        use(tmp_path / "none.mp4")
    with pytest.raises(OSError, match=r"[Ii]s a directory"):
        use(tmp_path)


def test_preflight_holds_for_every_file_of_a_bulk_creation(
    emulator: Emulator, client: TwelveLabs, videos: Videos
) -> None:
    small, fine = videos.make("tiny.mp4", width=320, height=240), videos.cheap()
    bad, good, worse = client.tasks.create_bulk(
        index_id=emulator.index_id, video_files=[small, fine, ("a.mp4", b"no video")], preflight=True
    )
    assert isinstance(bad.error, errors.VideoResolutionTooLowError)
    assert bad.error.status_code is None
    assert good.task is not None
    assert isinstance(worse.error, errors.VideoFileBrokenError)
    assert [each.operation for each in emulator.received] == ["create_task"]
