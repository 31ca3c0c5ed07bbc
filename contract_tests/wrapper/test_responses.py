"""Every response becomes typed objects that say the same, or an exception of this library."""

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
from contract_tests.support.drawn_bodies import comparable, draw_varied, is_accepted, wrong_bodies
from contract_tests.support.effort import cases
from contract_tests.support.operations import a_call, call_library
from contract_tests.support.twins import BASE_URL, Twin
from twelvelabs_tasks import errors, types
from twelvelabs_tasks.core import AsyncPager, SyncPager
from twelvelabs_tasks.testing._document import contract

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")


def receive(twin: Twin, operation: str, status: int, content: bytes, **headers: str) -> Any:
    """Return what a call returns for this response."""
    with respx.mock(base_url=BASE_URL) as platform:
        platform.route().respond(status, content=content, headers={"X-Api-Version": "1.3.0", **headers})
        return call_library(twin, operation, a_call(operation))


def failure(twin: Twin, operation: str, status: int, content: bytes, **headers: str) -> errors.TwelveLabsError:
    """Return the error that a call raises for this response.

    Where a task may have been created in spite of it, that is what is raised, and the error is its cause.
    """
    with pytest.raises(errors.TwelveLabsError) as caught:
        receive(twin, operation, status, content, **headers)
    error = caught.value
    told_to_wait = status == 503 and "Retry-After" in headers
    may_exist = operation == "create_task" and (status < 300 or status >= 500) and not told_to_wait
    assert isinstance(error, errors.CreateOutcomeUnknown) == may_exist
    if may_exist:
        assert isinstance(error.__cause__, errors.TwelveLabsError)
        return error.__cause__
    return error


def as_sent(name: str, result: Any) -> Any:
    """Return what a result says, as the body of the response says it."""
    if not isinstance(result, (SyncPager, AsyncPager)):
        assert type(result) is getattr(types, name)
        return comparable(name, result.to_dict())
    assert all(type(item) is types.VideoIndexingTask for item in result.items)
    page: dict[str, Any] = {"data": [item.to_dict() for item in result.items]}
    return comparable(name, {**page, "page_info": result.page_info and result.page_info.to_dict()})


def expect(name: str, body: Any) -> Any:
    if name == "TasksListResponse":  # of which a pager shows the tasks and the information about pages
        body = {"data": body.get("data") or [], "page_info": body.get("page_info")}
    return comparable(name, body)


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@given(st.data())
@cases(15)
def test_a_response_becomes_an_object_that_says_the_same(
    twin: Twin, operation: str, status: int, data: st.DataObject
) -> None:
    name = name_of_body(operation, status)
    body = data.draw(draw_varied(name))
    assert as_sent(name, receive(twin, operation, status, json.dumps(body).encode())) == expect(name, body)


@pytest.mark.parametrize(("operation", "status"), SUCCESSES_WITHOUT_BODY)
@pytest.mark.parametrize("content", [b"", b"{}", b"null"])
def test_a_response_without_a_body_becomes_nothing(twin: Twin, operation: str, status: int, content: bytes) -> None:
    assert receive(twin, operation, status, content) is None


@pytest.mark.parametrize("operation", sorted({name for name, _ in SUCCESSES_WITHOUT_BODY}))
def test_a_page_from_somebody_else_is_not_taken_for_a_deletion(twin: Twin, operation: str) -> None:
    error = failure(twin, operation, 200, b"<html>Sign in</html>", **{"Content-Type": "text/html"})
    assert isinstance(error, errors.ResponseError)


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@given(st.data())
@cases(30)
def test_a_wrong_response_is_an_error_of_this_library_and_all_others_are_understood(
    operation: str, status: int, data: st.DataObject
) -> None:
    name = name_of_body(operation, status)
    body = data.draw(wrong_bodies(name))
    try:
        content = json.dumps(body).encode()
    except TypeError:
        content = b"\xff" + str(body).encode()
        body = None
    if is_accepted(name, body):
        assert as_sent(name, receive(Twin("sync"), operation, status, content)) == expect(name, body)
    else:
        assert isinstance(failure(Twin("sync"), operation, status, content), errors.ResponseError)


@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
@given(st.data())
@cases(15)
def test_a_response_that_breaks_off_is_an_error_of_this_library(
    operation: str, status: int, data: st.DataObject
) -> None:
    whole = json.dumps(contract().example(operation, status)).encode()
    content = whole[: data.draw(st.integers(0, len(whole) - 1))]
    error = failure(Twin("sync"), operation, status, content)
    assert isinstance(error, errors.ResponseError)
    assert "not JSON" in str(error)


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"true", b"5", b'"text"', b"[]", b"\xff\xfe", b"\x00", b"[" * 100_000, b'{"a":' * 100_000,
     b'{"_id": ' + b"9" * 5000 + b"}", b"<html></html>", b"\xef\xbb\xbf{}{}"],
    ids=lambda content: repr(content[:12]),
)  # fmt: skip
@pytest.mark.parametrize(("operation", "status"), SUCCESSES)
def test_a_response_that_is_not_a_json_object_is_an_error_of_this_library(
    operation: str, status: int, content: bytes
) -> None:
    assert isinstance(failure(Twin("sync"), operation, status, content), errors.ResponseError)


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "status"), FAILURES)
@given(st.data())
@cases(8)
def test_a_documented_failure_says_what_the_platform_said(operation: str, status: int, data: st.DataObject) -> None:
    body = data.draw(draw_varied("ErrorResponse"))
    error = failure(Twin("sync"), operation, status, json.dumps(body).encode(), **{"Retry-After": "30"})
    assert isinstance(error, errors.ApiError)
    assert isinstance(error, errors.BY_STATUS[status]) or body["code"] in errors.BY_CODE
    assert (error.status_code, error.body) == (status, body)
    assert (error.code, error.message, error.docs_url) == (body["code"], body["message"], body.get("docs_url"))
    assert str(error) == f"{body['message']} ({body['code']}, {status})"
    assert error.headers["retry-after"] == "30"


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "status"), FAILURES)
@given(st.data())
@cases(8)
def test_a_failure_of_another_form_is_still_that_failure(operation: str, status: int, data: st.DataObject) -> None:
    content = data.draw(
        st.binary(max_size=20) | wrong_bodies("ErrorResponse").map(lambda body: json.dumps(body, default=str).encode())
    )
    error = failure(Twin("sync"), operation, status, content)
    assert isinstance(error, errors.ApiError)
    assert type(error) is errors.BY_STATUS[status] or error.code in errors.BY_CODE
    assert str(status) in str(error)


@pytest.mark.parametrize("status", UNDOCUMENTED)
@pytest.mark.parametrize("operation", list(contract().operations))
def test_an_undocumented_status_is_an_error_of_this_library(twin: Twin, operation: str, status: int) -> None:
    error = failure(twin, operation, status, b"<html>")
    assert isinstance(error, errors.ApiError if status >= 400 else errors.ResponseError)
    response = getattr(error, "response", None)
    assert response is not None
    assert response.status_code == status
