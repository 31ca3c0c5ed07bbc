"""What `twelvelabs_tasks.testing` offers beside the report: the contract as an object, and the checks one by one."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from twelvelabs_emulator import Emulator
from twelvelabs_tasks.testing import Document, LiveResponse, ask, contract, drift_of

HEADERS = {"x-api-version": "1.3.0"}
ROOT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Base": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
            "Name": {"type": "string", "description": "A name."},
            "Thing": {
                "allOf": [{"$ref": "#/components/schemas/Base"}],
                "properties": {"size": {"type": "integer"}},
            },
        },
        "parameters": {"Id": {"name": "id", "in": "path", "required": True}},
        "responses": {"Made": {"content": {"application/json": {"examples": {"a": {"value": 1}, "b": {"value": 2}}}}}},
    },
    "paths": {
        "/things/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "put": {
                "operationId": "put_thing",
                "parameters": [{"name": "fast", "in": "query"}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {"200": {"$ref": "#/components/responses/Made"}},
            },
        }
    },
}


def test_an_operation_says_what_the_contract_says_of_it() -> None:
    (operation,) = Document(ROOT).operations.values()
    assert (operation.id, operation.method, operation.path) == ("put_thing", "PUT", "/things/{id}")
    assert operation.node is ROOT["paths"]["/things/{id}"]["put"]
    assert [each["name"] for each in operation.parameters] == ["id", "fast"]
    assert operation.responses == {"200": ROOT["components"]["responses"]["Made"]}
    assert operation.parameters_in("path") == {"id": ROOT["components"]["parameters"]["Id"]}
    assert list(operation.parameters_in("query")) == ["fast"]
    assert contract().operations["list_tasks"].path == "/tasks"


def test_a_reference_is_overlaid_by_what_stands_beside_it() -> None:
    node = {"$ref": "#/components/schemas/Name", "description": "Another."}
    assert Document(ROOT).resolve(node) == {"type": "string", "description": "Another."}


def test_the_properties_of_an_object_are_those_of_all_its_parts() -> None:
    found = Document(ROOT).properties({"$ref": "#/components/schemas/Thing"})
    assert found == {"name": ROOT["components"]["schemas"]["Name"], "size": {"type": "integer"}}


def test_the_schema_of_a_body_is_that_of_its_only_media_type() -> None:
    assert Document(ROOT).body_schema("put_thing") == ROOT["components"]["schemas"]["Thing"]


def test_the_first_example_is_returned_if_there_are_several() -> None:
    assert Document(ROOT).example("put_thing", 200) == 1
    assert "_id" in contract().example("create_task", 200)


def test_a_copy_of_the_contract_can_be_changed_while_the_contract_is_shared() -> None:
    copied = contract().copy()
    copied.root["paths"].clear()
    copied.schemas.clear()
    assert contract() is contract()
    assert contract().schemas
    assert contract().root["paths"]


def test_another_document_may_be_compared_with() -> None:
    document = contract().copy()
    properties = document.schemas["VideoIndexingTask"]["properties"]
    properties["owner"] = {"type": "string"}
    body = {**contract().example("retrieve_task", 200), "owner": "me"}
    response = httpx.Response(200, json=body, headers=HEADERS)
    assert [drift.where for drift in drift_of("retrieve_task", response)] == ["body.owner"]
    assert drift_of("retrieve_task", response, document) == []


def test_an_unknown_operation_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        drift_of("list_things", httpx.Response(200, json={}))


def test_a_difference_is_reported_as_json_data_with_what_was_found() -> None:
    body = {**contract().example("retrieve_task", 200), "owner": "me"}
    (drift,) = drift_of("retrieve_task", httpx.Response(200, json=body, headers=HEADERS))
    assert (drift.operation, drift.status, drift.kind) == ("retrieve_task", 200, "unknown")
    assert (drift.where, drift.example) == ("body.owner", "'me'")
    data = drift.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert (data["operation"], data["status"], data["kind"]) == ("retrieve_task", 200, "unknown")
    assert data["where"] == "body.owner"
    assert data["detail"] == drift.detail


def test_items_of_an_array_count_as_one_difference_that_shows_the_first() -> None:
    listed = contract().example("list_tasks", 200)
    task = listed["data"][0]
    body = {**listed, "data": [{**task, "owner": owner} for owner in ("first", "second", "third")]}
    (drift,) = drift_of("list_tasks", httpx.Response(200, json=body, headers=HEADERS))
    assert (drift.where, drift.example) == ("body.data[].owner", "'first'")
    others = {**listed, "data": [{**task, "owner": "second"}]}
    assert drift_of("list_tasks", httpx.Response(200, json=others, headers=HEADERS)) == [drift]


def test_every_safe_operation_is_asked_for_with_the_index_of_the_newest_task() -> None:
    with Emulator(api_key="key") as emulator:
        first, index = emulator.index_id, emulator.create_index("another")
        with httpx.Client(base_url=emulator.base_url, headers={"x-api-key": "key"}) as http:
            http.post("/tasks", files={"index_id": (None, index), "video_url": (None, "http://127.0.0.1:9/v.mp4")})
            given = list(ask(http))
            before = len(emulator.received)
            named = list(ask(http, integration_id="0" * 24))
            newest = "".join(each.query for each in emulator.received[before:])
            before = len(emulator.received)
            list(ask(http, integration_id="0" * 24, index_id=first))
            chosen = "".join(each.query for each in emulator.received[before:])
        methods = [each.method for each in emulator.received]
    assert set(methods) == {"POST", "GET"}
    assert methods.count("POST") == 1  # the task that was made before
    assert index in newest
    assert index not in chosen
    assert first in chosen
    safe = {each.id for each in contract().operations.values() if each.method == "GET"}
    assert {each.operation for each in named} == safe
    assert all(each.check and each.expected for each in given)
    assert all(each.response.status_code in each.expected and not each.obstacle() for each in given)
    assert all(each.drift() == [] for each in given)
    assert "--integration" in {each.given for each in named}
    assert "--integration" not in {each.given for each in given}
    assert all(each.is_of_the_platform() for each in given)


@pytest.mark.parametrize(("body", "is_of"), [("<html>", False), ("{}", False), ('{"data": []}', True), ("[]", False)])
def test_a_server_that_is_not_the_platform_is_known_by_its_response(body: str, is_of: bool) -> None:
    response = LiveResponse("list_tasks", "the list", httpx.Response(200, text=body), frozenset({200}))
    assert response.is_of_the_platform() is is_of
