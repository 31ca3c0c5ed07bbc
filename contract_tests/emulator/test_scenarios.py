"""Scenarios: what the next calls meet instead of what the platform would say, from Python and over HTTP."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import token_of
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator, Scenario
from twelvelabs_tasks import TwelveLabs, errors
from twelvelabs_tasks.testing._document import contract

OPERATIONS = {
    operation.id: (operation.method, operation.path.format_map(defaultdict(lambda: "0" * 24)))
    for operation in contract().operations.values()
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_scenario_changes_the_next_calls_of_an_operation_and_none_after_them(
    operation: str, emulator: Emulator, http: httpx.Client
) -> None:
    method, path = OPERATIONS[operation]
    before = http.request(method, path)
    emulator.scenario(operation, times=2, status=503, body={"code": "busy"}, retry_after=7, headers={"x-trace": "1"})
    for _ in range(2):
        told = http.request(method, path)
        assert (told.status_code, told.json()) == (503, {"code": "busy"})
        assert (told.headers["retry-after"], told.headers["x-trace"]) == ("7", "1")
        assert told.headers["x-api-version"]
    after = http.request(method, path)
    assert (after.status_code, after.content) == (before.status_code, before.content)


def test_a_scenario_of_one_operation_leaves_the_others_alone(emulator: Emulator, http: httpx.Client) -> None:
    emulator.scenario("delete_task", status=500)
    assert http.get("/tasks").status_code == 200
    assert [scenario.operation for scenario in emulator.scenarios] == ["delete_task"]


def test_scenarios_happen_in_the_order_they_were_added(emulator: Emulator, http: httpx.Client) -> None:
    emulator.scenario("list_tasks", status=500)
    emulator.scenario(status=502, times=2)
    emulator.scenario("list_tasks", status=504)
    statuses = [http.get("/tasks").status_code for _ in range(5)]
    assert statuses == [500, 502, 502, 504, 200]


def test_an_error_without_a_body_gets_one_of_the_contracts_form(emulator: Emulator, http: httpx.Client) -> None:
    emulator.scenario(status=429)
    response = http.get("/tasks")
    assert response.json() == {"code": "too_many_requests", "message": "A scenario responds with 429."}


@pytest.mark.parametrize(
    ("body", "content", "media_type"),
    [
        ("<html>Bad Gateway</html>", b"<html>Bad Gateway</html>", "text/plain; charset=utf-8"),
        (b"\xff\x00", b"\xff\x00", "application/octet-stream"),
        ([1, None], b"[1, null]", "application/json"),
        ("", b"", "text/plain; charset=utf-8"),
    ],
)
def test_a_scenario_can_respond_with_any_body(
    body: Any, content: bytes, media_type: str, emulator: Emulator, http: httpx.Client
) -> None:
    emulator.scenario(status=200, body=body)
    response = http.get("/tasks")
    assert (response.content, response.headers["content-type"]) == (content, media_type)


@pytest.mark.parametrize(
    ("given", "sent"), [(2, "2"), (2.0, "2"), (0.5, "0.5"), ("Fri, 31 Dec 1999 23:59:59 GMT",) * 2]
)
def test_retry_after_is_sent_as_given(given: float | str, sent: str, emulator: Emulator, http: httpx.Client) -> None:
    emulator.scenario(status=503, retry_after=given)
    assert http.get("/tasks").headers["retry-after"] == sent


def test_a_call_is_delayed_and_then_carried_out(emulator: Emulator, http: httpx.Client) -> None:
    emulator.scenario("list_tasks", delay=0.2)
    begun = time.monotonic()
    assert http.get("/tasks").status_code == 200
    assert time.monotonic() - begun >= 0.2


def test_a_connection_cut_before_leaves_no_task_and_one_cut_after_leaves_one(
    emulator: Emulator, http: httpx.Client, videos: Videos
) -> None:
    def upload() -> None:
        with videos.cheap().open("rb") as file:
            http.post("/tasks", data={"index_id": emulator.index_id}, files={"video_file": file})

    def total() -> int:
        return int(http.get("/tasks").json()["page_info"]["total_results"])

    emulator.scenario("create_task", disconnect="before")
    with pytest.raises((httpx.NetworkError, httpx.RemoteProtocolError)):
        upload()
    assert total() == 0
    emulator.scenario("create_task", disconnect="after")
    with pytest.raises(httpx.RemoteProtocolError):
        upload()
    assert total() == 1
    assert [received.status for received in emulator.received if received.method == "POST"] == [None, None]


@pytest.mark.slow
def test_a_client_rides_out_what_passes(emulator: Emulator) -> None:
    emulator.scenario("list_tasks", status=503, retry_after=0)
    emulator.scenario("list_tasks", disconnect="before")
    with TwelveLabs(api_key="any", base_url=emulator.base_url, max_retries=2) as client:
        assert client.tasks.list().items == []
        assert [received.status for received in emulator.received] == [503, None, 200]
        emulator.scenario("list_tasks", status=500, body={"code": "internal", "message": "Out of order."})
        with pytest.raises(errors.InternalServerError, match="Out of order"):
            client.tasks.list()


def test_a_scenario_comes_after_the_check_of_the_key(emulator: Emulator) -> None:
    emulator.scenario(status=503)
    assert httpx.get(f"{emulator.base_url}/tasks").status_code == 401
    assert len(emulator.scenarios) == 1


NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"operation": "create"}, "Unknown operation 'create'. Choose from: "),
    ({"operation": 1}, "operation: 1 is not a string"),
    ({"times": 0}, "times must be an integer of at least 1, not 0."),
    ({"times": True}, "times must be an integer"),
    ({"times": 1.5}, "times must be an integer"),
    ({"status": 99}, "status must be an integer from 200 to 599, not 99."),
    ({"status": "500"}, "status must be an integer"),
    ({"status": 500, "retry_after": -1}, "retry_after must be a non-negative number of seconds"),
    ({"status": 500, "retry_after": "a\nb"}, "retry_after: 'a\\nb' is not a string of printable characters."),
    ({"status": 500, "headers": {"a b": "c"}}, "headers: 'a b' is not a valid header name."),
    ({"status": 500, "headers": {"a": 1}}, "headers: 1 is not a string of printable characters."),
    ({"status": 500, "headers": {"Content-Length": "1"}}, "headers: Content-Length is derived from the body"),
    ({"status": 500, "headers": ["a"]}, "headers must be a mapping of str to str"),
    ({"delay": -0.5}, "delay must be a non-negative number of seconds"),
    ({"delay": "1"}, "delay must be a non-negative number of seconds"),
    ({"disconnect": "during"}, "disconnect must be 'before' or 'after', not 'during'."),
    ({"body": {}}, "body, headers and retry_after need a status."),
    ({"status": 500, "disconnect": "after"}, "status and disconnect exclude each other."),
]


@pytest.mark.parametrize(
    ("values", "message"), NONSENSE, ids=lambda value: str(value) if isinstance(value, dict) else ""
)
def test_nonsense_is_refused_in_python_and_over_http(values: dict[str, Any], message: str, emulator: Emulator) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        emulator.scenario(**values)
    assert message in str(refused.value)
    response = httpx.post(f"{emulator.url}/_emulator/scenarios", json=values, headers=token_of(emulator))
    assert response.status_code == 400
    assert response.json() == {"code": "parameter_invalid", "message": str(refused.value)}
    assert emulator.scenarios == []


@pytest.mark.parametrize("body", [object(), {"inner": object()}], ids=["object", "inner"])
def test_a_body_that_cannot_be_sent_is_refused(body: object, emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="body must be"):
        emulator.scenario(status=200, body=body)


def test_a_scenario_holds_for_other_languages_too(emulator: Emulator, http: httpx.Client) -> None:
    values: dict[str, Any] = {"operation": "list_tasks", "times": 2, "status": 418, "body": "short and stout"}
    added = httpx.post(f"{emulator.url}/_emulator/scenarios", json=values, headers=token_of(emulator))
    assert added.status_code == 201
    assert added.json().items() >= values.items()
    assert emulator.scenarios == [Scenario(**values)]
    assert http.get("/tasks").text == "short and stout"
    (left,) = httpx.get(f"{emulator.url}/_emulator/scenarios", headers=token_of(emulator)).json()["data"]
    assert left["times"] == 1
    assert httpx.delete(f"{emulator.url}/_emulator/scenarios", headers=token_of(emulator)).status_code == 204
    assert http.get("/tasks").status_code == 200
