"""What people do with tasks, from creation to deletion, as the reference shows it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks import TasksCreateResponse, TasksRetrieveResponse
from twelvelabs_tasks.types import HlsObject, VideoIndexingTask, VideoIndexingTaskSystemMetadata


@pytest.mark.parametrize("status", [200, 201])
def test_a_task_is_created_from_a_url(twin: Twin, platform: respx.MockRouter, status: int) -> None:
    route = platform.post("/tasks").respond(status, json=created())
    task = twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_url="https://example.com/a.mp4"))
    assert isinstance(task, TasksCreateResponse)
    assert (task.id, task.video_id) == (TASK_ID, TASK_ID)
    parts = parts_of(route.calls.last.request)
    assert {name: part.content for name, part in parts.items()} == {
        "index_id": INDEX_ID.encode(),
        "video_url": b"https://example.com/a.mp4",
    }


@pytest.mark.parametrize(("given", "text"), [(True, b"true"), (False, b"false")])
def test_whether_to_stream_is_sent_as_json_writes_it(
    twin: Twin, platform: respx.MockRouter, given: bool, text: bytes
) -> None:
    route = platform.post("/tasks").respond(json=created())
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, enable_video_stream=given))
    assert parts_of(route.calls.last.request)["enable_video_stream"].content == text


@pytest.mark.parametrize("given", ['{"año": 2024, "x": [1]}', "", "not even JSON"])
def test_user_metadata_given_as_text_is_sent_as_it_is(twin: Twin, platform: respx.MockRouter, given: str) -> None:
    route = platform.post("/tasks").respond(json=created())
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, user_metadata=given))
    assert parts_of(route.calls.last.request)["user_metadata"].content.decode() == given


def test_user_metadata_given_as_a_mapping_is_encoded(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post("/tasks").respond(json=created())
    given = {"año": 2024, "rating": 9.5, "review": True, "by": "映画 \U0001f600"}
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, user_metadata=given))
    assert json.loads(parts_of(route.calls.last.request)["user_metadata"].content) == given


def test_user_metadata_that_json_cannot_carry_is_refused(twin: Twin, platform: respx.MockRouter) -> None:
    with pytest.raises(ValueError, match="JSON"):
        twin(lambda c: c.tasks.create(index_id=INDEX_ID, video_file=VIDEO, user_metadata={"a": float("nan")}))
    with pytest.raises(TypeError, match="JSON"):
        twin(lambda c: c.tasks.create(index_id=INDEX_ID, video_file=VIDEO, user_metadata={"a": object()}))
    assert not platform.calls


def test_an_index_must_be_named(twin: Twin, platform: respx.MockRouter) -> None:
    with pytest.raises(ValueError, match="index_id"):
        twin(lambda client: client.tasks.create(index_id="", video_file=VIDEO))
    assert not platform.calls


def test_a_task_is_retrieved_with_all_that_is_known_of_it(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    found = twin(lambda client: client.tasks.retrieve(task_id=TASK_ID))
    assert isinstance(found, TasksRetrieveResponse)
    assert isinstance(found, VideoIndexingTask)
    assert (found.id, found.index_id, found.video_id, found.status) == (TASK_ID, INDEX_ID, TASK_ID, "ready")
    assert (found.created_at, found.updated_at) == ("2022-06-09T04:50:00.879Z", "2022-06-09T04:55:12.340Z")
    assert isinstance(found.system_metadata, VideoIndexingTaskSystemMetadata)
    assert found.system_metadata.duration == 20.5
    assert (found.system_metadata.width, found.system_metadata.height) == (640, 360)
    assert isinstance(found.hls, HlsObject)
    assert found.hls.video_url is not None
    assert found.hls.video_url.endswith("/stream/holiday.m3u8")
    assert [url.rpartition("/")[2] for url in found.hls.thumbnail_urls or []] == ["holiday.0000001.jpg"]
    assert (found.hls.status, found.hls.updated_at) == ("COMPLETE", "2022-06-09T04:51:07.002Z")


def test_waiting_tells_every_status_and_returns_the_task(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    statuses = ["validating", "pending", "queued", "indexing", "ready"]
    platform.get(f"/tasks/{TASK_ID}").side_effect = [httpx.Response(200, json=task(status=each)) for each in statuses]
    told: list[str | None] = []

    def on_task_update(task: TasksRetrieveResponse) -> None:
        told.append(task.status)

    done = twin(lambda client: client.tasks.wait_for_done(task_id=TASK_ID, callback=on_task_update))
    assert (done.status, done.video_id) == ("ready", TASK_ID)
    assert told == statuses
    assert clock.slept == [5.0] * 4


def test_tasks_are_listed_with_every_filter(twin: Twin, platform: respx.MockRouter) -> None:
    filters = {
        "page": 1,
        "page_limit": 5,
        "sort_by": "updated_at",
        "sort_option": "asc",
        "index_id": INDEX_ID,
        "status": ["ready", "indexing"],
        "filename": "video.mp4",
        "duration": 20,
        "width": 640,
        "height": 360,
        "created_at": "2024-03-01T00:00:00Z",
        "updated_at": "2024-03-01T00:00:00+01:00",
    }
    route = platform.get("/tasks").respond(json=page([task(), task(_id="2", system_metadata=None)]))
    tasks = twin.items(lambda client: client.tasks.list(**filters))
    assert [each.id for each in tasks] == [TASK_ID, "2"]
    assert list(tasks[0].system_metadata) == [
        ("duration", 20.5), ("filename", "holiday.mp4"), ("height", 360), ("width", 640)
    ]  # fmt: skip
    sent = route.calls.last.request.url.params.multi_items()
    assert sent == [
        (name, str(each)) for name, value in filters.items() for each in (value if isinstance(value, list) else [value])
    ]
    assert b"%2B01:00" in route.calls.last.request.url.query or b"%2B01%3A00" in route.calls.last.request.url.query


def test_a_list_without_arguments_asks_for_nothing_in_particular(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=page([]))
    assert twin.items(lambda client: client.tasks.list()) == []
    assert route.calls.last.request.url.query == b""


@pytest.mark.parametrize("given", ["ready", ["ready"], ("ready",)])
def test_one_status_may_be_given_alone(twin: Twin, platform: respx.MockRouter, given: Any) -> None:
    route = platform.get("/tasks").respond(json=page([]))
    twin.items(lambda client: client.tasks.list(status=given))
    assert route.calls.last.request.url.query == b"status=ready"


@pytest.mark.parametrize("status", [200, 204])
def test_a_task_is_deleted_after_its_video_vector(twin: Twin, platform: respx.MockRouter, status: int) -> None:
    vector = platform.delete(f"/indexes/{INDEX_ID}/videos/{TASK_ID}").respond(status)
    record = platform.delete(f"/tasks/{TASK_ID}").respond(status)
    assert twin(lambda client: client.indexes.videos.delete(INDEX_ID, TASK_ID)) is None
    assert twin(lambda client: client.tasks.delete(task_id=TASK_ID)) is None
    assert vector.called
    assert record.called


def test_a_deletion_does_not_care_what_json_the_body_holds(twin: Twin, platform: respx.MockRouter) -> None:
    platform.delete(f"/tasks/{TASK_ID}").respond(200, json={"deleted": [TASK_ID]})
    assert twin(lambda client: client.tasks.delete(TASK_ID)) is None


USES: dict[str, Any] = {
    "retrieve": lambda client, name: client.tasks.retrieve(name),
    "delete": lambda client, name: client.tasks.delete(name),
    "wait_for_done": lambda client, name: client.tasks.wait_for_done(name),
    "delete_video": lambda client, name: client.indexes.videos.delete(INDEX_ID, name),
    "delete_video_of_index": lambda client, name: client.indexes.videos.delete(name, TASK_ID),
    "import": lambda client, name: client.tasks.transfers.create(name, index_id=INDEX_ID),
    "get_status": lambda client, name: client.tasks.transfers.get_status(name, index_id=INDEX_ID),
    "get_logs": lambda client, name: client.tasks.transfers.get_logs(name),
}


@pytest.mark.filterwarnings("ignore:tasks.transfers")
@pytest.mark.parametrize("identifier", ["", ".", ".."])
@pytest.mark.parametrize("use", USES)
def test_an_identifier_that_leads_to_another_path_is_refused(
    twin: Twin, platform: respx.MockRouter, use: str, identifier: str
) -> None:
    with pytest.raises(ValueError, match="must not be empty or a dot segment"):
        twin(lambda client: USES[use](client, identifier))
    assert not platform.calls


@pytest.mark.parametrize(("body", "says"), [
    ("<html>", "not JSON"),
    ("[]", "object"),
    ("{}", "_id"),
    ('{"_id": 5, "video_id": "x"}', "_id should be a string"),
    ('{"_id": "x", "video_id": null}', "video_id"),
    ("", "not JSON"),
])  # fmt: skip
def test_a_response_that_is_not_what_the_contract_says_is_an_error_that_names_it(
    twin: Twin, platform: respx.MockRouter, body: str, says: str
) -> None:
    platform.post("/tasks").respond(200, text=body)
    with pytest.raises(errors.CreateOutcomeUnknown, match=says) as caught:
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_url="https://example.com/a.mp4"))
    assert isinstance(caught.value.__cause__, errors.ResponseError)
    assert caught.value.response is not None
    assert caught.value.response.text == body
