"""Clients of httpx that the caller supplies, and what the environment says of proxies and certificates."""

from __future__ import annotations

import inspect
import ssl
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import trustme

from contract_tests.support.http_server import HttpServer, and_leave, raw_response, serve
from contract_tests.support.methods import find_method
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, problem, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors

PLATFORM = "https://platform.test/v1.3"
CLIENTS = [TwelveLabs, AsyncTwelveLabs]


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def make_client(twin: Twin, **options: Any) -> Any:
    """Return a client of httpx."""
    return httpx.AsyncClient(**options) if twin.is_async else httpx.Client(**options)


def transport(twin: Twin, **options: Any) -> Any:
    """Return a transport of httpx."""
    return httpx.AsyncHTTPTransport(**options) if twin.is_async else httpx.HTTPTransport(**options)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that nobody trusts by default."""
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """A certificate of that authority, for this machine and for the platform."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "platform.test").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What a client knows that trusts that authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def secure(certificate: ssl.SSLContext) -> Iterator[HttpServer]:
    """A platform with that certificate, which ends each connection so that none is left in a client."""
    with serve(lambda arrival: and_leave(arrival, raw_response(task(), connection="close")), certificate) as server:
        yield server


@pytest.fixture
def proxy(certificate: ssl.SSLContext) -> Iterator[HttpServer]:
    """A proxy, behind which the platform is."""
    play = raw_response(task(), connection="close")
    with serve(lambda arrival: and_leave(arrival, play), certificate, is_proxy=True) as server:
        yield server


def test_a_client_with_a_proxy_reaches_the_platform_through_a_tunnel(
    twin: Twin, proxy: HttpServer, trusting: ssl.SSLContext
) -> None:
    client = make_client(twin, proxy=proxy.url, verify=trusting)
    assert twin(retrieve, base_url=PLATFORM, httpx_client=client).id == TASK_ID
    tunnel, request = proxy.arrivals
    assert (tunnel.method, tunnel.target) == ("CONNECT", "platform.test:443")
    assert (request.method, request.target) == ("GET", f"/v1.3/tasks/{TASK_ID}")
    assert API_KEY not in tunnel.head.decode(), "the proxy need not know the key"
    assert ("x-api-key", API_KEY) in request.headers


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_proxy_and_the_certificates_may_come_from_the_environment(
    twin: Twin,
    proxy: HttpServer,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    variable: str,
) -> None:
    trust_from_environment(authority, tmp_path, monkeypatch)
    monkeypatch.setenv(variable, proxy.url)
    assert twin(retrieve, base_url=PLATFORM).id == TASK_ID
    assert [arrival.method for arrival in proxy.arrivals] == ["CONNECT", "GET"]


@pytest.mark.filterwarnings("ignore:Insecure base_url")
def test_a_proxy_for_plain_http_gets_the_whole_url(
    twin: Twin, proxy: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    assert twin(retrieve, base_url="http://platform.test/v1.3").id == TASK_ID
    assert proxy.arrivals[0].target == f"http://platform.test/v1.3/tasks/{TASK_ID}"


def test_a_proxy_that_refuses_is_an_error_that_says_so(twin: Twin) -> None:
    with serve(lambda arrival: [raw_response(b"", 407, connection="close")], is_proxy=True) as refusing:
        # Without a certificate it cannot make a tunnel, and responds as told.
        client = make_client(twin, proxy=refusing.url)
        with pytest.raises(errors.ApiConnectionError, match="ProxyError: 407"):
            twin(retrieve, base_url=PLATFORM, httpx_client=client, max_retries=0)


def trust_from_environment(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))


def test_the_certificates_of_a_supplied_client_are_trusted(
    twin: Twin, secure: HttpServer, trusting: ssl.SSLContext
) -> None:
    assert twin(retrieve, base_url=secure.url, httpx_client=make_client(twin, verify=trusting)).id == TASK_ID


