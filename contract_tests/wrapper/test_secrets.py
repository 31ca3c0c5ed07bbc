"""All that can be printed of the library is searched for the API key: what it says, raises, returns, logs, warns of."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import socket
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from contract_tests.support.http_server import Arrival, and_leave, raw_response, serving
from contract_tests.support.methods import PLAIN, Method
from contract_tests.support.samples import (
    INDEX_ID,
    TASK_ID,
    problem,
)
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors
from twelvelabs_tasks.core import AsyncPager, RawResponse, SyncPager
from twelvelabs_tasks.core._calls import Call
from twelvelabs_tasks.core._pages import PageCall
from twelvelabs_tasks.core._redaction import HIDDEN, LONGEST_SPELLED, Secret
from twelvelabs_tasks_api.api.tasks.list_tasks import list_tasks
from twelvelabs_tasks_api.api.tasks.retrieve_task import retrieve_task

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

SECRET_HEADERS = {"x-api-key": API_KEY, "Authorization": API_KEY}


def printed(thing: Any, depth: int = 4) -> Iterator[str]:
    """Yield whatever is printed of a thing, of its copies and of what its public attributes hold."""
    yield from (repr(thing), str(thing))
    if isinstance(thing, BaseException):
        yield "".join(traceback.format_exception(thing))
        yield from printed(thing.__cause__)
        yield from printed(thing.__context__)
        yield str([getattr(thing, name, "") for name in ("doc", "object")])  # what exceptions of parsers keep
    for duplicate in (copy.copy, copy.deepcopy):
        with suppress(TypeError, NotImplementedError):  # not everything can be copied
            yield repr(duplicate(thing))
    if depth and type(thing).__module__.startswith(("twelvelabs_tasks", "httpx")):
        for name in (name for name in dir(thing) if not name.startswith("_")):
            with suppress(RuntimeError, AttributeError):  # httpx has attributes that are there at times
                yield from printed(getattr(thing, name), depth - 1)


def assert_hidden(thing: Any) -> None:
    """Fail if the API key is in anything that is printed of a thing."""
    found = [text for text in printed(thing) if API_KEY in text]
    assert found == []


@pytest.fixture(autouse=True)
def said(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.LogCaptureFixture]:
    """Search what the library logs, prints and warns of during every test of this module."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        yield caplog
    own = [record for record in caplog.get_records("call") if record.name == "twelvelabs_tasks"]
    assert [record for record in own if API_KEY in record.getMessage() + repr(vars(record))] == []
    assert [warning for warning in warned if API_KEY in str(warning.message)] == []
    assert capsys.readouterr() == ("", "")


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
    with serving(lambda arrival: [raw_response(method.body, method.status)]) as server:
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


def failure(twin: Twin, use: Callable[[Any], Any], **options: Any) -> BaseException:
    """Return what a call raises, after a search of it, and of what is left of it in another process."""
    with pytest.raises((errors.TwelveLabsError, ValueError, TypeError)) as caught:
        twin(use, max_retries=0, **options)
    pickled = pickle.dumps(caught.value)
    assert API_KEY.encode() not in pickled
    assert_hidden(pickle.loads(pickled))
    assert_hidden(caught.value)
    return caught.value


USES = {str(method): method.call for method in PLAIN}
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
    "an answer that breaks off": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    "nothing": b"",
}


@pytest.mark.slow
@pytest.mark.usefixtures("all_logs")
@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_error_shows_the_key(twin: Twin, name: str, ending: str) -> None:
    with serving(lambda arrival: and_leave(arrival, ENDINGS[ending])) as server:
        error = failure(twin, USES[name], base_url=server.url, max_response_bytes=1000)
    answered = {"no HTTP", "nothing", "an answer that breaks off"}.isdisjoint({ending})
    assert (getattr(error, "response", None) is not None) == answered


@pytest.mark.slow
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_no_timeout_shows_the_key(twin: Twin, use: Callable[[Any], Any]) -> None:
    over = threading.Event()

    def stall(_: object) -> Iterator[bytes]:
        over.wait(10)
        yield b""

    with serving(stall) as server:
        failure(twin, use, base_url=server.url, timeout=0.05)
        over.set()


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


ESCAPED = "".join(f"\\u{ord(character):04x}" for character in API_KEY).encode()


