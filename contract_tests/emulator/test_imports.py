"""Imports: which files of an integration become videos, which do not, and why."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import platform_of, refusal
from contract_tests.support.integrations import Integration
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.integrations import Integration as Place

BROKEN = "Cannot read video file. Please check the video file is valid and try again."
TOO_SHORT = (
    "Video is too short. Please use video with duration between 10 seconds and 2 hours(7200 seconds). "
    "Current duration is `5.0` seconds."
)
TOO_LOW = (
    "The resolution of the video is too low. Please upload a video with resolution between 360x360 and 5184x2160. "
    "Current resolution is `320x240`."
)


def put(folder: Path, name: str, video: Path) -> None:
    """Put a copy of a video into an integration."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(video.read_bytes())


@pytest.fixture
def mixed(folder: Path, videos: Videos) -> None:
    """Two videos in the integration, and three files that the platform rejects."""
    put(folder, "a.mp4", videos.cheap(1))
    put(folder, "2024/b.mp4", videos.cheap(2))
    put(folder, "short.mp4", videos.make("5s.mp4", **CHEAP | {"duration": 5.0}))
    put(folder, "small.mp4", videos.make("small.mp4", **CHEAP | {"width": 320, "height": 240}))
    (folder / "notes.txt").write_text("no video")
    (folder / ".DS_Store").write_text("hidden")
    put(folder, ".trash/c.mp4", videos.cheap(3))


@pytest.mark.usefixtures("mixed")
def test_an_import_tells_videos_from_files_that_fail_and_says_why(integration: Integration) -> None:
    imported, failed = integration.start()
    assert set(imported) == {"a.mp4", "2024/b.mp4"}
    assert failed == {"notes.txt": BROKEN, "short.mp4": TOO_SHORT, "small.mp4": TOO_LOW}


@pytest.mark.usefixtures("mixed")
def test_each_imported_video_is_a_task_of_its_own(
    integration: Integration, emulator: Emulator, http: httpx.Client
) -> None:
    imported, _ = integration.start()
    listed = {task["_id"]: task for task in http.get("/tasks").json()["data"]}
    assert set(listed) == set(imported.values())
    task = listed[imported["2024/b.mp4"]]
    assert task["video_id"] == task["_id"]
    assert task["status"] == "validating"
    assert task["index_id"] == emulator.index_id
    assert task["system_metadata"] == {"filename": "2024/b.mp4", "duration": 12.0, "width": 360, "height": 360}
    emulator.advance(1000)
    for identifier in imported.values():
        task = http.get(f"/tasks/{identifier}").json()
        assert (task["status"], task["hls"]["status"]) == ("ready", "COMPLETE")
        assert http.get(task["hls"]["video_url"]).status_code == 200
        assert http.delete(f"/indexes/{emulator.index_id}/videos/{identifier}").status_code == 204
        assert http.delete(f"/tasks/{identifier}").status_code == 204


def test_an_integration_without_files_imports_nothing(integration: Integration) -> None:
    assert integration.ask().json() == {"videos": None, "failed_files": None}


