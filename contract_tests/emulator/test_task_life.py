"""The life of a task: its statuses, each at its time, its stream, and its end."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import STAGE, Upload, plant, platform_of, refusal
from contract_tests.support.times import measure_stage, moment
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.times import format_time
from twelvelabs_emulator.workers.workers import Packaging, WorkerError

STATUSES = ["validating", "pending", "queued", "indexing", "ready"]
UNFINISHED = ["uploading", "validating", "pending", "queued", "indexing"]


@pytest.fixture
def created(upload: Upload, videos: Videos) -> str:
    """A task whose video was uploaded."""
    return str(upload(videos.plain()).json()["_id"])


def retrieve(http: httpx.Client, task_id: str) -> dict[str, Any]:
    response = http.get(f"/tasks/{task_id}")
    assert response.status_code == 200
    task: dict[str, Any] = response.json()
    return task


def test_a_task_is_what_it_was_created_as(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    before = emulator.now
    response = upload(videos.plain())
    after = emulator.now
    identifier = response.json()["_id"]
    assert response.json() == {"_id": identifier, "video_id": identifier}
    task = retrieve(http, identifier)
    assert before <= task["created_at"] <= after
    hls = task.pop("hls")
    assert task == {
        "_id": identifier,
        "video_id": identifier,
        "index_id": emulator.index_id,
        "status": "validating",
        "created_at": task["created_at"],
        "updated_at": task["created_at"],
        "system_metadata": {"filename": "plain.mp4", "duration": 12.0, "width": 640, "height": 360},
    }
    assert hls["status"] in ("PROCESSING", "COMPLETE")
    assert task in http.get("/tasks").json()["data"]


def test_a_task_stays_in_each_status_for_just_as_long_as_it_should(
    created: str, emulator: Emulator, http: httpx.Client
) -> None:
    for number, status in enumerate(STATUSES):
        task = retrieve(http, created)
        assert (task["status"], measure_stage(task)) == (status, number * STAGE)
        emulator.advance(STAGE)
    emulator.advance(1000)
    task = retrieve(http, created)
    assert (task["status"], measure_stage(task)) == ("ready", 4 * STAGE)


def test_a_task_nobody_looks_at_comes_into_its_statuses_all_the_same(
    created: str, emulator: Emulator, http: httpx.Client
) -> None:
    emulator.advance(100 * STAGE)
    task = retrieve(http, created)
    assert (task["status"], measure_stage(task)) == ("ready", 4 * STAGE)


@pytest.mark.slow
def test_a_task_that_is_polled_is_seen_in_every_status(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    emulator.configure(stage_seconds=0.25)
    identifier = upload(videos.cheap(), enable_video_stream="false").json()["_id"]
    seen: dict[str, float] = {}
    while "ready" not in seen:
        task = retrieve(http, identifier)
        seen[task["status"]] = measure_stage(task)
    assert seen.items() <= {status: number * 0.25 for number, status in enumerate(STATUSES)}.items()
    assert len(seen) > 2  # on a busy machine, a response may take longer than a status lasts


def test_a_change_of_the_time_in_each_status_holds_for_what_comes(
    created: str, emulator: Emulator, http: httpx.Client
) -> None:
    emulator.configure(stage_seconds=1)
    emulator.advance(STAGE + 1)
    task = retrieve(http, created)
    assert (task["status"], measure_stage(task)) == ("queued", STAGE + 1)


def test_a_stream_has_a_status_and_a_time_of_its_own(created: str, emulator: Emulator, http: httpx.Client) -> None:
    made = retrieve(http, created)["hls"]
    emulator.advance(0)
    stream = retrieve(http, created)["hls"]
    assert stream["status"] == "COMPLETE"
    assert stream["updated_at"] >= made["updated_at"]
    emulator.advance(100 * STAGE)
    task = retrieve(http, created)
    assert task["hls"] == stream
    assert moment(stream["updated_at"]) < moment(task["updated_at"])


def test_a_stream_that_is_not_complete_has_no_urls(emulator: Emulator, http: httpx.Client) -> None:
    for status in ("PROCESSING", "CANCELED", "ERROR"):
        (task,) = plant(emulator, {"hls_status": status, "hls_updated_at": 0})
        assert retrieve(http, task.id)["hls"] == {"status": status, "updated_at": "1970-01-01T00:00:00.000Z"}


def test_a_task_whose_stream_cannot_be_made_becomes_ready_without_one(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(packaging: Packaging, *_: object) -> int:
        (packaging.folder / "stream").mkdir(parents=True)
        (packaging.folder / "stream" / f"{packaging.name}.m3u8").write_text("#EXTM3U")
        raise WorkerError(f"{packaging.source} is damaged.")

    monkeypatch.setattr(platform_of(emulator).workers, "package", fail)
    identifier = upload(videos.cheap()).json()["_id"]
    emulator.advance(100 * STAGE)
    task = retrieve(http, identifier)
    assert task["status"] == "ready"
    assert task["hls"] == {"status": "ERROR", "updated_at": task["hls"]["updated_at"]}
    files = platform_of(emulator).files
    assert not list(files.media.iterdir())
    assert not list(files.videos.iterdir())


@pytest.mark.parametrize("status", ["pending", "queued", "indexing"])
def test_a_task_is_not_ready_before_its_stream_is(status: str, emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(stage_seconds=0)
    now = platform_of(emulator).clock.now()
    (task,) = plant(emulator, {"status": status, "due_at": now - 1000, "hls_status": "PROCESSING"})
    assert retrieve(http, task.id)["status"] == "indexing"


SECOND = 1000
LATE = [
    ("uploading", "validating", "received_at"),
    ("validating", "pending", "received_at"),
    ("indexing", "ready", "hls_updated_at"),
]


@pytest.mark.parametrize("by", [-3 * SECOND, 0, 3 * SECOND], ids=["early", "on time", "late"])
@pytest.mark.parametrize(("status", "following", "event"), LATE)
def test_a_task_goes_on_when_its_time_has_come_and_what_it_waited_for_has_happened(
    status: str, following: str, event: str, by: int, emulator: Emulator, http: httpx.Client
) -> None:
    due = platform_of(emulator).clock.now() - 5 * SECOND
    values = {"status": status, "due_at": due, "created_at": due - SECOND, "updated_at": due - SECOND}
    happened = {"received_at": due - SECOND, "hls_status": "COMPLETE", "hls_updated_at": due} | {event: due + by}
    (task,) = plant(emulator, values | happened)
    found = retrieve(http, task.id)
    assert (found["status"], found["updated_at"]) == (following, format_time(max(due, due + by)))
    (listed,) = http.get("/tasks", params={"updated_at": found["updated_at"]}).json()["data"]
    assert listed["_id"] == task.id


@pytest.mark.parametrize("ending", ["COMPLETE", "ERROR"])
def test_a_task_whose_stream_took_long_is_ready_as_soon_as_that_is_over(
    ending: str, emulator: Emulator, http: httpx.Client
) -> None:
    platform = platform_of(emulator)
    due = platform.clock.now() - 5 * SECOND
    (task,) = plant(emulator, {"status": "indexing", "due_at": due, "updated_at": due, "hls_status": "PROCESSING"})
    before = retrieve(http, task.id)
    assert (before["status"], before["updated_at"]) == ("indexing", format_time(due))
    platform.store.tasks.update(task.id, hls_status=ending, hls_updated_at=platform.clock.now())
    after = retrieve(http, task.id)
    assert (after["status"], after["updated_at"]) == ("ready", after["hls"]["updated_at"])


def test_two_videos_of_the_same_content_are_two_tasks(upload: Upload, videos: Videos, http: httpx.Client) -> None:
    assert upload(videos.cheap()).json()["_id"] != upload(videos.cheap()).json()["_id"]
    assert http.get("/tasks").json()["page_info"]["total_results"] == 2


# Deletion


@pytest.mark.parametrize("status", UNFINISHED)
def test_a_task_that_is_not_over_cannot_be_deleted(status: str, emulator: Emulator, http: httpx.Client) -> None:
    (task,) = plant(emulator, {"status": status})
    assert refusal(http.delete(f"/tasks/{task.id}"))[:2] == (400, "task_cannot_be_deleted")
    assert retrieve(http, task.id)["status"] == status


def test_a_task_can_be_deleted_after_its_video_vector_only(
    created: str, emulator: Emulator, http: httpx.Client
) -> None:
    assert refusal(http.delete(f"/tasks/{created}"))[:2] == (400, "task_cannot_be_deleted")
    assert refusal(http.delete(f"/indexes/{emulator.index_id}/videos/{created}"))[:2] == (404, "resource_not_exist")
    emulator.advance(100 * STAGE)
    task = retrieve(http, created)
    assert http.get(task["hls"]["video_url"]).status_code == 200
    assert refusal(http.delete(f"/tasks/{created}"))[:2] == (400, "task_cannot_be_deleted")
    deleted = http.delete(f"/indexes/{emulator.index_id}/videos/{created}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert retrieve(http, created) == task
    deleted = http.delete(f"/tasks/{created}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert deleted.headers["X-Api-Version"] == "1.3.0"
    for response in (http.get(f"/tasks/{created}"), http.delete(f"/tasks/{created}")):
        assert refusal(response)[:2] == (404, "resource_not_exist")
    assert http.get("/tasks").json()["data"] == []
    for url in (task["hls"]["video_url"], *task["hls"]["thumbnail_urls"]):
        assert http.get(url).status_code == 404
    files = platform_of(emulator).files
    assert not list(files.videos.iterdir())
    assert not list(files.media.iterdir())


def test_a_failed_task_can_be_deleted_at_once(emulator: Emulator, http: httpx.Client) -> None:
    (task,) = plant(emulator, {"status": "failed"})
    assert http.delete(f"/tasks/{task.id}").status_code == 204
    assert http.get(f"/tasks/{task.id}").status_code == 404


def test_a_video_is_not_kept_longer_than_it_is_needed(created: str, emulator: Emulator, http: httpx.Client) -> None:
    emulator.advance(100 * STAGE)
    assert retrieve(http, created)["status"] == "ready"
    assert not list(platform_of(emulator).files.videos.iterdir())
