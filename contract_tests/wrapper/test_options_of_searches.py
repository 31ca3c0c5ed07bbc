"""The search for a lost task is part of the call: it uses the call's request options."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks.core import RequestOptions

OTHER_KEY = "tlk_FEDCBA9876543210"
"""Another key than that of the client, and so another account with other tasks."""


@pytest.fixture
def server() -> FakePlatform:
    """A platform that loses its response to the first upload."""
    return FakePlatform(fates={"a.mp4": [Fate.LOST]})


def lists(server: FakePlatform) -> list[httpx.Request]:
    """Return the requests that asked for lists; fail if there are none."""
    found = [request for request in server.requests if request.method == "GET"]
    assert found
    return found


def reconcile(twin: Twin, server: FakePlatform, options: RequestOptions, **client_options: Any) -> Any:
    """Return what a `create` returns whose response is lost."""
    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    return twin(
        lambda client: client.tasks.create(
            index_id=INDEX_ID, video_file=("a.mp4", VIDEO), on_unknown="reconcile", request_options=options
        ),
        httpx_client=kind(transport=httpx.MockTransport(server.respond)),
        **client_options,
    )


def bulk_created(twin: Twin, server: FakePlatform, options: RequestOptions, **client_options: Any) -> Any:
    """Return the result of a bulk creation whose response is lost."""
    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    (result,) = twin(
        lambda client: client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=[("a.mp4", VIDEO)], settling_seconds=0.05, request_options=options
        ),
        httpx_client=kind(transport=httpx.MockTransport(server.respond)),
        **client_options,
    )
    return result.task


CREATIONS = pytest.mark.parametrize("create", [reconcile, bulk_created])


@CREATIONS
def test_a_lost_task_is_searched_for_with_the_headers_of_the_call(
    twin: Twin, server: FakePlatform, create: Any
) -> None:
    headers = {"X-API-Key": OTHER_KEY, "x-trace": "42"}
    assert create(twin, server, {"additional_headers": headers}).id == server.tasks[0]["_id"]
    for request in server.requests:
        assert request.headers.get_list("x-api-key") == [OTHER_KEY]
        assert request.headers["x-trace"] == "42"


@CREATIONS
def test_a_lost_task_is_searched_for_with_the_timeout_of_the_call(
    twin: Twin, server: FakePlatform, create: Any
) -> None:
    assert create(twin, server, {"timeout_in_seconds": 7}, timeout=99).id == server.tasks[0]["_id"]
    for request in lists(server):
        assert set(request.extensions["timeout"].values()) == {7}


@CREATIONS
def test_without_options_a_lost_task_is_searched_for_as_the_client_says(
    twin: Twin, server: FakePlatform, create: Any
) -> None:
    assert create(twin, server, {}, timeout=99).id == server.tasks[0]["_id"]
    for request in lists(server):
        assert request.headers["x-api-key"] == API_KEY
        assert set(request.extensions["timeout"].values()) == {99}


@CREATIONS
def test_what_is_added_to_the_form_is_not_added_to_the_search(twin: Twin, server: FakePlatform, create: Any) -> None:
    options: RequestOptions = {"additional_body_parameters": {"priority": "3"}}
    assert create(twin, server, options).id == server.tasks[0]["_id"]
    for request in lists(server):
        assert request.content == b""
        assert "priority" not in request.url.params