def test_the_certificates_of_the_environment_are_trusted(
    twin: Twin, secure: HttpServer, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trust_from_environment(authority, tmp_path, monkeypatch)
    assert twin(retrieve, base_url=secure.url).id == TASK_ID


def test_a_certificate_that_nobody_vouches_for_is_an_error_that_says_so(twin: Twin, secure: HttpServer) -> None:
    with pytest.raises(errors.ApiConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
        twin(retrieve, base_url=secure.url, max_retries=0)
    assert secure.arrivals == []


def test_a_certificate_of_somebody_else_is_an_error_that_says_so(
    twin: Twin, authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.test").configure_cert(theirs)
    with serve(lambda arrival: [raw_response(task())], theirs) as server:
        client = make_client(twin, verify=trusting)
        with pytest.raises(errors.ApiConnectionError, match=r"certificate is not valid for '127\.0\.0\.1'"):
            twin(retrieve, base_url=server.url, httpx_client=client, max_retries=0)
    assert server.arrivals == []


def test_event_hooks_see_every_request_and_its_response(twin: Twin) -> None:
    seen: list[str] = []

    def on_request(request: httpx.Request) -> None:
        seen.append(f"{request.method} {request.url.path}")
        request.headers["x-hook"] = "1"

    def on_response(response: httpx.Response) -> None:
        seen.append(str(response.status_code))

    async def on_request_async(request: httpx.Request) -> None:
        on_request(request)

    async def on_response_async(response: httpx.Response) -> None:
        on_response(response)

    hooks: Any = {"request": [on_request], "response": [on_response]}
    if twin.is_async:
        hooks = {"request": [on_request_async], "response": [on_response_async]}
    responses = iter(
        [
            raw_response(problem(), 429, retry_after="0", connection="close"),
            raw_response(b"", 302, location="/moved", connection="close"),
            raw_response(task(), connection="close"),
        ]
    )
    with serve(lambda arrival: and_leave(arrival, next(responses))) as server:
        assert twin(retrieve, base_url=server.url, httpx_client=make_client(twin, event_hooks=hooks)).id == TASK_ID
    path = f"/tasks/{TASK_ID}"
    assert seen == [f"GET {path}", "429", f"GET {path}", "302", "GET /moved", "200"]
    assert [("x-hook", "1") in arrival.headers for arrival in server.arrivals] == [True, True, True]


def test_a_transport_that_connects_again_by_itself_sends_nothing_twice(twin: Twin) -> None:
    client = make_client(twin, transport=transport(twin, retries=3))
    with (
        serve(lambda arrival: and_leave(arrival)) as server,
        pytest.raises(errors.CreateOutcomeUnknown),
    ):
        twin(
            lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO),
            base_url=server.url,
            httpx_client=client,
        )
    assert len(server.arrivals) == 1


def test_what_a_supplied_client_sends_with_every_request_goes_along(twin: Twin) -> None:
    client = make_client(twin, headers={"x-team": "video"}, params={"trace": "1"}, cookies={"a": "b"})
    with serve(lambda arrival: and_leave(arrival, raw_response(created(), connection="close"))) as server:
        twin(
            lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO),
            base_url=server.url,
            httpx_client=client,
        )
    (arrival,) = server.arrivals
    assert arrival.target == "/tasks?trace=1"
    assert {("x-team", "video"), ("cookie", "a=b")} <= set(arrival.headers)


@pytest.mark.parametrize("twin", [Twin("sync"), Twin("asyncio")], ids=str)
def test_the_timeout_of_a_request_wins_over_that_of_a_client_of_httpx2(twin: Twin) -> None:
    seen: list[dict[str, float]] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.extensions["timeout"])
        return httpx2.Response(200, json=task())

    kind: Any = httpx2.AsyncClient if twin.is_async else httpx2.Client
    for timeout, options in ((None, {}), (7.0, {}), (7.0, {"timeout_in_seconds": 1.5})):
        supplied = kind(transport=httpx2.MockTransport(respond), timeout=99.0)
        use = partial(find_method("tasks.retrieve").call, request_options=options)
        twin(use, httpx_client=supplied, timeout=timeout)
    assert [set(each.values()) for each in seen] == [{99.0}, {7.0}, {1.5}]


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("host", ["platform.test", "192.0.2.1", "127.0.0.1.platform.test", "localhost.test", "0.0.0.0"])
def test_an_unencrypted_base_url_is_warned_of_at_the_line_of_the_caller(make: Any, host: str) -> None:
    with pytest.warns(UserWarning, match=f"unencrypted.*http://|{host}") as warned:
        make(api_key=API_KEY, base_url=f"http://{host}/v1.3")
    line = inspect.currentframe()
    assert line is not None
    assert (warned[0].filename, warned[0].lineno) == (__file__, line.f_lineno - 3)


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "[::1]", "LOCALHOST", "emulator.localhost"])
def test_an_unencrypted_base_url_on_this_machine_is_not_warned_of(make: Any, host: str) -> None:
    make(api_key=API_KEY, base_url=f"http://{host}:8080/v1.3")  # a warning would be an error


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("user", ["me:secret", "me", ":secret"])
def test_a_base_url_with_a_user_or_a_password_is_refused(make: Any, user: str) -> None:
    with pytest.raises(ValueError, match="no user and password"):
        make(api_key=API_KEY, base_url=f"https://{user}@platform.test/v1.3")
