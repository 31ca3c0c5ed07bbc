"""The contract is valid OpenAPI 3.1 and keeps the rules of this project; a contract that breaks one is found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from contract_tests.contract import lint
from twelvelabs_tasks.testing._document import Document, contract
from twelvelabs_tasks.testing._schemas import problems


def test_the_contract_is_valid_openapi() -> None:
    assert contract().root["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(contract().root).iter_errors()] == []


@pytest.mark.parametrize("rule", lint.RULES, ids=lambda rule: rule.__name__)
def test_the_contract_keeps_the_rule(rule: Callable[[Document], Any]) -> None:
    assert list(rule(contract())) == []


def test_the_documented_operations_are_where_they_are_on_the_platform() -> None:
    places = {operation.id: (operation.method, operation.path) for operation in contract().operations.values()}
    assert (
        places.items()
        >= {
            "create_task": ("POST", "/tasks"),
            "list_tasks": ("GET", "/tasks"),
            "retrieve_task": ("GET", "/tasks/{task_id}"),
            "delete_task": ("DELETE", "/tasks/{task_id}"),
            "import_videos": ("POST", "/tasks/transfers/import/{integration-id}"),
            "retrieve_import_status": ("GET", "/tasks/transfers/import/{integration-id}/status"),
            "retrieve_import_logs": ("GET", "/tasks/transfers/import/{integration-id}/logs"),
            "delete_video": ("DELETE", "/indexes/{index-id}/videos/{video-id}"),
        }.items()
    )


def test_several_statuses_are_given_one_by_one() -> None:
    status = contract().operations["list_tasks"].parameters_in("query")["status"]
    assert (status["style"], status["explode"], status["schema"]["type"]) == ("form", True, "array")


@pytest.mark.parametrize(
    ("operation", "statuses"),
    [
        ("create_task", {"200", "201"}),
        ("list_tasks", {"200"}),
        ("retrieve_task", {"200"}),
        ("delete_task", {"200", "204"}),
        ("import_videos", {"201"}),
        ("retrieve_import_status", {"200"}),
        ("retrieve_import_logs", {"200"}),
        ("delete_video", {"200", "204"}),
    ],
)
def test_success_has_the_status_it_has_on_the_platform(operation: str, statuses: set[str]) -> None:
    assert {status for status in contract().operations[operation].responses if status.startswith("2")} == statuses


IDENTIFIER = "6298d673f1090f1100476d4c"


@pytest.mark.parametrize(
    ("form", "valid"),
    [
        ({"index_id": IDENTIFIER, "video_file": "bytes"}, True),
        ({"index_id": IDENTIFIER, "video_url": "https://example.com/a.mp4"}, True),
        ({"index_id": IDENTIFIER}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "video_url": "https://example.com/a.mp4"}, False),
        ({"video_file": "bytes"}, False),
        ({"index_id": "x", "video_file": "bytes"}, False),
        ({"index_id": IDENTIFIER, "video_url": "ftp://example.com/a.mp4"}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "enable_video_stream": "true"}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "user_metadata": "[]"}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "user_metadata": '{"a": [1]}'}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "user_metadata": '{"a": NaN}'}, False),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "user_metadata": '{"a": 1.5, "b": "c"}'}, True),
        ({"index_id": IDENTIFIER, "video_file": "bytes", "videofile": "bytes"}, False),
    ],
)
def test_the_contract_tells_valid_forms_from_others(form: Any, valid: bool) -> None:
    found = problems(contract(), contract().body_schema("create_task"), form)
    assert (found == []) is valid, found


def without(*path: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        node = document.root
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]

    return change


def set_value(value: Any, *path: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        node = document.root
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value

    return change


SCHEMAS = ("components", "schemas")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without("paths", "/tasks", "get", "description"), "list_tasks has no description"),
        (set_value("listTasks", "paths", "/tasks", "get", "operationId"), "operationId listTasks is not in snake case"),
        (set_value([], "paths", "/tasks", "get", "tags"), "list_tasks should have one tag"),
        (set_value(True, "paths", "/tasks", "get", "deprecated"), "list_tasks: transfers are deprecated, and nothing"),
        (without("paths", "/tasks", "get", "responses", "429"), "list_tasks does not declare 429"),
        (without("paths", "/tasks", "post", "responses", "404"), "create_task does not declare 404"),
        (without("paths", "/tasks", "post", "responses", "201", "links"), "create_task 201 has no link to retrieve_"),
        (without("paths", "/tasks/{task_id}", "get", "responses", "401"), "retrieve_task does not declare 401"),
        (without("components", "responses", "NotFound", "headers"), "retrieve_task 404 does not declare X-Api-Ver"),
        (without("components", "responses", "TooManyRequests", "headers", "Retry-After"), "429 does not promise Retry"),
        (without("components", "responses", "Unauthorized", "content"), "list_tasks 401 is not an ErrorResponse"),
        (without("components", "responses", "Unauthorized", "description"), "list_tasks 401 has no description"),
        (without("components", "parameters", "IntegrationId", "description"), "integration-id has no description"),
        (without("components", "parameters", "IntegrationId", "example"), "integration-id has no example"),
        (set_value("x", "components", "parameters", "IntegrationId", "example"), "parameter integration-id: it: \"x\""),
        (without(*SCHEMAS, "HlsObject", "description"), "HlsObject has no description"),
        (without(*SCHEMAS, "Timestamp", "examples"), "VideoIndexingTask.created_at has no example"),
        (set_value(["yesterday"], *SCHEMAS, "Timestamp", "examples"), "example of Timestamp: it:"),
        (set_value(["{"], *SCHEMAS, "TasksCreateRequest", "properties", "user_metadata", "examples"), "json-object"),
        (set_value(["5"], *SCHEMAS, "ImportLogVideoStatus", "properties", "ready", "examples"), "ready: it: \"5\""),
        (set_value(True, *SCHEMAS, "TasksCreateRequest", "additionalProperties"), "should refuse unknown properties"),
        (set_value(False, *SCHEMAS, "VideoItem", "additionalProperties"), "should allow unknown properties"),
        (
            set_value("up", *SCHEMAS, "TasksCreateRequest", "properties", "enable_video_stream", "default"),
            "default: it",
        ),
        (set_value([], "security"), "does not ask for the API key"),
    ],
)  # fmt: skip
def test_a_contract_that_breaks_a_rule_is_found_out(change: Callable[[Document], None], problem: str) -> None:
    changed = contract().copy()
    change(changed)
    found = [each for rule in lint.RULES for each in rule(Document(changed.root))]
    assert any(problem in each for each in found), found
