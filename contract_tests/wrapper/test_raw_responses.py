"""`with_raw_response`: what each method returns, with the status and the headers of the response."""

from __future__ import annotations

import inspect
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
import respx

from contract_tests.support import samples
from contract_tests.support.clock import Clock
from contract_tests.support.methods import COMPOSED, PLAIN, RESOURCES, Method, resource_of
from contract_tests.support.samples import INDEX_ID, TASK_ID
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors
from twelvelabs_tasks.core import AsyncPager, RawResponse, SyncPager

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")


def comparable(result: Any) -> Any:
    """Return a result in a form that can be compared: of a page, what it says."""
    return (result.items, result.has_next) if isinstance(result, (SyncPager, AsyncPager)) else result


@pytest.mark.parametrize("method", PLAIN, ids=str)
def test_every_method_returns_the_same_and_the_response_with_it(
    twin: Twin, platform: respx.MockRouter, method: Method
) -> None:
    platform.route().respond(
        method.status, json=method.body, headers={"X-Api-Version": "1.3.0", "X-RateLimit-Remaining": "59"}
    )
    plain = twin(method.call)
    raw = twin(lambda client: method.call(client, raw=True))
    assert type(raw) is RawResponse
    assert type(raw.data) is type(plain)
    assert comparable(raw.data) == comparable(plain)
    assert raw.status_code == raw.response.status_code == method.status
    assert raw.headers["x-api-version"] == raw.headers["X-Api-Version"] == "1.3.0"
    assert raw.headers["x-ratelimit-remaining"] == "59"
    assert method.body is None or raw.response.json() == method.body
    assert raw.response.request.headers["x-api-key"] == "[hidden]"


def sections(method: Any) -> list[str]:
    """Return the documentation of a method, without what it returns and the example."""
    return [
        each for each in (method.__doc__ or "").split("\n\n") if not each.strip().startswith(("Returns", "Example"))
    ]


@pytest.mark.parametrize("make", [TwelveLabs, AsyncTwelveLabs])
@pytest.mark.parametrize("path", RESOURCES)
def test_plain_methods_are_there_with_their_arguments_and_their_documentation(make: Any, path: str) -> None:
    resource = resource_of(make(api_key=API_KEY, base_url=BASE_URL), path)
    names = {name for name, _ in inspect.getmembers(resource, inspect.ismethod) if not name.startswith("_")}
    plain = {method.name.rpartition(".")[2] for method in PLAIN if method.resource == path}
    composed = {method.name.rpartition(".")[2] for method in COMPOSED if method.resource == path}
    raw = resource.with_raw_response
    assert names == plain | composed
    assert {name for name in dir(raw) if not name.startswith("_")} == plain
    for name in plain:
        method, twin = getattr(raw, name), getattr(resource, name)
        assert inspect.signature(method).parameters == inspect.signature(twin).parameters
        assert sections(method) == sections(twin)
        assert inspect.iscoroutinefunction(method) == inspect.iscoroutinefunction(twin)


def test_the_pages_after_the_first_are_fetched_as_ever(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=samples.page([samples.task()], total_page=3))

    async def all_of(client: AsyncTwelveLabs) -> list[Any]:
        return [task async for task in (await client.tasks.with_raw_response.list()).data]

    found = twin(all_of if twin.is_async else lambda client: list(client.tasks.with_raw_response.list().data))
    assert len(found) == route.call_count == 3


def test_the_response_is_the_last_of_several(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [
        respx.MockResponse(429, headers={"X-Number": "1"}),
        respx.MockResponse(302, headers={"X-Number": "2", "Location": f"{BASE_URL}/tasks/{TASK_ID}"}),
        respx.MockResponse(200, json=samples.task(), headers={"X-Number": "3"}),
    ]
    raw = twin(lambda client: client.tasks.with_raw_response.retrieve(TASK_ID))
    assert (raw.status_code, raw.headers["x-number"]) == (200, "3")


def test_the_response_for_a_task_that_was_searched_for_is_that_of_the_list(
    twin: Twin, platform: respx.MockRouter, clock: Clock
) -> None:
    found = samples.task(created_at=datetime.now(UTC).isoformat(), system_metadata={"filename": "a.mp4"})
    platform.post("/tasks").respond(500)
    platform.get("/tasks").respond(json=samples.page([found], total_page=1))
    url = "https://example.com/a.mp4"
    raw = twin(
        lambda client: client.tasks.with_raw_response.create(index_id=INDEX_ID, video_url=url, on_unknown="reconcile")
    )
    assert (raw.data.id, raw.response.request.method) == (TASK_ID, "GET")


def test_arguments_without_a_name_are_refused_as_ever(twin: Twin, platform: respx.MockRouter) -> None:
    with pytest.raises(TypeError, match="positional"):
        twin(lambda client: client.tasks.with_raw_response.create("a.mp4", index_id=INDEX_ID, video_url="https://a.b"))


def test_errors_are_raised_as_ever(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(404, json=samples.problem())
    with pytest.raises(errors.NotFoundError):
        twin(lambda client: client.tasks.with_raw_response.retrieve(TASK_ID))


def test_a_raw_response_survives_a_trip_to_another_process(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(json=samples.task(), headers={"X-A": "1"})
    raw = twin(lambda client: client.tasks.with_raw_response.retrieve(TASK_ID))
    again = pickle.loads(pickle.dumps(raw))
    assert (again.data, again.status_code, again.headers) == (raw.data, raw.status_code, raw.headers)
