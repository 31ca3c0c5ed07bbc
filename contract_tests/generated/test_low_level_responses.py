"""Whatever a response holds becomes typed objects that say the same, or an exception of the low-level client."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.documented_responses import SUCCESSES, SUCCESSES_WITHOUT_BODY, name_of_body
from contract_tests.support.drawn_bodies import comparable, draw_varied, is_accepted, wrong_bodies
from contract_tests.support.effort import cases
from contract_tests.support.low_level import call_low_level
from contract_tests.support.operations import a_call
from contract_tests.support.twins import BASE_URL, Twin
from twelvelabs_tasks_api import models
from twelvelabs_tasks_api.types import InvalidBody


def receive(twin: Twin, operation: str, status: int, content: bytes) -> tuple[httpx.Response, Any]:
    """Return the response and what is read from it when the platform responds so."""
    with respx.mock(base_url=BASE_URL) as platform:
        platform.route().respond(status, content=content, headers={"X-Api-Version": "1.3.0"})
        return call_low_level(twin, operation, a_call(operation))


@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@given(st.data())
@cases(6)
def test_a_response_becomes_an_object_that_says_the_same(
    twin: Twin, operation: str, status: int, data: st.DataObject
) -> None:
    name = name_of_body(operation, status)
    body = data.draw(draw_varied(name))
    response, result = receive(twin, operation, status, json.dumps(body).encode())
    assert type(result) is getattr(models, name)
    assert comparable(name, result.to_dict()) == comparable(name, body)
    assert response.json() == body


@pytest.mark.parametrize(("operation", "status"), SUCCESSES_WITHOUT_BODY)
@pytest.mark.parametrize("content", [b"", b"{}"])
def test_a_response_without_a_body_becomes_nothing(twin: Twin, operation: str, status: int, content: bytes) -> None:
    _, result = receive(twin, operation, status, content)
    assert result is None


@pytest.mark.parametrize(("operation", "status"), SUCCESSES_WITHOUT_BODY)
def test_a_page_where_there_should_be_no_body_is_an_error(operation: str, status: int) -> None:
    with pytest.raises(InvalidBody, match="not JSON"):
        receive(Twin("sync"), operation, status, b"<html>")


@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@given(st.data())
@cases(8)
def test_a_wrong_response_is_an_error_of_this_client(operation: str, status: int, data: st.DataObject) -> None:
    name = name_of_body(operation, status)
    texts = wrong_bodies(name).map(lambda drawn: json.dumps(drawn, default=str))
    content = data.draw(texts.filter(lambda text: not is_accepted(name, json.loads(text))))
    with pytest.raises(InvalidBody):
        receive(Twin("sync"), operation, status, content.encode())


@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b'{"_id": ', b"[" * 100_000])
def test_a_response_that_is_not_json_is_an_error_of_this_client(operation: str, status: int, content: bytes) -> None:
    with pytest.raises(InvalidBody, match="not JSON"):
        receive(Twin("sync"), operation, status, content)
