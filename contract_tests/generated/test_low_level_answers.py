"""Whatever is answered becomes typed objects that say the same, or an exception of the low-level client."""

from __future__ import annotations

import json
from typing import Any

import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.documented_responses import (
    FAILURES,
    SUCCESSES,
    SUCCESSES_WITHOUT_BODY,
    UNDOCUMENTED,
    name_of_body,
)
from contract_tests.support.drawn_bodies import accepted, comparable, varied, wrong_bodies
from contract_tests.support.effort import cases
from contract_tests.support.low_level import call_low_level
from contract_tests.support.operations import a_call
from contract_tests.support.twins import BASE_URL, Twin
from twelvelabs_tasks.testing.document import contract
from twelvelabs_tasks_api import errors, models


def answered(twin: Twin, operation: str, status: int, content: bytes, *, strict: bool = True) -> Any:
    """Return the response that a call returns when the platform answers so."""
    with respx.mock(base_url=BASE_URL) as platform:
        platform.route().respond(status, content=content, headers={"X-Api-Version": "1.3.0"})
        return call_low_level(twin, operation, a_call(operation), strict=strict)


@pytest.mark.parametrize(("operation", "status"), SUCCESSES + FAILURES)
@given(st.data())
@cases(6)
def test_an_answer_becomes_an_object_that_says_the_same(
    twin: Twin, operation: str, status: int, data: st.DataObject
) -> None:
    name = name_of_body(operation, status)
    body = data.draw(varied(name))
    response = answered(twin, operation, status, json.dumps(body).encode())
    assert type(response.parsed) is getattr(models, name)
    assert comparable(name, response.parsed.to_dict()) == comparable(name, body)
    assert response.status_code == status
    assert response.headers["x-api-version"] == "1.3.0"
    assert json.loads(response.content) == body


@pytest.mark.parametrize(("operation", "status"), SUCCESSES_WITHOUT_BODY)
@pytest.mark.parametrize("content", [b"", b"{}", b"<html>"])
def test_an_answer_without_a_body_becomes_nothing(twin: Twin, operation: str, status: int, content: bytes) -> None:
    assert answered(twin, operation, status, content).parsed is None


@pytest.mark.parametrize(("operation", "status"), SUCCESSES + FAILURES)
@given(st.data())
@cases(8)
def test_a_wrong_answer_is_an_error_of_this_client(operation: str, status: int, data: st.DataObject) -> None:
    name = name_of_body(operation, status)
    texts = wrong_bodies(name).map(lambda drawn: json.dumps(drawn, default=str))
    content = data.draw(texts.filter(lambda text: not accepted(name, json.loads(text))))
    with pytest.raises(errors.InvalidBody):
        answered(Twin("sync"), operation, status, content.encode())


@pytest.mark.parametrize(("operation", "status"), SUCCESSES + FAILURES)
@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b'{"_id": ', b"[" * 100_000])
def test_an_answer_that_is_no_json_is_an_error_of_this_client(operation: str, status: int, content: bytes) -> None:
    with pytest.raises(errors.InvalidBody, match="not JSON"):
        answered(Twin("sync"), operation, status, content)


@pytest.mark.parametrize("status", UNDOCUMENTED)
@pytest.mark.parametrize("operation", list(contract().operations))
def test_an_undocumented_status_is_an_error_of_this_client_if_asked_for(
    twin: Twin, operation: str, status: int
) -> None:
    with pytest.raises(errors.UnexpectedStatus) as caught:
        answered(twin, operation, status, b"<html>")
    assert (caught.value.status_code, caught.value.content) == (status, b"<html>")
    assert str(status) in str(caught.value)
    response = answered(twin, operation, status, b"<html>", strict=False)
    assert (response.status_code, response.parsed) == (status, None)
