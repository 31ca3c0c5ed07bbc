"""What a caller learns when something goes wrong: the class, the platform's own words, and never the API key."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, problem
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.types import TasksRetrieveResponse

CLASSES = {
    400: errors.BadRequestError,
    401: errors.UnauthorizedError,
    403: errors.ForbiddenError,
    404: errors.NotFoundError,
    405: errors.ApiError,
    409: errors.ConflictError,
    410: errors.GoneError,
    413: errors.ContentTooLargeError,
    418: errors.ApiError,
    422: errors.UnprocessableEntityError,
    429: errors.TooManyRequestsError,
    499: errors.ApiError,
    500: errors.InternalServerError,
    501: errors.InternalServerError,
    502: errors.BadGatewayError,
    503: errors.ServiceUnavailableError,
    504: errors.GatewayTimeoutError,
    520: errors.InternalServerError,
    561: errors.InternalServerError,
}


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def failure(twin: Twin, use: Any = retrieve, **options: Any) -> Any:
    """Return the exception that a call ends with."""
    with pytest.raises(errors.TwelveLabsError) as caught:
        twin(use, **{"max_retries": 0, **options})
    return caught.value


@pytest.mark.parametrize("status", CLASSES)
def test_each_status_has_its_class(platform: respx.MockRouter, status: int) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(status, json=problem())
    error = failure(Twin("sync"))
    assert type(error) is CLASSES[status]
    assert isinstance(error, errors.ApiError)
    assert error.status_code == status


def test_an_error_carries_all_that_the_platform_said(twin: Twin, platform: respx.MockRouter) -> None:
    body = problem("task_cannot_be_deleted", "Still indexing.", docs_url="https://docs.test/errors", hint="wait")
    platform.delete(f"/tasks/{TASK_ID}").respond(400, json=body, headers={"X-Api-Version": "1.3.0"})
    error = failure(twin, lambda client: client.tasks.delete(TASK_ID))
    assert type(error) is errors.TaskCannotBeDeletedError
    assert error.code == "task_cannot_be_deleted"
    assert error.message == "Still indexing."
    assert error.docs_url == "https://docs.test/errors"
    assert error.body == body
    assert error.headers["x-api-version"] == "1.3.0"
    assert error.request is not None
    assert error.response is not None
    assert (error.request.method, str(error.request.url)) == ("DELETE", f"{BASE_URL}/tasks/{TASK_ID}")
    assert error.response.status_code == 400


def test_the_text_of_an_error_is_the_platforms_message_with_its_code_and_status(
    twin: Twin, platform: respx.MockRouter
) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(404, json=problem("resource_not_exist", "No such task."))
    assert str(failure(twin)) == "No such task. (resource_not_exist, 404)"


@pytest.mark.parametrize(
    ("status", "text", "message", "body"),
    [
        (502, "<h1>Bad Gateway</h1>", "The API responded with 502 Bad Gateway", "<h1>Bad Gateway</h1>"),
        (520, "", "The API responded with 520", ""),
        (404, '["no", "object"]', "The API responded with 404 Not Found", ["no", "object"]),
        (400, '{"message": 5, "code": []}', "The API responded with 400 Bad Request", {"message": 5, "code": []}),
        (400, "{}", "The API responded with 400 Bad Request", {}),
        (500, "null", "The API responded with 500 Internal Server Error", None),
    ],
)
def test_an_error_response_of_another_form_is_an_error_all_the_same(
    twin: Twin, platform: respx.MockRouter, status: int, text: str, message: str, body: Any
) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(status, text=text)
    error = failure(twin)
    assert isinstance(error, errors.ApiError)
    assert error.message == message
    assert error.code is None
    assert error.docs_url is None
    assert error.body == body


@pytest.mark.parametrize("charset", ["hex", "base64", "zlib", "rot13", "undefined", "punycode", "idna", "klingon", ""])
def test_an_error_page_in_whatever_charset_is_an_error_all_the_same(platform: respx.MockRouter, charset: str) -> None:
    headers = {"Content-Type": f"text/html; charset={charset}"}
    platform.get(f"/tasks/{TASK_ID}").respond(500, content=b"\xff\x00 no", headers=headers)
    error = failure(Twin("sync"))
    assert isinstance(error, errors.InternalServerError)
    assert "no" in error.body


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (httpx.ConnectError("refused"), errors.ApiConnectionError),
        (httpx.ReadError("reset"), errors.ApiConnectionError),
        (httpx.WriteError("reset"), errors.ApiConnectionError),
        (httpx.RemoteProtocolError("no HTTP"), errors.ApiConnectionError),
        (httpx.UnsupportedProtocol("gopher"), errors.ApiConnectionError),
        (httpx.ProxyError("no"), errors.ApiConnectionError),
        (httpx.ConnectTimeout("slow"), errors.ApiTimeoutError),
        (httpx.ReadTimeout("slow"), errors.ApiTimeoutError),
        (httpx.WriteTimeout("slow"), errors.ApiTimeoutError),
        (httpx.PoolTimeout(""), errors.ApiTimeoutError),
        (httpx.DecodingError("not gzip"), errors.ResponseError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_response_that_does_not_come_is_an_error_of_this_library(
    twin: Twin, platform: respx.MockRouter, trouble: Exception, expected: type[Exception]
) -> None:
    platform.get(f"/tasks/{TASK_ID}").mock(side_effect=trouble)
    error = failure(twin)
    assert type(error) is expected
    assert type(trouble).__name__ in str(error)
    assert f"GET {BASE_URL}/tasks/{TASK_ID}" in str(error)
    assert error.__cause__ is trouble


def test_timeouts_are_connection_errors_and_all_errors_have_one_base() -> None:
    assert issubclass(errors.ApiTimeoutError, errors.ApiConnectionError)
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.TwelveLabsError)


ENDINGS: list[Any] = [
    httpx.Response(400, json=problem()),
    httpx.Response(500, text="sorry"),
    httpx.Response(200, text="not JSON"),
    httpx.Response(307, headers={"location": "https://elsewhere.test/tasks"}),
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
]


@pytest.mark.parametrize(
    "ending", ENDINGS, ids=lambda ending: str(getattr(ending, "status_code", type(ending).__name__))
)
def test_no_error_shows_the_api_key(twin: Twin, ending: Any) -> None:
    def end(request: httpx.Request) -> httpx.Response:
        if isinstance(ending, Exception):
            raise type(ending)(*ending.args)
        return httpx.Response(ending.status_code, content=ending.content, headers=ending.headers)

    # Not respx, which raises an error of its own first: with tblib, as Dask has it, that is pickled too, key and all.
    client: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    supplied = client(transport=httpx.MockTransport(end))
    error = failure(
        twin, lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO), httpx_client=supplied
    )
    assert API_KEY not in str(error) + repr(error) + repr(vars(error))
    assert error.request.headers["x-api-key"] != API_KEY
    assert API_KEY.encode() not in pickle.dumps(error)
    cause = error.__cause__
    assert not isinstance(cause, httpx.RequestError) or cause.request.headers["x-api-key"] != API_KEY


@pytest.mark.parametrize(
    "ending", ENDINGS, ids=lambda ending: str(getattr(ending, "status_code", type(ending).__name__))
)
def test_errors_survive_a_trip_to_another_process(twin: Twin, platform: respx.MockRouter, ending: Any) -> None:
    platform.post("/tasks").side_effect = [ending]
    error = failure(twin, lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO))
    for twin_error in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin_error) is type(error)
        assert str(twin_error) == str(error)
        assert str(twin_error.request.url) == f"{BASE_URL}/tasks"
        for name in ("code", "message", "status_code", "headers", "body", "docs_url"):
            assert getattr(twin_error, name, None) == getattr(error, name, None)


def test_the_error_of_a_wait_survives_it_with_its_task() -> None:
    task = TasksRetrieveResponse.from_dict({"_id": TASK_ID, "status": "indexing", "new": 1})
    error = pickle.loads(pickle.dumps(errors.WaitTimeoutError("too long", task=task)))
    assert str(error) == "too long"
    assert error.task == task


def test_an_error_found_without_asking_the_platform_has_no_status() -> None:
    error = errors.BadRequestError("Video is too short.", code="video_duration_too_short")
    assert str(error) == "Video is too short. (video_duration_too_short)"
    assert (error.status_code, error.request, error.response, error.headers) == (None, None, None, {})
    assert str(errors.ApiError("Sorry.")) == "Sorry."
