"""What is reported about imports: the status of each video, and the log of each import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import STAGE, refusal
from contract_tests.support.integrations import GROUPS, Integration
from contract_tests.support.times import moment
from contract_tests.support.videos import Videos
from twelvelabs_emulator.platform import reception
from twelvelabs_emulator.platform.files import ReceivedFile

BROKEN = "Cannot read video file. Please check the video file is valid and try again."
NONE = dict.fromkeys(["ready", "validating", "queued", "pending", "indexing", "failed"], 0)


@pytest.fixture
def put(folder: Path, videos: Videos) -> None:
    """A video in the integration, and a file that is not one."""
    (folder / "a.mp4").write_bytes(videos.cheap(1).read_bytes())
    (folder / "notes.txt").write_text("no video")


def test_of_an_integration_that_was_never_imported_all_files_are_yet_to_be(integration: Integration, put: None) -> None:
    assert integration.status() == {"not_imported": ["a.mp4", "notes.txt"]}
    assert integration.logs() == []


def test_of_an_empty_integration_there_is_nothing_to_tell(integration: Integration) -> None:
    response = integration.http.get(f"{integration.path}/status", params={"index_id": integration.index_id})
    assert response.json() == dict.fromkeys(GROUPS)
    assert integration.http.get(f"{integration.path}/logs").json() == {"data": None}


def test_a_video_is_reported_in_the_group_of_its_status(integration: Integration, put: None) -> None:
    imported, _ = integration.start()
    started = integration.logs()[0]["created_at"]
    video = {"video_id": imported["a.mp4"], "filename": "a.mp4", "created_at": started}
    failed = [{"filename": "notes.txt", "created_at": started, "error_message": BROKEN}]
    for status in ("validating", "pending", "queued", "indexing", "ready"):
        assert integration.status() == {status: [video], "failed": failed}
        log = integration.logs()[0]
        assert log["video_status"] == NONE | {status: 1, "failed": 1}
        assert log["failed_files"] == [{"filename": "notes.txt", "error_message": BROKEN}]
        assert (log["ended_at"] is None) is (status != "ready")
        integration.emulator.advance(STAGE)


def test_an_import_ends_when_the_last_of_its_videos_does(
    integration: Integration, put: None, http: httpx.Client
) -> None:
    imported, _ = integration.start()
    integration.emulator.advance(1000)
    (log,) = integration.logs()
    task = http.get(f"/tasks/{imported['a.mp4']}").json()
    assert log["ended_at"] == task["updated_at"]
    assert moment(log["ended_at"]) > moment(log["created_at"])
    assert log["index_id"] == integration.index_id
    assert log["index_name"] == "default"


def test_an_import_of_nothing_ends_as_it_begins(integration: Integration) -> None:
    integration.start()
    (log,) = integration.logs()
    assert log["ended_at"] == log["created_at"]
    assert log["video_status"] == NONE
    assert log["failed_files"] is None


def test_a_file_that_came_later_is_not_imported_yet(
    integration: Integration, put: None, folder: Path, videos: Videos
) -> None:
    integration.finish()
    (folder / "late.mp4").write_bytes(videos.cheap(2).read_bytes())
    assert integration.names() == {"not_imported": ["late.mp4"], "ready": ["a.mp4"], "failed": ["notes.txt"]}
    integration.finish()
    assert integration.names() == {"ready": ["a.mp4", "late.mp4"], "failed": ["notes.txt"]}


def test_videos_are_reported_over_all_imports_into_an_index(
    integration: Integration, put: None, folder: Path, videos: Videos
) -> None:
    integration.finish()
    (folder / "b.mp4").write_bytes(videos.cheap(2).read_bytes())
    integration.start()
    assert integration.names() == {"validating": ["b.mp4"], "ready": ["a.mp4"], "failed": ["notes.txt"]}
    other = integration.emulator.create_index("other")
    assert integration.names(index_id=other) == {"not_imported": ["a.mp4", "b.mp4", "notes.txt"]}


def test_a_file_that_failed_and_was_imported_later_is_not_reported_as_failed(
    integration: Integration, folder: Path, videos: Videos
) -> None:
    (folder / "a.mp4").write_text("not yet a video")
    integration.finish()
    assert integration.names() == {"failed": ["a.mp4"]}
    (folder / "a.mp4").write_bytes(videos.cheap(1).read_bytes())
    integration.finish()
    assert integration.names() == {"ready": ["a.mp4"]}
    assert [log["video_status"]["failed"] for log in integration.logs()] == [1, 0]


def test_a_file_that_is_gone_is_still_reported(integration: Integration, put: None, folder: Path) -> None:
    integration.finish()
    (folder / "a.mp4").unlink()
    assert integration.names() == {"ready": ["a.mp4"], "failed": ["notes.txt"]}


def test_a_place_that_is_gone_is_reported_as_far_as_that_is_known(
    integration: Integration, put: None, folder: Path
) -> None:
    integration.finish()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert integration.names() == {"ready": ["a.mp4"], "failed": ["notes.txt"]}
    assert refusal(integration.ask()) == (
        404,
        "resource_not_exist",
        f"Resource with id `{integration.id}` does not exist in `integrations`. {folder} is not a folder.",
    )
    assert len(integration.logs()) == 1


def test_logs_tell_of_all_imports_the_oldest_first(
    integration: Integration, put: None, folder: Path, videos: Videos
) -> None:
    integration.finish()
    other = integration.emulator.create_index("holidays")
    integration.finish(index_id=other)
    (folder / "b.mp4").write_bytes(videos.cheap(2).read_bytes())
    integration.start()
    first, second, third = integration.logs()
    assert moment(first["created_at"]) < moment(second["created_at"]) < moment(third["created_at"])
    assert [log["index_name"] for log in (first, second, third)] == ["default", "holidays", "default"]
    assert [log["index_id"] for log in (first, second, third)] == [integration.index_id, other, integration.index_id]
    assert [log["video_status"] for log in (first, second, third)] == [
        NONE | {"ready": 1, "failed": 1},
        NONE | {"ready": 1, "failed": 1},
        NONE | {"validating": 1, "failed": 1},
    ]
    assert [log["ended_at"] is None for log in (first, second, third)] == [False, False, True]


def test_a_task_that_was_deleted_is_not_reported_any_more(
    integration: Integration, put: None, http: httpx.Client
) -> None:
    imported, _ = integration.finish()
    assert http.delete(f"/indexes/{integration.index_id}/videos/{imported['a.mp4']}").status_code == 204
    assert http.delete(f"/tasks/{imported['a.mp4']}").status_code == 204
    assert integration.names() == {"not_imported": ["a.mp4"], "failed": ["notes.txt"]}


def test_a_video_that_vanishes_before_it_is_copied_fails(
    integration: Integration, put: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copying = reception.copy

    def copy_nothing(*arguments: Any) -> ReceivedFile:
        (folder / "a.mp4").unlink()
        return copying(*arguments)

    monkeypatch.setattr(reception, "copy", copy_nothing)
    integration.finish()
    failed = {each["filename"]: each["error_message"] for each in integration.status()["failed"]}
    assert failed["a.mp4"].startswith("Cannot read a.mp4: ")
    (log,) = integration.logs()
    assert log["ended_at"] is not None
    assert log["video_status"] == NONE | {"failed": 2}
