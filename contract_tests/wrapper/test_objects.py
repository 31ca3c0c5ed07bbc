"""The objects made from responses: what is absent, what is new, and times in every spelling."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
import respx

from contract_tests.support import samples
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID, TASK_ID, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors, types

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")


def retrieve(platform: respx.MockRouter, body: Any) -> Any:
    platform.get(f"/tasks/{TASK_ID}").respond(json=body)
    return Twin("sync")(lambda client: client.tasks.retrieve(TASK_ID))


def test_what_is_absent_or_null_is_none(platform: respx.MockRouter) -> None:
    absent = retrieve(platform, {})
    null = retrieve(platform, dict.fromkeys(task()))
    assert absent == null
    assert set(dict(absent).values()) == {None}
    assert absent.to_dict() == null.to_dict() == {}


def test_properties_the_contract_does_not_know_are_kept(platform: respx.MockRouter) -> None:
    body = task(progress=0.5, owner={"name": "x"}, nothing=None, additional_properties=1)
    body["system_metadata"]["codec"] = "h264"
    found = retrieve(platform, body)
    assert found.additional_properties == {
        "progress": 0.5, "owner": {"name": "x"}, "nothing": None, "additional_properties": 1
    }  # fmt: skip
    assert found.system_metadata.additional_properties == {"codec": "h264"}
    assert found.to_dict() == body


@pytest.mark.parametrize("status", ["reviewing", "", "READY"])
def test_a_status_nobody_has_heard_of_is_passed_through(platform: respx.MockRouter, status: str) -> None:
    found = retrieve(platform, task(status=status, hls={"status": status}))
    assert found.status == status
    assert found.hls.status == status


def test_an_object_can_be_gone_through_as_pairs(platform: respx.MockRouter) -> None:
    found = retrieve(platform, {"_id": "x", "system_metadata": {"width": 640, "codec": "h264"}})
    assert list(found.system_metadata) == [
        ("duration", None), ("filename", None), ("height", None), ("width", 640), ("codec", "h264")
    ]  # fmt: skip
    assert dict(found)["id"] == "x"


def test_the_text_of_an_object_shows_what_is_there(platform: respx.MockRouter) -> None:
    shown = repr(retrieve(platform, {"_id": "x", "new": 1}))
    assert shown.startswith("TasksRetrieveResponse(additional_properties={'new': 1}, id='x', ")


def test_objects_can_be_copied_pickled_and_compared(platform: respx.MockRouter) -> None:
    found = retrieve(platform, task(new=[1]))
    for other in (copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert other == found
        assert type(other) is types.TasksRetrieveResponse


def test_objects_are_equal_only_if_they_are_of_one_kind_and_say_the_same(platform: respx.MockRouter) -> None:
    found = retrieve(platform, task())
    for other in (
        retrieve(platform, task(status="failed")),
        retrieve(platform, task(new=1)),
        types.VideoIndexingTask.from_dict(task()),
        task(),
    ):
        assert found != other


def test_an_object_can_be_made_without_a_response_for_tests_of_your_own() -> None:
    made = types.TasksRetrieveResponse(id="x", hls=types.HlsObject(status="COMPLETE"))
    assert made == types.TasksRetrieveResponse.from_dict({"_id": "x", "hls": {"status": "COMPLETE"}})
    made.status = "ready"
    assert made.to_dict() == {"_id": "x", "status": "ready", "hls": {"status": "COMPLETE"}}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-01T12:30:45Z", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("2024-03-01t12:30:45z", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("2024-03-01 12:30:45Z", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("2024-03-01T12:30:45.5Z", datetime(2024, 3, 1, 12, 30, 45, 500000, UTC)),
        ("2024-03-01T12:30:45.123456789Z", datetime(2024, 3, 1, 12, 30, 45, 123456, UTC)),
        ("2024-03-01T12:30:45.000000000000000000001Z", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("2024-03-01T12:30:45-07:30", datetime(2024, 3, 1, 20, 0, 45, tzinfo=UTC)),
        ("2024-03-01T12:30:45-00:00", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("2024-03-01T23:29:45+23:59", datetime(2024, 2, 29, 23, 30, 45, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("0054-01-01T00:00:00Z", datetime(54, 1, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_time_in_any_spelling_of_rfc_3339_is_understood(
    twin: Twin, platform: respx.MockRouter, text: str, moment: datetime
) -> None:
    platform.get(f"/tasks/transfers/import/{INTEGRATION_ID}/logs").respond(json={"data": [{"created_at": text}]})
    logs = twin(lambda client: client.tasks.transfers.get_logs(INTEGRATION_ID))
    assert logs.data[0].created_at == moment
    assert datetime.fromisoformat(logs.to_dict()["data"][0]["created_at"]) == moment


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "2024-03-01", "2024-03-01T12:30:45", "2024-13-01T00:00:00Z", "2024-03-01T25:00:00Z",
     "2024-03-01T12:30:45+24:00", "9999-12-31T23:59:60Z", "0000-01-01T00:00:00Z", "٢٠٢٤-03-01T00:00:00Z",
     "2024-03-01T00:00:00Z\n", 1709296245, True, [], {}],
    ids=repr,
)  # fmt: skip
def test_what_is_not_a_time_is_an_error_that_names_the_property(
    twin: Twin, platform: respx.MockRouter, value: Any
) -> None:
    platform.get(f"/tasks/transfers/import/{INTEGRATION_ID}/logs").respond(json={"data": [{"created_at": value}]})
    with pytest.raises(errors.ResponseError, match=r"ImportLog\.created_at"):
        twin(lambda client: client.tasks.transfers.get_logs(INTEGRATION_ID))


@pytest.mark.parametrize("name", ["video_id", "filename", "created_at"])
@pytest.mark.parametrize("null", [True, False])
def test_what_a_response_must_have_is_missed(twin: Twin, platform: respx.MockRouter, name: str, null: bool) -> None:
    video = samples.status()["ready"][0]
    if null:
        video[name] = None
    else:
        del video[name]
    platform.get(f"/tasks/transfers/import/{INTEGRATION_ID}/status").respond(json={"ready": [video]})
    with pytest.raises(errors.ResponseError, match=rf"VideoItem\.{name}"):
        twin(lambda client: client.tasks.transfers.get_status(INTEGRATION_ID, index_id=INDEX_ID))


@pytest.mark.parametrize(("value", "understood"), [(640, 640), (640.0, 640), (-1, -1), (10**30, 10**30)])
def test_whole_numbers_are_integers_however_they_are_written(
    platform: respx.MockRouter, value: float, understood: int
) -> None:
    width = retrieve(platform, {"system_metadata": {"width": value}}).system_metadata.width
    assert (width, type(width)) == (understood, int)


@pytest.mark.parametrize("value", [640.5, "640", True, [640], {}])
def test_what_is_not_an_integer_is_an_error(platform: respx.MockRouter, value: Any) -> None:
    with pytest.raises(errors.ResponseError, match=r"VideoIndexingTaskSystemMetadata\.width should be an integer"):
        retrieve(platform, {"system_metadata": {"width": value}})


@pytest.mark.parametrize("value", [20, 20.5, 0, 1e308])
def test_durations_may_be_written_with_or_without_decimals(platform: respx.MockRouter, value: float) -> None:
    assert retrieve(platform, {"system_metadata": {"duration": value}}).system_metadata.duration == value
