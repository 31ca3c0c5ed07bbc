"""Redirects, over real sockets: followed within the origin by requests that change nothing, and never with the key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors


@dataclass
class Server:
    """A server on this machine.

    Attributes:
        url: Where it is.
        answers: Its redirects, the target by path; every other path answers with a task.
        status: The status of its redirects.
        seen: What it was asked for: method, path and API key.
    """

    url: str
    answers: dict[str, str] = field(default_factory=dict)
    status: int = 302
    seen: list[tuple[str, str, str | None]] = field(default_factory=list)


@contextmanager
def serve() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.seen.append((self.command, self.path, self.headers.get("x-api-key")))
            target = server.answers.get(self.path)
            body = b"" if target else json.dumps(task()).encode()
            self.send_response(server.status if target else 200)
            self.send_header("Content-Length", str(len(body)))
            if target:
                self.send_header("Location", target)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - the names the base class looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{listener.server_port}")
    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


@pytest.fixture
def here() -> Iterator[Server]:
    """The platform."""
    with serve() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """A server of another origin."""
    with serve() as server:
        yield server


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def create(client: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=VIDEO)


def delete(client: Any) -> Any:
    return client.tasks.delete(TASK_ID)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_request_that_changes_nothing_follows_a_redirect_within_the_origin(
    twin: Twin, here: Server, status: int
) -> None:
    here.status = status
    here.answers = {f"/tasks/{TASK_ID}": "/moved", "/moved": here.url + "/again"}
    assert twin(retrieve, base_url=here.url).id == TASK_ID
    assert here.seen == [("GET", path, API_KEY) for path in (f"/tasks/{TASK_ID}", "/moved", "/again")]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("use", [retrieve, create, delete])
def test_the_key_is_never_sent_to_another_origin(
    twin: Twin, here: Server, elsewhere: Server, use: Callable[[Any], Any], status: int
) -> None:
    here.status = status
    here.answers = dict.fromkeys(("/tasks", f"/tasks/{TASK_ID}"), elsewhere.url + "/tasks")
    with pytest.raises(errors.ResponseError, match=r"redirects to 127\.0\.0\.1/tasks") as caught:
        twin(use, base_url=here.url, max_retries=0)
    assert elsewhere.seen == []
    assert caught.value.response is not None
    assert caught.value.response.status_code == status


@pytest.mark.parametrize("use", [create, delete])
def test_a_request_that_changes_something_follows_no_redirect(
    twin: Twin, here: Server, use: Callable[[Any], Any]
) -> None:
    here.answers = dict.fromkeys(("/tasks", f"/tasks/{TASK_ID}"), "/moved")
    with pytest.raises(errors.ResponseError, match="redirects to itself/moved"):
        twin(use, base_url=here.url)
    assert len(here.seen) == 1


def test_a_client_told_not_to_follow_redirects_follows_none(twin: Twin, here: Server) -> None:
    here.answers = {f"/tasks/{TASK_ID}": "/moved"}
    with pytest.raises(errors.ResponseError):
        twin(retrieve, base_url=here.url, follow_redirects=False)
    assert len(here.seen) == 1


def test_a_circle_of_redirects_is_left(twin: Twin, here: Server) -> None:
    here.answers = {f"/tasks/{TASK_ID}": f"/tasks/{TASK_ID}"}
    with pytest.raises(errors.ResponseError):
        twin(retrieve, base_url=here.url)
    assert len(here.seen) == 11


@pytest.mark.parametrize("location", ["http://[", "http://127.0.0.1:port/", "\x7f://", "//"])
@pytest.mark.parametrize("status", [300, 302, 304])
def test_a_redirect_to_nowhere_is_an_error_of_this_library(
    twin: Twin, here: Server, location: str, status: int
) -> None:
    here.status = status
    here.answers = {f"/tasks/{TASK_ID}": location}
    with pytest.raises(errors.TwelveLabsError):
        twin(retrieve, base_url=here.url, max_retries=0)
