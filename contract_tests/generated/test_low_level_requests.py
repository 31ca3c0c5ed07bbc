"""The low-level client sends, for every operation, what it is given, in the form that the contract says."""

from __future__ import annotations

import inspect
import itertools
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.drawn_arguments import TEXT, arguments
from contract_tests.support.effort import cases
from contract_tests.support.low_level import call_low_level, low_level
from contract_tests.support.received import check_arguments, receive
from contract_tests.support.sample_arguments import combinations
from contract_tests.support.samples import VIDEO
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing._document import contract
from twelvelabs_tasks_api.operations import File

WITH_A_PATH = [name for name, operation in contract().operations.items() if operation.parameters_in("path")]


def send(twin: Twin, operation: str, given_arguments: Any) -> httpx.Request:
    """Return the request that a call leads to."""
    success = next(int(status) for status in contract().operations[operation].responses if status.startswith("2"))
    with respx.mock(base_url=BASE_URL) as platform:
        route = platform.route().respond(success, json={"_id": "x", "video_id": "x", "data": []})
        call_low_level(twin, operation, given_arguments)
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
    assert request.headers["x-api-key"] == API_KEY


@pytest.mark.parametrize("operation", ["create_task", "import_videos"])
def test_every_combination_of_what_is_optional_arrives(twin: Twin, operation: str) -> None:
    for given_arguments in combinations(operation):
        request = send(twin, operation, given_arguments)
        assert check_arguments(receive(request), operation) == given_arguments


def test_every_combination_of_filters_selects_what_it_says() -> None:
    known = contract().operations["list_tasks"].parameters_in("query")
    examples = {name: node["example"] for name, node in known.items()}
    for number in range(len(examples) + 1):
        for some in itertools.combinations(examples.items(), number):
            operation = low_level("list_tasks")(**dict(some))
            assert operation.request == {"method": "get", "url": "/tasks", "params": dict(some)}


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


@pytest.mark.parametrize("identifier", ["", ".", ".."])
@pytest.mark.parametrize("operation", WITH_A_PATH)
def test_an_identifier_that_leads_to_another_path_is_refused(operation: str, identifier: str) -> None:
    function = low_level(operation)
    parameters = inspect.signature(function).parameters
    names = [name for name, each in parameters.items() if each.kind is not each.KEYWORD_ONLY]
    for name in names:
        given_arguments = {**dict.fromkeys(parameters), **dict.fromkeys(names, "x"), name: identifier}
        with pytest.raises(ValueError, match=f"{name} must not be empty or a dot segment"):
            function(**given_arguments)


def test_a_file_takes_its_name_its_media_type_and_its_headers_along() -> None:
    part = File("a.mp4", VIDEO, "video/x-mine", {"X-Part": "1"})
    request = low_level("create_task")(index_id="x", video_file=part).request
    assert dict(request["files"])["video_file"] == ("a.mp4", VIDEO, "video/x-mine", {"X-Part": "1"})


def test_no_two_forms_have_the_same_boundary() -> None:
    arguments_ = low_level("create_task")(index_id="x", video_file=File("a.mp4", VIDEO)).request
    types_sent = {httpx.Request(**{**arguments_, "url": BASE_URL}).headers["content-type"] for _ in range(3)}
    assert len(types_sent) == 3