def test_metadata_of_an_import_is_that_of_all_its_videos(
    integration: Integration, emulator: Emulator, folder: Path, videos: Videos
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    metadata: dict[str, Any] = {"category": "recent", "batch": 5, "rating": 9.3, "checked": True}
    imported, _ = integration.start(user_metadata=metadata)
    task = platform_of(emulator).store.tasks.get(imported["a.mp4"])
    assert task is not None
    assert json.loads(task.parameters or "") == {"user_metadata": metadata}


# Duplicates


def test_videos_the_index_holds_are_skipped(integration: Integration, folder: Path, videos: Videos) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    assert set(integration.finish()[0]) == {"a.mp4"}
    put(folder, "copy of a.mp4", videos.cheap(1))
    put(folder, "b.mp4", videos.cheap(2))
    assert set(integration.finish()[0]) == {"b.mp4"}
    assert integration.finish() == ({}, {})


def test_of_files_with_the_same_content_one_is_imported(integration: Integration, folder: Path, videos: Videos) -> None:
    for name in ("a.mp4", "b.mp4", "c/a.mp4"):
        put(folder, name, videos.cheap(1))
    assert set(integration.start()[0]) == {"a.mp4"}


def test_a_video_that_was_uploaded_is_not_imported_once_more(
    integration: Integration, folder: Path, videos: Videos, emulator: Emulator, http: httpx.Client
) -> None:
    content = videos.cheap(1).read_bytes()
    http.post("/tasks", data={"index_id": emulator.index_id}, files={"video_file": ("other name.mp4", content)})
    put(folder, "a.mp4", videos.cheap(1))
    assert integration.start() == ({}, {})


def test_another_index_holds_videos_of_its_own(integration: Integration, folder: Path, videos: Videos) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    integration.finish()
    other = integration.emulator.create_index("other")
    assert set(integration.finish(index_id=other)[0]) == {"a.mp4"}


def test_a_video_whose_vector_was_deleted_is_imported_again(
    integration: Integration, folder: Path, videos: Videos, http: httpx.Client
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    imported, _ = integration.finish()
    assert http.delete(f"/indexes/{integration.index_id}/videos/{imported['a.mp4']}").status_code == 204
    assert set(integration.start()[0]) == {"a.mp4"}


def test_a_file_with_new_content_is_imported_again(integration: Integration, folder: Path, videos: Videos) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    integration.finish()
    put(folder, "a.mp4", videos.cheap(2))
    assert set(integration.finish()[0]) == {"a.mp4"}


def test_all_files_are_imported_if_that_is_not_to_be_incremental(
    integration: Integration, folder: Path, videos: Videos, http: httpx.Client
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    put(folder, "copy.mp4", videos.cheap(1))
    first, _ = integration.finish()
    second, _ = integration.finish(incremental_import=False)
    assert set(second) == {"a.mp4", "copy.mp4"}
    assert not set(first.values()) & set(second.values())
    assert http.get("/tasks").json()["page_info"]["total_results"] == 3


# Files that failed


@pytest.mark.usefixtures("mixed")
def test_files_that_failed_are_retried_only_on_demand(
    integration: Integration, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = integration.finish()[1]
    opened: list[str] = []
    opening = Place.open

    def note_and_open(place: Place, file: Any) -> Any:
        opened.append(file if isinstance(file, str) else file.filename)
        return opening(place, file)

    monkeypatch.setattr(Place, "open", note_and_open)
    assert integration.finish() == ({}, failed)
    assert not set(opened) & set(failed)
    assert integration.finish(retry_failed=True) == ({}, failed)
    assert set(opened) >= set(failed)


def test_a_file_that_failed_is_tried_again_when_it_has_changed(
    integration: Integration, folder: Path, videos: Videos
) -> None:
    (folder / "a.mp4").write_text("not yet a video")
    assert integration.finish() == ({}, {"a.mp4": BROKEN})
    put(folder, "a.mp4", videos.cheap(1))
    assert set(integration.finish()[0]) == {"a.mp4"}


def test_what_failed_for_the_limit_succeeds_when_it_is_retried_with_another(
    integration: Integration, folder: Path, videos: Videos, emulator: Emulator
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    emulator.configure(max_bytes=1000)
    assert "The video is too large." in integration.finish()[1]["a.mp4"]
    emulator.configure(max_bytes=10_000_000)
    assert "The video is too large." in integration.finish()[1]["a.mp4"]
    assert set(integration.finish(retry_failed=True)[0]) == {"a.mp4"}


def test_files_that_failed_are_imported_too_if_that_is_not_to_be_incremental(
    integration: Integration, folder: Path, videos: Videos, emulator: Emulator
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    emulator.configure(max_bytes=1000)
    assert set(integration.finish()[1]) == {"a.mp4"}
    emulator.configure(max_bytes=10_000_000)
    assert set(integration.finish(incremental_import=False)[0]) == {"a.mp4"}


def test_a_video_beyond_the_credit_fails_and_succeeds_when_it_is_retried(
    integration: Integration, folder: Path, videos: Videos, emulator: Emulator
) -> None:
    emulator.configure(credit_seconds=15)
    put(folder, "a.mp4", videos.cheap(1))
    put(folder, "b.mp4", videos.cheap(2))
    assert set(integration.finish()[0]) == {"a.mp4", "b.mp4"}
    groups = integration.names()
    assert sorted(groups["ready"] + groups["failed"]) == ["a.mp4", "b.mp4"]
    assert integration.status()["failed"][0]["error_message"].startswith("Not enough free credit.")
    emulator.configure(credit_seconds=100)
    assert set(integration.finish(retry_failed=True)[0]) == set(groups["failed"])
    assert integration.names() == {"ready": ["a.mp4", "b.mp4"]}


# One at a time


def test_one_import_runs_at_a_time_for_an_integration(
    integration: Integration, folder: Path, videos: Videos, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = Integration(integration.emulator, integration.http, integration.index_id, "0" * 24)
    integration.emulator.configure(integrations={INTEGRATION_ID: folder, other.id: elsewhere})
    put(folder, "a.mp4", videos.cheap(1))
    put(elsewhere, "b.mp4", videos.cheap(2))
    integration.start()
    assert refusal(integration.ask()) == (
        400,
        "import_in_progress",
        "An import is already running for this integration. Please try again when it has ended.",
    )
    assert refusal(integration.ask(index_id=integration.emulator.create_index("other")))[1] == "import_in_progress"
    assert set(other.start()[0]) == {"b.mp4"}
    integration.emulator.advance(1000)
    assert integration.start() == ({}, {})


def test_of_several_imports_requested_at_once_one_is_started(
    integration: Integration, folder: Path, videos: Videos
) -> None:
    for number in range(5):
        put(folder, f"{number}.mp4", videos.cheap(number))
    responses: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: responses.append(integration.ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(response.status_code for response in responses) == [201] + [400] * 7
    assert len(integration.logs()) == 1
    assert integration.http.get("/tasks").json()["page_info"]["total_results"] == 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_not_a_regular_file_fails_and_holds_nothing_up(
    integration: Integration, folder: Path, videos: Videos
) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    os.mkfifo(folder / "pipe.mp4")
    (folder / "endless.mp4").symlink_to("/dev/zero")
    (folder / "link.mp4").symlink_to(videos.cheap(2))
    imported, failed = integration.finish()
    assert set(imported) == {"a.mp4", "link.mp4"}
    assert failed == {
        "pipe.mp4": "Cannot read pipe.mp4: It is not a regular file.",
        "endless.mp4": "Cannot read endless.mp4: It is not a regular file.",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf8_fails_alone(integration: Integration, folder: Path, videos: Videos) -> None:
    put(folder, "a.mp4", videos.cheap(1))
    odd = os.fsencode(folder) + b"/caf\xe9.mp4"
    Path(os.fsdecode(odd)).write_bytes(videos.cheap(2).read_bytes())
    assert integration.names() == {"not_imported": ["a.mp4", "caf\\xe9.mp4"]}
    imported, failed = integration.finish()
    assert set(imported) == {"a.mp4"}
    assert failed == {"caf\\xe9.mp4": "The name of the file is not valid UTF-8."}
    assert integration.names() == {"ready": ["a.mp4"], "failed": ["caf\\xe9.mp4"]}
    (log,) = integration.logs()
    assert [each["filename"] for each in log["failed_files"]] == ["caf\\xe9.mp4"]
