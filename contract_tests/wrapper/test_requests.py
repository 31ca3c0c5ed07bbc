"""For every operation, whatever arguments the contract allows arrive as they were given, and nothing else does."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.drawn_arguments import TEXT, arguments
from contract_tests.support.effort import cases
from contract_tests.support.operations import call_library
from contract_tests.support.received import check_arguments, receive
from contract_tests.support.sample_arguments import combinations
from contract_tests.support.samples import INDEX_ID
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing._document import contract

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:tasks.transfers")]

RESPONSE = {"_id": "x", "video_id": "x"}
WITH_A_BODY = [name for name, operation in contract().operations.items() if "requestBody" in operation.node]
WITH_A_PATH = [name for name, operation in contract().operations.items() if operation.parameters_in("path")]


def send(twin: Twin, operation: str, given_arguments: Any) -> httpx.Request:
    """Return the request that a call leads to."""
    with respx.mock(base_url=BASE_URL) as platform:
        route = platform.route().respond(201, json=RESPONSE)
        call_library(twin, operation, given_arguments)
    request = route.calls.last.request
    assert isinstance(request, httpx.Request)
    return request


@pytest.mark.parametrize("operation", list(contract().operations))
@given(st.data())
@cases(40)
def test_what_was_passed_in_is_what_arrives(twin: Twin, operation: str, data: st.DataObject) -> None:
    given_arguments = data.draw(arguments(operation))
    request = send(twin, operation, given_arguments)
    assert check_arguments(receive(request), operation) == given_arguments
    assert str(request.url).startswith(BASE_URL)
    assert request.headers["x-api-key"] == API_KEY
    assert request.headers["accept"] == "application/json"


@pytest.mark.parametrize("operation", WITH_A_BODY)
def test_every_combination_of_what_is_optional_arrives(twin: Twin, operation: str) -> None:
    for given_arguments in combinations(operation):
        request = send(twin, operation, given_arguments)
        assert check_arguments(receive(request), operation) == given_arguments


@pytest.mark.parametrize("operation", WITH_A_PATH)
@given(st.data())
@cases(30)
def test_an_identifier_stays_in_its_place_whatever_is_in_it(twin: Twin, operation: str, data: st.DataObject) -> None:
    given_arguments = data.draw(arguments(operation))
    for name in given_arguments["path"]:
        given_arguments["path"][name] = data.draw(TEXT.filter(lambda text: text not in ("", ".", "..")))
    raw_path = send(twin, operation, given_arguments).url.raw_path.decode("ascii").partition("?")[0]
    escaped = {name: quote(value, safe="") for name, value in given_arguments["path"].items()}
    assert raw_path == "/v1.3" + contract().operations[operation].path.format(**escaped)


@given(st.data())
@cases(40)
def test_metadata_given_as_a_mapping_arrives_as_the_json_of_it(twin: Twin, data: st.DataObject) -> None:
    given_arguments = data.draw(arguments("create_task").filter(lambda drawn: "user_metadata" in drawn["body"]))
    metadata = json.loads(given_arguments["body"]["user_metadata"])
    given_arguments["body"]["user_metadata"] = metadata
    body = check_arguments(receive(send(twin, "create_task", given_arguments)), "create_task")["body"]
    assert json.loads(body["user_metadata"]) == metadata


@given(st.text())
@cases(40)
def test_text_that_is_not_unicode_is_refused_and_all_other_text_is_sent(twin: Twin, text: str) -> None:
    given_arguments = {"path": {}, "query": {"filename": text}, "body": None}
    try:
        text.encode()
    except UnicodeEncodeError:
        with pytest.raises(ValueError, match="surrogates"):
            send(twin, "list_tasks", given_arguments)
    else:
        assert receive(send(twin, "list_tasks", given_arguments)).query == {"filename": text}


def test_a_request_that_adds_something_is_found_out(twin: Twin) -> None:
    with respx.mock(base_url=BASE_URL) as platform:
        route = platform.route().respond(201, json={**RESPONSE, "data": []})
        options: Any = {
            "additional_headers": {"X-More": "1"},
            "additional_query_parameters": {"more": "1"},
            "additional_body_parameters": {"more": "1"},
        }
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=b"x", request_options=options))
        wrong: Any = {"page": [1, 2], "duration": float("nan"), "status": "none"}
        twin(lambda client: client.tasks.list(**wrong, request_options=options))
    form, listing = (receive(call.request) for call in route.calls)
    assert "header x-more is not declared" in form.problems
    assert "query parameter more is not declared" in form.problems
    assert any("Additional properties are not allowed" in problem and "more" in problem for problem in form.problems)
    assert "query parameter page is there twice" in listing.problems
    assert "duration is not a number: nan" in listing.problems
    assert any(problem.startswith("query parameter status: 0:") for problem in listing.problems)


def test_a_query_that_is_too_long_for_a_url_is_refused_before_it_is_sent(
    twin: Twin, platform: respx.MockRouter
) -> None:
    with pytest.raises(ValueError, match="cannot build a URL from these arguments"):
        twin(lambda client: client.tasks.list(filename="x" * 70_000))
    assert not platform.calls
