"""No error shows the API key where the platform repeats it, however it is spelled."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.key_search import USES, collect_printed, failure
from contract_tests.support.key_search import said as said
from contract_tests.support.methods import PLAIN, Method
from contract_tests.support.samples import problem
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.core._redaction import HIDDEN, LONGEST_SPELLED, Secret

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

ESCAPED = "".join(f"\\u{ord(character):04x}" for character in API_KEY).encode()


def escape(body: Any) -> bytes:
    """Return JSON with the API key, in escapes, in place of every null character."""
    return json.dumps(body).encode().replace(b"\\u0000", ESCAPED)


ECHOES: dict[str, bytes] = {
    "the message": raw_response(problem(message=f"The key {API_KEY} is invalid."), 401),
    "the code": raw_response(problem(code=API_KEY), 400),
    "the address of the documentation": raw_response(problem(docs_url=f"https://docs.test/{API_KEY}"), 400),
    "the body": raw_response(problem(headers={"x-api-key": [API_KEY]}), 500),
    "a page": raw_response(f"<pre>x-api-key: {API_KEY}</pre>".encode(), 502),
    "a header": raw_response(problem(), 400, x_echo=API_KEY, content_encoding="identity"),
    "a header of a response that makes no sense": raw_response(b"<html>", 200, x_echo=API_KEY),
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
    "escapes of JSON": raw_response(escape(problem(message="\0", code="\0", more=[{"\0": "\0"}])), 401),
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
    with serve(lambda arrival: [sent]) as server:
        error: Any = failure(twin, method.call, base_url=server.url)
    assert error.response.status_code == int(sent.split()[1])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (API_KEY, "[hidden]"),
        (API_KEY.upper(), "[hidden]"),
        (f"The key {API_KEY} is wrong.", "The key [hidden] is wrong."),
        (f"The key {API_KEY[:-4]}", "The key [hidden]"),  # cut where a name may not be longer
    ],
)
def test_no_error_shows_the_key_where_it_names_a_property(twin: Twin, name: str, shown: str) -> None:
    body = {**problem(), name: 2, "details": {name: {name: 1}}}
    with serve(lambda arrival: [raw_response(body, 400)]) as server:
        error: Any = failure(twin, USES["tasks.retrieve"], base_url=server.url)
    assert isinstance(error, errors.BadRequestError)
    assert error.body == {**problem(), shown: 2, "details": {shown: {shown: 1}}}


BROKEN: dict[str, bytes] = {
    "the status line": f"HTTP/1.1 2x0 {API_KEY}\r\n\r\n".encode(),
    "a header line": f"HTTP/1.1 200 OK\r\nx\x00{API_KEY}: 1\r\n\r\n".encode(),
    "the target of a redirect": raw_response(b"", 302, location=f"http://[::1:{API_KEY}/"),
}


@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_no_connection_error_shows_the_key_where_the_server_repeats_it(twin: Twin, name: str, broken: bytes) -> None:
    with serve(lambda arrival: [broken]) as server:
        error = failure(twin, USES[name], base_url=server.url)
    assert isinstance(error, errors.CreateOutcomeUnknown if "create" in name else errors.ApiConnectionError)
    assert "[hidden]" in str(error)


@pytest.mark.parametrize("name", ["tasks.retrieve", "tasks.create (video_file)"])
def test_a_header_that_is_not_ascii_changes_no_error(twin: Twin, name: str) -> None:
    reply = raw_response(problem(message=f"No {API_KEY}"), 401, x_n="é", x_echo=API_KEY)
    with serve(lambda arrival: [reply]) as server:
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

    with serve(play) as server:
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
    with serve(lambda arrival: [reply()]) as server, pytest.raises(errors.TwelveLabsError) as caught:
        twin(USES["tasks.retrieve"], base_url=server.url, api_key=QUOTED, max_retries=0)
    error: Any = caught.value
    texts = [*collect_printed(error), str(vars(error)), error.response.text if getattr(error, "response", None) else ""]
    assert [text for text in texts if "qwzk" in text or "jvxq" in text] == []


def test_a_key_of_great_length_is_not_shown(twin: Twin) -> None:
    api_key = "0123456789abcdef" * 1000
    reply = raw_response(problem(message=f"It is {api_key} no"), 401)
    with serve(lambda arrival: [reply]) as server, pytest.raises(errors.UnauthorizedError) as caught:
        twin(USES["tasks.retrieve"], base_url=server.url, api_key=api_key, max_retries=0)
    assert caught.value.message == "It is [hidden] no"


def test_a_response_that_repeats_the_key_says_all_else(twin: Twin) -> None:
    body = problem(message=f"{API_KEY} é", docs_url="https://docs.test")
    with serve(lambda arrival: [raw_response(json.dumps(body, ensure_ascii=False).encode(), 401, x_a="1")]) as server:
        error: Any = failure(twin, USES["tasks.retrieve"], base_url=server.url)
    assert error.body == {**body, "message": "[hidden] é"} == error.response.json()
    assert (error.message, error.docs_url, error.headers["x-a"]) == ("[hidden] é", "https://docs.test", "1")
    assert str(error) == "[hidden] é (parameter_invalid, 401)"


@pytest.mark.parametrize(("beyond", "rest"), [(0, "next"), (1, "")])
def test_what_follows_a_key_is_hidden_only_if_the_key_is_too_long_to_be_spelled(beyond: int, rest: str) -> None:
    key = "k" * (LONGEST_SPELLED + beyond)
    assert Secret(key).redact(f"before {key}next") == f"before {HIDDEN}{rest}"
