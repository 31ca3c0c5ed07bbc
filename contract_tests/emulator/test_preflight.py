"""The check before an upload raises what the platform would refuse the video with, without the upload."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.streams import OneWay
from contract_tests.support.twins import Twin
from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs, errors

TWINS = [Twin("sync"), Twin("asyncio"), Twin("trio")]
FAULTS: dict[str, tuple[dict[str, Any], type[errors.BadRequestError]]] = {
    "too small": ({"width": 320, "height": 240}, errors.VideoResolutionTooLowError),
    "too large": ({"width": 2162, "height": 2162}, errors.VideoResolutionTooHighError),
    "too wide": ({"width": 1280, "height": 360}, errors.VideoResolutionInvalidAspectRatioError),
    "too short": ({"duration": 3.0}, errors.VideoDurationTooShortError),
    "too long": ({"duration": 7205.0}, errors.VideoDurationTooLongError),
}


def refusal(client: TwelveLabs, emulator: Emulator, video: Any, **arguments: Any) -> errors.BadRequestError:
    """Return the error that a creation ends with."""
    with pytest.raises(errors.BadRequestError) as caught:
        client.tasks.create(index_id=emulator.index_id, video_file=video, **arguments)
    return caught.value


@pytest.mark.slow
@pytest.mark.parametrize(("properties", "kind"), FAULTS.values(), ids=FAULTS)
def test_the_error_is_the_one_the_platform_returns(
    client: TwelveLabs, emulator: Emulator, videos: Videos, properties: dict[str, Any], kind: type[Exception]
) -> None:
    name = "-".join(map(str, properties.values()))
    video = videos.make(f"preflight-{name}.mp4", **CHEAP | properties)
    found, returned = refusal(client, emulator, video, preflight=True), refusal(client, emulator, video)
    assert type(found) is type(returned) is kind
    assert (found.code, found.message) == (returned.code, returned.message)
    for value in ("current_resolution", "current_duration"):
        assert getattr(found, value, None) == getattr(returned, value, None)
    assert (found.status_code, found.request, found.response) == (None, None, None)
    assert len(emulator.received) == 1


def test_what_is_not_a_video_is_found_out(client: TwelveLabs, emulator: Emulator) -> None:
    found = refusal(client, emulator, b"no video", preflight=True)
    assert type(found) is type(refusal(client, emulator, b"no video")) is errors.VideoFileBrokenError


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=str)
@pytest.mark.parametrize("form", ["path", "file", "bytes"])
def test_a_video_that_is_fine_is_uploaded_whole(emulator: Emulator, videos: Videos, twin: Twin, form: str) -> None:
    path = videos.cheap()
    with path.open("rb") as file:
        video = {"path": path, "file": file, "bytes": path.read_bytes()}[form]
        task = twin(
            lambda client: client.tasks.create(index_id=emulator.index_id, video_file=video, preflight=True),
            api_key=emulator.api_key,
            base_url=emulator.base_url,
        )
    assert task.id
    (received,) = emulator.received
    assert received.arguments["video_file"]["size"] == path.stat().st_size


@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_a_path_is_closed_after_a_fault(emulator: Emulator, videos: Videos, twin: Twin) -> None:
    video = videos.make("preflight-3.0.mp4", **CHEAP | {"duration": 3.0})
    with pytest.raises(errors.VideoDurationTooShortError):
        twin(
            lambda client: client.tasks.create(index_id=emulator.index_id, video_file=video, preflight=True),
            api_key=emulator.api_key,
            base_url=emulator.base_url,
        )
    # A file left open would be a ResourceWarning, which is an error here.


def make_advanced_file(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.seek(10)
    return file


@pytest.mark.parametrize(
    "make", [lambda: make_advanced_file(bytes(20)), lambda: OneWay(b"")], ids=["middle", "one way"]
)
def test_a_file_that_cannot_be_inspected_is_reported(client: TwelveLabs, emulator: Emulator, make: Any) -> None:
    with pytest.raises(ValueError, match="preflight needs a seekable file positioned at its start"):
        client.tasks.create(index_id=emulator.index_id, video_file=make(), preflight=True)
    assert not emulator.received


def test_without_pyav_it_says_what_to_install(
    client: TwelveLabs, emulator: Emulator, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = videos.cheap()
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ImportError, match=r"pip install 'twelvelabs-tasks\[video\]'"):
        client.tasks.create(index_id=emulator.index_id, video_file=video, preflight=True)
    assert not emulator.received


@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_a_file_that_is_too_large_is_refused_before_it_is_sent(emulator: Emulator, tmp_path: Path, twin: Twin) -> None:
    video = tmp_path / "large.mp4"
    with video.open("wb") as file:
        file.truncate(2_000_000_001)  # It takes no room on the disk.
    with pytest.raises(errors.VideoFilesizeTooLargeError) as caught:
        twin(
            lambda client: client.tasks.create(index_id=emulator.index_id, video_file=video),
            api_key=emulator.api_key,
            base_url=emulator.base_url,
        )
    assert (caught.value.maximum_size, caught.value.current_file_size) == ("2.0 GB", "2.000000001 GB")
    assert not emulator.received


def test_the_maximum_size_can_be_set(emulator: Emulator, videos: Videos) -> None:
    video = videos.cheap()
    size = video.stat().st_size
    options: dict[str, Any] = {"api_key": emulator.api_key, "base_url": emulator.base_url}
    with TwelveLabs(**options, max_upload_bytes=size) as client:
        client.tasks.create(index_id=emulator.index_id, video_file=video)
    with TwelveLabs(**options, max_upload_bytes=size - 1) as client:
        emulator.configure(max_bytes=size - 1)
        found = refusal(client, emulator, video)
    with TwelveLabs(**options) as client:
        returned = refusal(client, emulator, video)
    assert (type(found), found.message) == (type(returned), returned.message)
