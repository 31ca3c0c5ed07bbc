"""Redirects, over real sockets: followed within the origin by requests that change nothing, and never with the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contract_tests.support.http_server import Arrival, HttpServer, raw_response
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, task
from contract_tests.support.socket_server import run_server
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors


class Redirecting(HttpServer):
    """A server on this machine.

    Attributes:
        targets: Where its redirects lead to, by path; every other path responds with a task.
        status: The status of its redirects.
    """

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.status = 302
        super().__init__(self._respond)

    @property
    def seen(self) -> list[tuple[str, str, str | None]]:
        """What it was asked for: method, path and API key."""
        return [(each.method, each.target, dict(each.headers).get("x-api-key")) for each in self.arrivals]

    def _respond(self, arrival: Arrival) -> Iterator[bytes]:
        arrival.body  # noqa: B018 - read before the response, as most servers do
        target = self.targets.get(arrival.target)
        yield raw_response(task()) if target is None else raw_response(b"", self.status, location=target)


@pytest.fixture
def here() -> Iterator[Redirecting]:
    """The platform."""
    with run_server(Redirecting()) as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Redirecting]:
    """A server of another origin."""
    with run_server(Redirecting()) as server:
        yield server


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def create(client: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=VIDEO)


def delete(client: Any) -> Any:
    return client.tasks.delete(TASK_ID)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_request_that_changes_nothing_follows_a_redirect_within_the_origin(
    twin: Twin, here: Redirecting, status: int
) -> None:
    here.status = status
    here.targets = {f"/tasks/{TASK_ID}": "/moved", "/moved": here.url + "/again"}
    assert twin(retrieve, base_url=here.url).id == TASK_ID
    assert here.seen == [("GET", path, API_KEY) for path in (f"/tasks/{TASK_ID}", "/moved", "/again")]


@pytest.mark.slow
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("use", [retrieve, create, delete])
def test_the_key_is_never_sent_to_another_origin(
    twin: Twin, here: Redirecting, elsewhere: Redirecting, use: Callable[[Any], Any], status: int
) -> None:
    here.status = status
    here.targets = dict.fromkeys(("/tasks", f"/tasks/{TASK_ID}"), elsewhere.url + "/tasks")
    with pytest.raises(errors.ResponseError, match=r"redirects to 127\.0\.0\.1/tasks") as caught:
        twin(use, base_url=here.url, max_retries=0)
    assert elsewhere.seen == []
    assert caught.value.response is not None
    assert caught.value.response.status_code == status


@pytest.mark.parametrize("use", [create, delete])
def test_a_request_that_changes_something_follows_no_redirect(
    twin: Twin, here: Redirecting, use: Callable[[Any], Any]
) -> None:
    here.targets = dict.fromkeys(("/tasks", f"/tasks/{TASK_ID}"), "/moved")
    with pytest.raises(errors.ResponseError, match="redirects to itself/moved"):
        twin(use, base_url=here.url)
    assert len(here.seen) == 1


def test_a_client_told_not_to_follow_redirects_follows_none(twin: Twin, here: Redirecting) -> None:
    here.targets = {f"/tasks/{TASK_ID}": "/moved"}
    with pytest.raises(errors.ResponseError):
        twin(retrieve, base_url=here.url, follow_redirects=False)
    assert len(here.seen) == 1


def test_a_circle_of_redirects_is_left(twin: Twin, here: Redirecting) -> None:
    here.targets = {f"/tasks/{TASK_ID}": f"/tasks/{TASK_ID}"}
    with pytest.raises(errors.ResponseError):
        twin(retrieve, base_url=here.url)
    assert len(here.seen) == 11


@pytest.mark.parametrize("location", ["http://[", "http://127.0.0.1:port/", "\x7f://", "//"])
@pytest.mark.parametrize("status", [300, 302, 304])
def test_a_redirect_to_nowhere_is_an_error_of_this_library(
    twin: Twin, here: Redirecting, location: str, status: int
) -> None:
    here.status = status
    here.targets = {f"/tasks/{TASK_ID}": location}
    with pytest.raises(errors.TwelveLabsError):
        twin(retrieve, base_url=here.url, max_retries=0)
