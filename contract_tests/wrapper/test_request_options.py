"""What can be asked for one request only."""

from __future__ import annotations

import json
from typing import Any

import pytest
import respx

from contract_tests.support import samples
from contract_tests.support.forms import parts_of
from contract_tests.support.methods import PLAIN, Method, find_method
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID, TASK_ID, VIDEO
from contract_tests.support.twins import API_KEY, Twin

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

METHODS = [*PLAIN, find_method("tasks.wait_for_done")]


@pytest.fixture(params=METHODS, ids=str)
def sent(request: pytest.FixtureRequest, twin: Twin, platform: respx.MockRouter) -> Any:
    """Call a method with options; return the request that arrived."""

    def call(client_options: dict[str, Any] | None = None, **options: Any) -> Any:
        route = platform.route().respond(201, json={**samples.task(), "data": []})
        twin(lambda client: request.param.call(client, request_options=options), **(client_options or {}))
        return route.calls.last.request

    return call


def test_every_method_sends_additional_headers(sent: Any) -> None:
    assert sent(additional_headers={"X-Trace": "1"}).headers["x-trace"] == "1"


@pytest.mark.parametrize("name", ["User-Agent", "user-agent", "X-API-KEY"])
def test_additional_headers_replace_those_of_the_client(sent: Any, name: str) -> None:
    request = sent({"headers": {"user-agent": "client"}}, additional_headers={name: "mine"})
    assert request.headers.get_list(name) == ["mine"]


def test_every_method_sends_additional_query_parameters(sent: Any) -> None:
    request = sent(additional_query_parameters={"trace": "a b&c", "flag": True, "many": [1, 2]})
    items = request.url.params.multi_items()
    assert [item for item in items if item[0] != "index_id"] == [
        ("trace", "a b&c"), ("flag", "true"), ("many", "1"), ("many", "2")
    ]  # fmt: skip


def test_every_method_takes_its_own_timeout(sent: Any) -> None:
    request = sent({"timeout": 99}, timeout_in_seconds=1.5)
    assert set(request.extensions["timeout"].values()) == {1.5}


def test_options_hold_for_one_call_only(twin: Twin, platform: respx.MockRouter) -> None:
    options: Any = {
        "additional_headers": {"X-Trace": "1", "User-Agent": "mine"},
        "additional_query_parameters": {"trace": "1"},
        "timeout_in_seconds": 1.5,
    }
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=samples.task())

    def retrieve_in_turn(client: Any) -> None:
        for each in (None, options, None):
            client.tasks.retrieve(TASK_ID, request_options=each)
            client.tasks.with_raw_response.retrieve(TASK_ID, request_options=each)

    async def retrieve_in_turn_async(client: Any) -> None:
        for each in (None, options, None):
            await client.tasks.retrieve(TASK_ID, request_options=each)
            await client.tasks.with_raw_response.retrieve(TASK_ID, request_options=each)

    twin(retrieve_in_turn_async if twin.is_async else retrieve_in_turn)
    before, *_, last = (call.request for call in route.calls)
    assert (last.url, last.headers, last.extensions["timeout"]) == (
        before.url, before.headers, before.extensions["timeout"]
    )  # fmt: skip
    assert (options["additional_headers"], "trace" in str(last.url)) == ({"X-Trace": "1", "User-Agent": "mine"}, False)


def test_what_concerns_downloads_only_is_accepted(sent: Any) -> None:
    assert "chunk" not in str(sent(chunk_size=1024).url)


def test_options_that_are_empty_change_nothing(sent: Any) -> None:
    request = sent(additional_headers={}, additional_query_parameters={}, additional_body_parameters={})
    assert set(request.url.params) <= {"index_id"}
    assert request.headers["x-api-key"] == API_KEY


def test_additional_body_parameters_are_not_sent_without_a_body(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=samples.task())
    twin(lambda c: c.tasks.retrieve(TASK_ID, request_options={"additional_body_parameters": {"a": 1}}))
    assert route.calls.last.request.content == b""


def test_additional_form_fields_come_along(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post("/tasks").respond(json=samples.created())
    extra = {"priority": 3, "draft": True, "note": "ñ", "tags": ["a"], "user_metadata": '{"b": 2}'}
    twin(
        lambda client: client.tasks.create(
            index_id=INDEX_ID,
            video_file=VIDEO,
            user_metadata={"a": 1},
            request_options={"additional_body_parameters": extra},
        )
    )
    parts = parts_of(route.calls.last.request)
    assert parts.pop("video_file").content == VIDEO
    assert {name: part.content.decode() for name, part in parts.items()} == {
        "index_id": INDEX_ID,
        "priority": "3",
        "draft": "true",
        "note": "ñ",
        "tags": '["a"]',
        "user_metadata": '{"b": 2}',
    }
    assert all(part.filename is None for part in parts.values())


def test_additional_properties_of_a_json_body_come_along(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post(f"/tasks/transfers/import/{INTEGRATION_ID}").respond(201, json={})
    twin(
        lambda client: client.tasks.transfers.create(
            INTEGRATION_ID,
            index_id=INDEX_ID,
            request_options={"additional_body_parameters": {"priority": 3, "index_id": "other"}},
        )
    )
    assert json.loads(route.calls.last.request.content) == {"index_id": "other", "priority": 3}


def test_options_of_a_list_hold_for_every_page(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=samples.page([], total_page=3))
    options = {"additional_headers": {"X-Trace": "1"}, "additional_query_parameters": {"trace": "2"}}
    twin.pages(lambda client: client.tasks.list(request_options=options))
    assert route.call_count == 3
    for call in route.calls:
        assert call.request.headers["x-trace"] == "1"
        assert call.request.url.params["trace"] == "2"


@pytest.mark.parametrize("method", METHODS, ids=str)
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"timeout": 5, "retries": 1}, TypeError, "request_options has no 'retries', 'timeout'"),
        ({"max_retries": -1}, ValueError, "max_retries"),
        ({"max_retries": 1.5}, ValueError, "max_retries"),
        ({"timeout_in_seconds": 0}, ValueError, "greater than 0"),
        ({"timeout_in_seconds": float("nan")}, ValueError, "greater than 0"),
        ({"additional_headers": {"Content-Length": "5"}}, ValueError, "Content-Length follows from the body"),
        ({"additional_headers": {"x-a": 5}}, TypeError, "x-a"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_every_method_refuses_options_that_make_no_sense(
    twin: Twin, platform: respx.MockRouter, method: Method, options: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        twin(lambda client: method.call(client, request_options=options))
    assert not platform.calls


def test_options_that_are_none_are_those_of_the_client(sent: Any) -> None:
    request = sent({"timeout": 7}, timeout_in_seconds=None, max_retries=None)
    assert set(request.extensions["timeout"].values()) == {7}


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_client_refuses_an_invalid_timeout(twin: Twin, timeout: float) -> None:
    with pytest.raises(ValueError, match="greater than 0"):
        twin(lambda client: client.tasks.list(), timeout=timeout)


def test_the_file_of_an_upload_is_not_replaced_by_an_option(twin: Twin, platform: respx.MockRouter) -> None:
    options = {"additional_body_parameters": {"video_file": "more"}}
    with pytest.raises(ValueError, match="video_file, which is the file"):
        twin(lambda client: client.tasks.create(index_id="i", video_file=b"video", request_options=options))
    assert not platform.calls
