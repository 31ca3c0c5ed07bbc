"""What the README says behaves differently in the vendor's SDK does so: each claim is tried with both clients."""

from __future__ import annotations

import inspect
import io
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

import httpx
import pytest
import respx
import twelvelabs
import twelvelabs.core

import twelvelabs_tasks
from contract_tests.support.clock import Clock
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, problem, task
from contract_tests.support.twins import API_KEY, BASE_URL

ELSEWHERE = "https://elsewhere.test/"


@pytest.fixture
def vendor(platform: respx.MockRouter) -> Any:
    """The vendor's client, without retries of its own accord."""
    return twelvelabs.TwelveLabs(api_key=API_KEY, base_url=BASE_URL)


@pytest.fixture
def ours(platform: respx.MockRouter, clock: Clock) -> Iterator[twelvelabs_tasks.TwelveLabs]:
    with twelvelabs_tasks.TwelveLabs(api_key=API_KEY, base_url=BASE_URL) as client:
        yield client


def failure(use: Callable[[], Any]) -> Exception:
    """Return the exception that a call ends with."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which one it is, is what is asked
        use()
    return caught.value


def test_the_version_is_the_one_that_is_spoken_of() -> None:
    assert version("twelvelabs") == "1.3.6"


def test_the_text_of_an_error(vendor: Any, ours: Any, platform: respx.MockRouter) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(404, json=problem("resource_not_exist", "No such task."))
    assert "headers:" in str(failure(lambda: vendor.tasks.retrieve(TASK_ID)))
    assert str(failure(lambda: ours.tasks.retrieve(TASK_ID))) == "No such task. (resource_not_exist, 404)"


def test_no_response(vendor: Any, ours: Any, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").mock(side_effect=httpx.ConnectError("refused"))
    assert type(failure(lambda: vendor.tasks.retrieve(TASK_ID))) is httpx.ConnectError
    assert type(failure(lambda: ours.tasks.retrieve(TASK_ID))) is twelvelabs_tasks.errors.ApiConnectionError


@pytest.mark.parametrize(("retries", "by_vendor"), [(1, 1), (2, 1), (3, 2)])
def test_the_number_of_retries(
    vendor: Any, ours: Any, platform: respx.MockRouter, clock: Clock, retries: int, by_vendor: int
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(503)
    for client, requests in ((vendor, by_vendor), (ours, 1 + retries)):
        platform.reset()
        failure(partial(client.tasks.retrieve, TASK_ID, request_options={"max_retries": retries}))
        assert route.call_count == requests
    assert "max_retries" not in inspect.signature(twelvelabs.TwelveLabs).parameters


def test_a_retried_upload(vendor: Any, ours: Any, platform: respx.MockRouter, clock: Clock) -> None:
    sent: list[set[str]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(set(parts_of(request)))
        return httpx.Response(429) if len(sent) % 2 else httpx.Response(200, json=created())

    platform.post("/tasks").mock(side_effect=respond)
    for client in (vendor, ours):
        client.tasks.create(index_id=INDEX_ID, video_file=io.BytesIO(VIDEO), request_options={"max_retries": 3})
    whole = {"index_id", "video_file"}
    assert sent == [whole, {"video_file"}, whole, whole]


def test_a_redirect_to_another_host(vendor: Any, ours: Any) -> None:
    with respx.mock(assert_all_called=False) as everywhere:
        everywhere.get(f"{BASE_URL}/tasks/{TASK_ID}").respond(302, headers={"Location": ELSEWHERE})
        other = everywhere.get(ELSEWHERE).respond(json=task())
        vendor.tasks.retrieve(TASK_ID)
        assert other.calls.last.request.headers["x-api-key"] == API_KEY
        everywhere.reset()
        assert isinstance(failure(lambda: ours.tasks.retrieve(TASK_ID)), twelvelabs_tasks.errors.ResponseError)
        assert other.call_count == 0


def test_an_identifier_that_is_a_path(vendor: Any, ours: Any, platform: respx.MockRouter) -> None:
    route = platform.route().respond(json=task())
    vendor.tasks.retrieve("a/b")
    assert route.calls.last.request.url.raw_path == b"/v1.3/tasks/a/b"
    ours.tasks.retrieve("a/b")
    assert route.calls.last.request.url.raw_path == b"/v1.3/tasks/a%2Fb"
    platform.reset()
    for identifier in ("", ".."):
        vendor.tasks.delete(identifier)
        assert isinstance(failure(partial(ours.tasks.delete, identifier)), ValueError)
    assert [call.request.url.path for call in route.calls] == ["/v1.3/tasks/", "/v1.3/"]


class TooLongError(Exception):
    """Ends a wait that would not end."""


def test_a_wait_whose_key_is_refused_in_the_middle(
    vendor: Any, ours: Any, platform: respx.MockRouter, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 100:
            raise TooLongError

    refusal = httpx.Response(401, json=problem("api_key_invalid", "No."))
    platform.get(f"/tasks/{TASK_ID}").mock(
        side_effect=itertools.chain([httpx.Response(200, json=task(status="indexing"))], itertools.repeat(refusal))
    )
    monkeypatch.setattr("time.sleep", nap)
    with pytest.raises(TooLongError):
        vendor.tasks.wait_for_done(TASK_ID)
    assert "Retrieving task failed" in capsys.readouterr().out
    assert isinstance(failure(lambda: ours.tasks.wait_for_done(TASK_ID)), twelvelabs_tasks.errors.UnauthorizedError)
    assert capsys.readouterr().out == ""


def test_the_pages_of_a_list(vendor: Any, ours: Any, platform: respx.MockRouter) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", 1))
        tasks = [task()] if number <= 2 else []
        return httpx.Response(200, json=page(tasks, page=number, total_page=2, limit_per_page=1, total_results=2))

    route = platform.get("/tasks").mock(side_effect=respond)
    assert (len(list(vendor.tasks.list())), route.call_count) == (2, 3)
    assert not hasattr(vendor.tasks.list(), "page_info")
    platform.reset()
    assert (len(list(ours.tasks.list())), route.call_count) == (2, 2)
    assert ours.tasks.list().page_info.total_page == 2


def test_many_creations_of_which_one_fails(
    vendor: Any, platform: respx.MockRouter, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.post("/tasks").mock(side_effect=[httpx.Response(400, json=problem()), httpx.Response(200, json=created())])
    urls = ["https://example.com/a.mp4", "https://example.com/b.mp4"]
    assert len(vendor.tasks.create_bulk(index_id=INDEX_ID, video_urls=urls)) == 1
    assert "Error processing url" in capsys.readouterr().out


def test_raw_responses(vendor: Any, ours: Any, platform: respx.MockRouter) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(json=task(), headers={"X-Api-Version": "1.3.0"})
    for client in (vendor, ours):
        raw = client.tasks.with_raw_response.retrieve(TASK_ID)
        assert (raw.data.id, raw.headers["x-api-version"]) == (TASK_ID, "1.3.0")
    assert raw.status_code == raw.response.status_code == 200


def test_the_names_of_the_errors() -> None:
    for name in twelvelabs.errors.__all__:
        assert hasattr(twelvelabs_tasks.errors, name)
    assert twelvelabs_tasks.core.ApiError is twelvelabs_tasks.errors.ApiError
    assert twelvelabs.core.ApiError.__name__ == "ApiError"