def escaped(body: Any) -> bytes:
    """Return JSON with the API key, in escapes, in place of every null character."""
    return json.dumps(body).encode().replace(b"\\u0000", ESCAPED)


ECHOES: dict[str, bytes] = {
    "the message": raw_response(problem(message=f"The key {API_KEY} is invalid."), 401),
    "the code": raw_response(problem(code=API_KEY), 400),
    "the address of the documentation": raw_response(problem(docs_url=f"https://docs.test/{API_KEY}"), 400),
    "the body": raw_response(problem(headers={"x-api-key": [API_KEY]}), 500),
    "a page": raw_response(f"<pre>x-api-key: {API_KEY}</pre>".encode(), 502),
    "a header": raw_response(problem(), 400, x_echo=API_KEY, content_encoding="identity"),
    "a header of an answer that makes no sense": raw_response(b"<html>", 200, x_echo=API_KEY),
    "the target of a redirect": raw_response(b"", 307, location=f"https://elsewhere.test/{API_KEY}?key={API_KEY}"),
    "the reason": raw_response(b"", 500).replace(b"Internal", API_KEY.encode()),
    "the coding": raw_response(b"text", content_encoding=API_KEY),
    "the name of a header": raw_response(problem(), 400).replace(
        b"content-length", f"{API_KEY}: 1\r\ncontent-length".encode()
    ),
    "JSON that is cut": raw_response(f'{{"_id": "{API_KEY}'.encode(), 200),
    "JSON that is not UTF-8": raw_response(f'{{"_id": "{API_KEY}\xff"}}'.encode("latin-1"), 200),
    "a value that is longer than what is shown of it": raw_response(
        {name: ["x" * 85 + API_KEY] for method in PLAIN for name in method.body or ()}
    ),
    "beside a header that is not ASCII": raw_response(problem(message=API_KEY), 401, x_n="\xe9", x_echo=API_KEY),
    "escapes of JSON": raw_response(escaped(problem(message="\0", code="\0", more=[{"\0": "\0"}])), 401),
    "escapes of JSON in a page": raw_response(b"<pre>" + ESCAPED, 500),
    "escapes of a URL": raw_response(
        b"", 307, location="https://elsewhere.test/" + ESCAPED.decode().replace("\\u00", "%")
    ),
    "another case": raw_response(b"", 307, location=f"https://{API_KEY.replace('_', '-')}.test/{API_KEY.upper()}"),
    "JSON in UTF-16": raw_response(json.dumps(problem(message=API_KEY)).encode("utf-16"), 401),
    "a page in UTF-16": raw_response(API_KEY.encode("utf-16"), 401, content_type="text/plain; charset=utf-16"),
    "what is not what the contract says": raw_response(
        {name: [API_KEY] if name == "_id" else API_KEY for method in PLAIN for name in method.body or ()}
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("method", PLAIN, ids=str)
@pytest.mark.parametrize("echo", ECHOES)
def test_no_error_shows_the_key_where_the_platform_repeats_it(twin: Twin, method: Method, echo: str) -> None:
    # A deletion reads nothing of a success, so it gets a refusal.
    sent = ECHOES[echo].replace(b" 200 OK", b" 404 Not Found") if method.body is None else ECHOES[echo]
    with serving(lambda arrival: [sent]) as server:
        error: Any = failure(twin, method.call, base_url=server.url)
    assert error.response.status_code == int(sent.split()[1])


BROKEN: dict[str, bytes] = {
    "the status line": f"HTTP/1.1 2x0 {API_KEY}\r\n\r\n".encode(),
    "a header line": f"HTTP/1.1 200 OK\r\nx\x00{API_KEY}: 1\r\n\r\n".encode(),
    "the target of a redirect": raw_response(b"", 302, location=f"http://[::1:{API_KEY}/"),
}


@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_no_connection_error_shows_the_key_where_the_server_repeats_it(twin: Twin, name: str, broken: bytes) -> None:
    with serving(lambda arrival: [broken]) as server:
        error = failure(twin, USES[name], base_url=server.url)
    assert isinstance(error, errors.CreateOutcomeUnknown if "create" in name else errors.ApiConnectionError)
    assert "[hidden]" in str(error)


@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
def test_a_header_that_is_not_ascii_changes_no_error(twin: Twin, name: str) -> None:
    reply = raw_response(problem(message=f"No {API_KEY}"), 401, x_n="é", x_echo=API_KEY)
    with serving(lambda arrival: [reply]) as server:
        error: Any = failure(twin, USES[name], base_url=server.url)
    assert isinstance(error, errors.UnauthorizedError)
    assert (error.message, error.headers["x-n"], error.headers["x-echo"]) == ("No [hidden]", "é", "[hidden]")


def test_no_error_of_a_hook_shows_the_key_where_the_platform_repeats_it(twin: Twin) -> None:
    def refuse(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    async def refuse_async(response: httpx.Response) -> None:
        await response.aread()
        response.raise_for_status()

    reply = httpx.Response(401, json=problem(message=API_KEY), headers={"x-echo": API_KEY})
    kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    hooks = {"response": [refuse_async if twin.is_async else refuse]}
    client = kind(event_hooks=hooks, transport=httpx.MockTransport(lambda request: reply))
    error: Any = failure(twin, USES["tasks.retrieve"], httpx_client=client)
    assert API_KEY not in error.__cause__.response.text
    assert isinstance(error, errors.UnauthorizedError)


def test_a_redirect_that_is_followed_leads_to_no_url_with_the_key(twin: Twin) -> None:
    def play(arrival: Arrival) -> list[bytes]:
        is_first = API_KEY not in arrival.target
        return [raw_response(b"", 307, location=f"/{API_KEY}") if is_first else raw_response(problem(), 404)]

    with serving(play) as server:
        error: Any = failure(twin, USES["tasks.retrieve"], base_url=server.url)
    assert isinstance(error, errors.NotFoundError)
    assert error.request is not None
    assert "hidden" in str(error.request.url)


QUOTED = 'tlk_"qwzk\\jvxq/ab%cd'


@pytest.mark.parametrize("reply", [
    lambda: raw_response(problem(message=QUOTED, docs_url=QUOTED), 401),
    lambda: raw_response(json.dumps(problem(message=json.dumps({"key": QUOTED}))).encode(), 401),
    lambda: raw_response(json.dumps(problem(message=QUOTED)).replace("/", "\\/").encode(), 401),
    lambda: b"HTTP/1.1 2x0 " + QUOTED.encode() + b"\r\n\r\n",
], ids=["JSON", "JSON in JSON", "an escaped slash", "the status line"])  # fmt: skip
def test_a_key_that_is_escaped_wherever_it_is_repeated_is_not_shown(twin: Twin, reply: Callable[[], bytes]) -> None:
    with serving(lambda arrival: [reply()]) as server, pytest.raises(errors.TwelveLabsError) as caught:
        twin(USES["tasks.retrieve"], base_url=server.url, api_key=QUOTED, max_retries=0)
    error: Any = caught.value
    texts = [*printed(error), str(vars(error)), error.response.text if getattr(error, "response", None) else ""]
    assert [text for text in texts if "qwzk" in text or "jvxq" in text] == []


def test_a_key_of_great_length_is_not_shown(twin: Twin) -> None:
    api_key = "0123456789abcdef" * 1000
    reply = raw_response(problem(message=f"It is {api_key} no"), 401)
    with serving(lambda arrival: [reply]) as server, pytest.raises(errors.UnauthorizedError) as caught:
        twin(USES["tasks.retrieve"], base_url=server.url, api_key=api_key, max_retries=0)
    assert caught.value.message == "It is [hidden] no"


def test_an_answer_that_repeats_the_key_says_all_else(twin: Twin) -> None:
    body = problem(message=f"{API_KEY} é", docs_url="https://docs.test")
    with serving(lambda arrival: [raw_response(json.dumps(body, ensure_ascii=False).encode(), 401, x_a="1")]) as server:
        error: Any = failure(twin, USES["tasks.retrieve"], base_url=server.url)
    assert error.body == {**body, "message": "[hidden] é"} == error.response.json()
    assert (error.message, error.docs_url, error.headers["x-a"]) == ("[hidden] é", "https://docs.test", "1")
    assert str(error) == "[hidden] é (parameter_invalid, 401)"


@pytest.mark.parametrize(("beyond", "rest"), [(0, "next"), (1, "")])
def test_what_follows_a_key_is_hidden_only_if_the_key_is_too_long_to_be_spelled(beyond: int, rest: str) -> None:
    key = "k" * (LONGEST_SPELLED + beyond)
    assert Secret(key).out_of(f"before {key}next") == f"before {HIDDEN}{rest}"
