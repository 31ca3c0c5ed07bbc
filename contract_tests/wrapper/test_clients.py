"""Where a client gets its settings from, what it sends with every request, and how it ends."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx

import twelvelabs_tasks
from contract_tests.support.samples import TASK_ID, task
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors

CLIENTS = [TwelveLabs, AsyncTwelveLabs]


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def test_the_api_key_travels_in_its_header(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve)
    assert route.calls.last.request.headers.get_list("x-api-key") == [API_KEY]


def test_the_api_key_and_the_base_url_may_come_from_the_environment(
    twin: Twin, platform: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "from-the-environment")
    monkeypatch.setenv("TWELVELABS_BASE_URL", BASE_URL)
    route = platform.get(f"/tasks/{TASK_ID}", headers={"x-api-key": "from-the-environment"}).respond(json=task())
    twin(retrieve, api_key=None, base_url=None)
    assert route.called


def test_arguments_win_over_the_environment(
    twin: Twin, platform: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "from-the-environment")
    monkeypatch.setenv("TWELVELABS_BASE_URL", "https://elsewhere.test")
    route = platform.get(f"/tasks/{TASK_ID}", headers={"x-api-key": API_KEY}).respond(json=task())
    twin(retrieve)
    assert route.called


def test_without_a_base_url_the_platform_itself_is_asked(twin: Twin) -> None:
    with respx.mock() as router:
        route = router.get(f"https://api.twelvelabs.io/v1.3/tasks/{TASK_ID}").respond(json=task())
        twin(retrieve, base_url=None)
    assert route.called


def test_a_slash_at_the_end_of_the_base_url_does_not_matter(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve, base_url=BASE_URL + "/")
    assert route.called


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_without_an_api_key_is_refused(client: Any) -> None:
    with pytest.raises(ValueError, match="TWELVE_LABS_API_KEY"):
        client()


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("key", ["secret\r\nx-evil: 1", "secrét", " secret", "secret\n", "secret\x00"])
def test_an_api_key_that_no_header_can_carry_is_refused_without_being_shown(client: Any, key: str) -> None:
    with pytest.raises(ValueError, match="API key") as caught:
        client(api_key=key)
    assert "secr" not in str(caught.value)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    "url",
    ["api.twelvelabs.io", "ftp://platform.test", "https://", "http://[::1", "https://platform.test:port", "https:///x"],
)
def test_an_invalid_base_url_is_refused(client: Any, url: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        client(api_key=API_KEY, base_url=url)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("url", ["https://platform.test/v1.3?x=1", "https://platform.test/v1.3#x"])
def test_a_base_url_to_which_no_path_can_be_added_is_refused(client: Any, url: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        client(api_key=API_KEY, base_url=url)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_negative_number_of_retries_is_refused(client: Any) -> None:
    with pytest.raises(ValueError, match="max_retries"):
        client(api_key=API_KEY, max_retries=-1)


def test_headers_of_the_client_go_with_every_request(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve, headers={"x-team": "video"})
    assert route.calls.last.request.headers["x-team"] == "video"


@pytest.mark.parametrize("name", ["User-Agent", "user-agent", "USER-AGENT"])
def test_a_header_of_the_client_replaces_the_librarys_own_however_it_is_spelled(
    twin: Twin, platform: respx.MockRouter, name: str
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve, headers={name: "mine/1.0"})
    assert route.calls.last.request.headers.get_list("user-agent") == ["mine/1.0"]


def test_the_user_agent_names_the_library_and_its_version(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve)
    agent = route.calls.last.request.headers["user-agent"]
    assert agent.startswith(f"twelvelabs-tasks/{twelvelabs_tasks.__version__} httpx/{httpx.__version__} python/3.")


def test_cookies_are_not_kept(twin: Twin, platform: respx.MockRouter) -> None:
    async def retrieve_twice(client: AsyncTwelveLabs) -> None:
        await client.tasks.retrieve(TASK_ID)
        await client.tasks.retrieve(TASK_ID)

    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task(), headers={"Set-Cookie": "session=1; Path=/"})
    twin(retrieve_twice if twin.is_async else lambda client: (retrieve(client), retrieve(client)))
    assert route.call_count == 2
    assert "cookie" not in route.calls.last.request.headers


def timeout_of(request: httpx.Request) -> Any:
    return request.extensions["timeout"]


def test_timeouts_are_finite_unless_asked_otherwise(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve)
    assert timeout_of(route.calls.last.request) == {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 60.0}


@pytest.mark.parametrize("timeout", [7.5, httpx.Timeout(7.5)])
def test_the_timeout_of_a_client_holds_for_its_requests(
    twin: Twin, platform: respx.MockRouter, timeout: float | httpx.Timeout
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(retrieve, timeout=timeout)
    assert set(timeout_of(route.calls.last.request).values()) == {7.5}


def httpx_client(twin: Twin, **options: Any) -> Any:
    return httpx.AsyncClient(**options) if twin.is_async else httpx.Client(**options)


def test_requests_go_through_the_httpx_client_that_was_given(twin: Twin) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=task(status="queued")))
    supplied = httpx_client(twin, transport=transport, timeout=3)
    assert twin(retrieve, httpx_client=supplied).status == "queued"


def test_the_timeout_of_the_httpx_client_that_was_given_stays(twin: Twin) -> None:
    seen: list[Any] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(timeout_of(request))
        return httpx.Response(200, json=task())

    twin(retrieve, httpx_client=httpx_client(twin, transport=httpx.MockTransport(respond), timeout=3))
    assert set(seen[0].values()) == {3}


def test_the_httpx_client_that_was_given_is_not_closed(twin: Twin) -> None:
    supplied = httpx_client(twin, transport=httpx.MockTransport(lambda _: httpx.Response(200, json=task())))
    twin(retrieve, httpx_client=supplied)
    assert not supplied.is_closed
    twin(retrieve, httpx_client=supplied)  # so that its connections can still be used


def test_retries_hold_for_the_httpx_client_that_was_given(twin: Twin, clock: object) -> None:
    responses = iter([httpx.Response(503), httpx.Response(200, json=task())])
    supplied = httpx_client(twin, transport=httpx.MockTransport(lambda _: next(responses)))
    assert twin(retrieve, httpx_client=supplied).id == TASK_ID


def test_a_closed_httpx_client_is_reported_as_closed(twin: Twin) -> None:
    supplied = httpx_client(twin)
    if twin.is_async:
        twin(lambda _: supplied.aclose())
    else:
        supplied.close()
    with pytest.raises(errors.TwelveLabsError, match="closed"):
        twin(retrieve, httpx_client=supplied)


def test_a_client_that_has_been_closed_says_so(platform: respx.MockRouter) -> None:
    client = TwelveLabs(api_key=API_KEY, base_url=BASE_URL)
    client.close()
    with pytest.raises(errors.TwelveLabsError, match="closed"):
        client.tasks.retrieve(TASK_ID)
    assert not platform.calls


def test_an_async_client_that_has_been_closed_says_so(platform: respx.MockRouter) -> None:
    async def use_after_closing(client: AsyncTwelveLabs) -> None:
        await client.aclose()
        await client.tasks.retrieve(TASK_ID)

    with pytest.raises(errors.TwelveLabsError, match="closed"):
        Twin("asyncio")(use_after_closing)
    assert not platform.calls


@pytest.mark.parametrize("client", CLIENTS)
def test_the_text_of_a_client_tells_where_it_points_and_hides_the_key(client: Any) -> None:
    text = repr(client(api_key=API_KEY, base_url=BASE_URL))
    assert BASE_URL in text
    assert API_KEY not in text
