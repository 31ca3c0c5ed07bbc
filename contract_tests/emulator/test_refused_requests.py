"""Requests that the platform refuses: each with its status, code and message."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulators import Upload, plant, refusal, token_of
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator

NOBODY = "0123456789abcdef01234567"
KEY_REFUSED = (
    401,
    "api_key_invalid",
    "API Key is either invalid or expired. Please check the API key or generate a new one.",
)
CALLS = [
    ("POST", "/tasks"),
    ("GET", "/tasks"),
    ("GET", f"/tasks/{NOBODY}"),
    ("DELETE", f"/tasks/{NOBODY}"),
    ("POST", f"/tasks/transfers/import/{NOBODY}"),
    ("GET", f"/tasks/transfers/import/{NOBODY}/status"),
    ("GET", f"/tasks/transfers/import/{NOBODY}/logs"),
    ("DELETE", f"/indexes/{NOBODY}/videos/{NOBODY}"),
]
ALLOWED = {
    "/tasks": "GET, POST",
    f"/tasks/{NOBODY}": "DELETE, GET",
    f"/tasks/transfers/import/{NOBODY}": "POST",
    f"/tasks/transfers/import/{NOBODY}/status": "GET",
    f"/tasks/transfers/import/{NOBODY}/logs": "GET",
    f"/indexes/{NOBODY}/videos/{NOBODY}": "DELETE",
}


def invalid(name: str) -> tuple[int, str, str]:
    return 400, "parameter_invalid", f"The `{name}` parameter is invalid."


def unknown(name: str) -> tuple[int, str, str]:
    return 400, "parameter_unknown", f"The `{name}` parameter is unknown."


def missing(name: str) -> tuple[int, str, str]:
    return 400, "parameter_not_provided", f"The `{name}` parameter is required but was not provided."


def absent(identifier: str, collection: str) -> tuple[int, str, str]:
    return 404, "resource_not_exist", f"Resource with id `{identifier}` does not exist in `{collection}`."


# The key


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_operation_asks_for_a_key(method: str, path: str, http: httpx.Client) -> None:
    del http.headers["x-api-key"]
    assert refusal(http.request(method, path)) == KEY_REFUSED
    assert refusal(http.request(method, path, headers={"x-api-key": ""})) == KEY_REFUSED


@pytest.mark.parametrize("key", ["wrong", "Secret", "secret2", "secre", "schl\xfcssel"])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_where_a_key_is_pinned_every_operation_asks_for_that(
    method: str, path: str, key: str, emulator: Emulator, http: httpx.Client
) -> None:
    emulator.configure(api_key="secret")
    assert refusal(http.request(method, path, headers=[(b"x-api-key", key.encode("latin-1"))])) == KEY_REFUSED
    assert http.request(method, path, headers={"x-api-key": "secret"}).status_code != 401


def test_where_none_is_pinned_any_key_will_do(http: httpx.Client) -> None:
    for key in (b"a", b"another one", b"schl\xfcssel"):
        assert http.get("/tasks", headers=[(b"x-api-key", key)]).status_code == 200


def test_a_wrong_key_is_refused_before_the_body_has_been_sent(emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(api_key="secret")
    headers = {"Content-Type": "multipart/form-data; boundary=b", "x-api-key": "wrong"}
    assert refusal(http.post("/tasks", content=b"anything", headers=headers)) == KEY_REFUSED


def test_every_response_names_the_version_of_the_api(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    created = upload(videos.cheap())
    emulator.advance(1000)
    task = http.get(f"/tasks/{created.json()['_id']}").json()
    playlist = task["hls"]["video_url"]
    responses = [
        created,
        http.get("/tasks"),
        http.get(playlist),
        http.head(playlist),
        http.get(playlist, headers={"Range": "bytes=0-3"}),
        http.get(playlist, headers={"Range": "bytes=99999-"}),
        http.get(f"{emulator.url}/"),
        http.get(f"{emulator.url}/_emulator", headers=token_of(emulator)),
        http.get(emulator.documentation_url),
        http.delete(f"/indexes/{emulator.index_id}/videos/{task['_id']}"),
        http.delete(f"/tasks/{task['_id']}"),
    ]
    assert [response.status_code for response in responses] == [200, 200, 200, 200, 206, 416, 404, 200, 200, 204, 204]
    assert {response.headers["X-Api-Version"] for response in responses} == {"1.3.0"}


# The rate limit


def test_too_many_requests_get_a_time_to_retry_at(emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(rate_limit=2)
    assert [http.get("/tasks").status_code for _ in range(3)] == [200, 200, 429]
    response = http.get("/tasks")
    status, code, message = refusal(response)
    assert (status, code) == (429, "too_many_requests")
    match = re.fullmatch(
        r"You have exceeded the rate limit \(`2 requests per minute`\)\. "
        r"Please try again later after `(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)`\.",
        message,
    )
    assert match
    wait = int(response.headers["Retry-After"])
    assert 50 <= wait <= 60
    assert http.get("/tasks", headers={"x-api-key": "another"}).status_code == 200
    emulator.advance(wait)
    assert emulator.now >= match[1]
    assert http.get("/tasks").status_code == 200


# What does not exist


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_task_that_does_not_exist_is_not_found(method: str, http: httpx.Client) -> None:
    assert refusal(http.request(method, f"/tasks/{NOBODY}")) == absent(NOBODY, "tasks")


def test_a_video_that_does_not_exist_is_not_found(emulator: Emulator, http: httpx.Client) -> None:
    other = emulator.create_index("other")
    ready, indexing = plant(emulator, {"has_vector": 1}, {"status": "indexing"})
    for index_id, video_id in [(emulator.index_id, NOBODY), (other, ready.id), (emulator.index_id, indexing.id)]:
        assert refusal(http.delete(f"/indexes/{index_id}/videos/{video_id}")) == absent(video_id, "videos")
    assert http.delete(f"/indexes/{emulator.index_id}/videos/{ready.id}").status_code == 204
    assert refusal(http.delete(f"/indexes/{emulator.index_id}/videos/{ready.id}")) == absent(ready.id, "videos")


def test_an_index_that_does_not_exist_is_not_found(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos, tmp_path: Path
) -> None:
    emulator.configure(integrations={INTEGRATION_ID: tmp_path})
    where = f"/tasks/transfers/import/{INTEGRATION_ID}"
    for response in (
        upload(videos.cheap(), index_id=NOBODY),
        http.post("/tasks", files={"index_id": (None, NOBODY), "video_url": (None, "http://127.0.0.1:9/v.mp4")}),
        http.delete(f"/indexes/{NOBODY}/videos/{NOBODY}"),
        http.post(where, json={"index_id": NOBODY}),
        http.get(f"{where}/status", params={"index_id": NOBODY}),
    ):
        assert refusal(response) == absent(NOBODY, "indexes")
    assert http.get("/tasks", params={"index_id": NOBODY}).json()["data"] == []


def test_an_integration_that_does_not_exist_is_not_found(emulator: Emulator, http: httpx.Client) -> None:
    where = f"/tasks/transfers/import/{NOBODY}"
    index = {"index_id": emulator.index_id}
    for response in (
        http.post(where, json=index),
        http.get(f"{where}/status", params=index),
        http.get(f"{where}/logs"),
    ):
        assert refusal(response) == absent(NOBODY, "integrations")


@pytest.mark.parametrize("path", ["/", "/nothing", "/tasks/a/b", f"/tasks/{NOBODY}/", "/indexes", "/TASKS"])
def test_a_path_that_does_not_exist_is_not_found(path: str, http: httpx.Client) -> None:
    assert refusal(http.get(path)) == absent(f"/v1.3{path}", "paths")


def test_a_task_without_an_identifier_is_an_invalid_one(http: httpx.Client) -> None:
    assert refusal(http.get("/tasks/")) == invalid("task_id")


# Methods


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ALLOWED)
def test_a_method_the_path_does_not_have_is_refused_with_those_it_has(
    method: str, path: str, http: httpx.Client
) -> None:
    response = http.request(method, path)
    if method in ALLOWED[path]:
        assert response.status_code != 405
        return
    assert response.status_code == 405
    assert response.headers["Allow"] == ALLOWED[path]
    assert response.headers["X-Api-Version"] == "1.3.0"
    if method != "HEAD":
        assert refusal(response)[1] == "method_not_allowed"


# Parameters of the query and the path


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("pagelimit=3", unknown("pagelimit")),
        ("page=1&Page=1", unknown("Page")),
        ("=1", unknown("")),
        ("page=0", invalid("page")),
        ("page=-1", invalid("page")),
        ("page=1.0", invalid("page")),
        ("page=+1", invalid("page")),
        ("page=", invalid("page")),
        ("page=one", invalid("page")),
        ("page=%D9%A1", invalid("page")),
        ("page=1&page=2", invalid("page")),
        ("page_limit=0", invalid("page_limit")),
        ("page_limit=51", invalid("page_limit")),
        ("sort_by=name", invalid("sort_by")),
        ("sort_option=down", invalid("sort_option")),
        ("sort_option=asc&sort_option=asc", invalid("sort_option")),
        ("index_id=abc", invalid("index_id")),
        ("index_id=0123456789ABCDEF01234567", invalid("index_id")),
        ("index_id=0123456789abcdef01234567%0A", invalid("index_id")),
        ("status=done", invalid("status")),
        ("status=ready,failed", invalid("status")),
        ("status=ready&status=", invalid("status")),
        ("duration=-1", invalid("duration")),
        ("duration=nan", invalid("duration")),
        ("duration=1e999", invalid("duration")),
        ("width=-1", invalid("width")),
        ("height=1.5", invalid("height")),
        ("created_at=yesterday", invalid("created_at")),
        ("created_at=2024-03-01", invalid("created_at")),
        ("created_at=2024-02-30T00:00:00Z", invalid("created_at")),
        ("created_at=2024-03-01T00:00:00", invalid("created_at")),
        ("updated_at=2024-03-01T25:00:00Z", invalid("updated_at")),
        ("updated_at=0", invalid("updated_at")),
    ],
)
def test_a_query_that_does_not_conform_is_refused(
    query: str, refused: tuple[int, str, str], http: httpx.Client
) -> None:
    assert refusal(http.get(f"/tasks?{query}")) == refused


@pytest.mark.parametrize("identifier", ["abc", "0123456789ABCDEF01234567", f"{NOBODY}0", "%20", "a%2Fb", "%FF", "%00"])
@pytest.mark.parametrize(
    ("method", "template", "name"),
    [
        ("GET", "/tasks/{}", "task_id"),
        ("DELETE", "/tasks/{}", "task_id"),
        ("POST", "/tasks/transfers/import/{}", "integration-id"),
        ("GET", f"/tasks/transfers/import/{{}}/status?index_id={NOBODY}", "integration-id"),
        ("GET", "/tasks/transfers/import/{}/logs", "integration-id"),
        ("DELETE", f"/indexes/{{}}/videos/{NOBODY}", "index-id"),
        ("DELETE", f"/indexes/{NOBODY}/videos/{{}}", "video-id"),
    ],
)
def test_an_invalid_identifier_is_refused(
    method: str, template: str, name: str, identifier: str, http: httpx.Client
) -> None:
    assert refusal(http.request(method, template.format(identifier))) == invalid(name)


def test_the_status_of_an_import_asks_for_an_index(http: httpx.Client) -> None:
    where = f"/tasks/transfers/import/{NOBODY}/status"
    assert refusal(http.get(where)) == missing("index_id")
    assert refusal(http.get(where, params={"index_id": "abc"})) == invalid("index_id")
    assert refusal(http.get(where, params={"index": NOBODY})) == unknown("index")
