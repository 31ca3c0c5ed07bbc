"""All that can be printed of the library is searched for the API key: what it says, raises, returns, logs, warns of."""

from __future__ import annotations

import copy
import pickle
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contract_tests.support.fault_server import Peer
from contract_tests.support.fault_server import serve as serve_fault
from contract_tests.support.http_server import Response, and_leave, raw_response, serve
from contract_tests.support.key_search import USES, assert_hidden, failure
from contract_tests.support.key_search import said as said
from contract_tests.support.methods import PLAIN, Method
from contract_tests.support.samples import INDEX_ID, TASK_ID, problem
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors
from twelvelabs_tasks.core import AsyncPager, RawResponse, SyncPager
from twelvelabs_tasks.core._calls import Call
from twelvelabs_tasks.core._pages import PageCall
from twelvelabs_tasks_api.api.tasks.list_tasks import list_tasks
from twelvelabs_tasks_api.api.tasks.retrieve_task import retrieve_task

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

SECRET_HEADERS = {"x-api-key": API_KEY, "Authorization": API_KEY}


@pytest.fixture
def all_logs(said: pytest.LogCaptureFixture) -> Iterator[None]:
    """Search what everybody else logs as well: httpx, httpcore, the event loops."""
    yield
    records = said.get_records("call")
    assert {"httpcore.connection", "httpcore.http11"} <= {record.name for record in records}
    assert [record.getMessage() for record in records if API_KEY in record.getMessage()] == []


@pytest.mark.usefixtures("all_logs")
@pytest.mark.parametrize("is_raw", [False, True], ids=["plain", "raw"])
@pytest.mark.parametrize("method", PLAIN, ids=str)
def test_what_a_call_returns_and_logs_does_not_show_the_key(twin: Twin, method: Method, is_raw: bool) -> None:
    with serve(lambda arrival: [raw_response(method.body, method.status)]) as server:
        result = twin(lambda client: method.call(client, raw=is_raw), base_url=server.url)
    assert API_KEY in str(server.arrivals[0].headers)
    if isinstance(result, RawResponse) and not isinstance(result.data, (SyncPager, AsyncPager)):  # these fetch
        assert API_KEY.encode() not in pickle.dumps(result)
    assert_hidden(result)


@pytest.mark.parametrize("make", [TwelveLabs, AsyncTwelveLabs])
def test_no_part_of_a_client_shows_the_key(make: Any) -> None:
    client = make(api_key=API_KEY, base_url=BASE_URL, headers=SECRET_HEADERS)
    tasks, videos = client.tasks, client.indexes.videos
    for part in (
        client, tasks, tasks.with_raw_response, tasks.transfers, tasks.transfers.with_raw_response, client.indexes,
        videos, videos.with_raw_response, tasks.retrieve, tasks.with_raw_response.retrieve,
        client._transport, client._transport.settings, client._transport.client,
    ):  # fmt: skip
        assert API_KEY not in repr(part) + str(part) + repr(copy.copy(part))


def test_no_call_shows_what_secrets_are_in_its_options() -> None:
    assert API_KEY not in repr(Call(retrieve_task(TASK_ID), {"additional_headers": SECRET_HEADERS}))
    assert API_KEY not in repr(PageCall.first(list_tasks(), {"additional_headers": SECRET_HEADERS}))


ENDINGS: dict[str, bytes] = {
    **{str(status): raw_response(problem(), status) for status in [*errors.BY_STATUS, 418, 500, 520]},
    "a video": raw_response(problem("video_file_broken"), 400),
    "not JSON": raw_response(b"<html>"),
    "another form": raw_response([]),
    "an undocumented status": raw_response(b"", 202),
    "a redirect": raw_response(b"", 307, location="https://elsewhere.test/tasks"),
    "a redirect to nowhere": raw_response(b"", 307, location="http://["),
    "another coding": raw_response(b"text", content_encoding="br"),
    "too long": raw_response(b" " * 2000),
    "no HTTP": b"garbage\r\n\r\n",
    "a response that breaks off": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    "nothing": b"",
}


@pytest.mark.slow
@pytest.mark.usefixtures("all_logs")
@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_error_shows_the_key(twin: Twin, name: str, ending: str) -> None:
    with serve(lambda arrival: and_leave(arrival, ENDINGS[ending])) as server:
        error = failure(twin, USES[name], base_url=server.url, max_response_bytes=1000)
    responded = {"no HTTP", "nothing", "a response that breaks off"}.isdisjoint({ending})
    assert (getattr(error, "response", None) is not None) == responded


@pytest.mark.slow
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_no_timeout_shows_the_key(twin: Twin, use: Callable[[Any], Any]) -> None:
    over = threading.Event()

    def stall(_: object) -> Iterator[bytes]:
        over.wait(10)
        yield b""

    with serve(stall) as server:
        failure(twin, use, base_url=server.url, timeout=0.05)
        over.set()


def test_no_timeout_of_an_upload_that_is_not_read_shows_the_key(twin: Twin) -> None:
    def stall(peer: Peer) -> None:
        peer.read_head()
        peer.stall()

    with serve_fault(stall, Response()) as server:
        error = failure(
            twin,
            lambda client: client.tasks.create(index_id=INDEX_ID, video_file=bytes(8 * 2**20)),
            base_url=server.url,
            timeout=0.2,
        )
    assert isinstance(error, errors.ApiTimeoutError)


@pytest.mark.slow
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_no_refused_connection_shows_the_key(twin: Twin, use: Callable[[Any], Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        url = f"http://127.0.0.1:{closed_soon.getsockname()[1]}"
    assert isinstance(failure(twin, use, base_url=url), errors.ApiConnectionError)


@pytest.mark.parametrize(
    "use",
    [
        lambda client: client.tasks.retrieve(""),
        lambda client: client.tasks.create(index_id=INDEX_ID),
        lambda client: client.tasks.create(index_id=INDEX_ID, video_file=5),
        lambda client: client.tasks.retrieve(TASK_ID, request_options={"additional_headers": {"x-a": API_KEY + "\n"}}),
        lambda client: client.tasks.retrieve(TASK_ID, request_options={"additional_headers": {"x-a": API_KEY + " "}}),
        lambda client: client.tasks.wait_for_done(TASK_ID, sleep_interval=-1),
        lambda client: client.tasks.retrieve(TASK_ID, request_options={"additional_header": {"x-a": API_KEY}}),
    ],
)  # fmt: skip
def test_no_complaint_about_arguments_shows_the_key(twin: Twin, use: Callable[[Any], Any]) -> None:
    assert isinstance(failure(twin, use), (ValueError, TypeError))


@pytest.mark.parametrize(
    "url", [f"https://me:{API_KEY}@platform.test", f"https://me:{API_KEY}@:port", f"me:{API_KEY}@x", f"?key={API_KEY}"]
)
@pytest.mark.parametrize("make", [TwelveLabs, AsyncTwelveLabs])
def test_no_complaint_about_a_base_url_shows_the_password_in_it(make: Any, url: str) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        make(api_key=API_KEY, base_url=url)
    assert_hidden(caught.value)


def test_an_unencrypted_base_url_is_warned_of_without_the_key(said: object) -> None:
    with pytest.warns(UserWarning, match="unencrypted") as warned:
        TwelveLabs(api_key=API_KEY, base_url="http://platform.test")
    assert API_KEY not in str(warned[0].message)
