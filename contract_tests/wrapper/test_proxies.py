"""Proxies that the environment names: one that cannot be used is refused, and one that sees the API key is warned of.

Those that work are in `test_custom_clients.py`.
"""

from __future__ import annotations

import inspect
import sys
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from contract_tests.support.http_server import HttpServer, and_leave, raw_response, serve
from contract_tests.support.samples import TASK_ID, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

CLIENTS = [TwelveLabs, AsyncTwelveLabs]
PASSWORD = "correct-horse"
VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"]

MALFORMED = {
    "a port that is no number": f"http://me:{PASSWORD}@127.0.0.1:port",
    "a port that is too great": f"http://me:{PASSWORD}@127.0.0.1:99999",
    "an address without its end": f"http://me:{PASSWORD}@[::1",
    "no host": f"http://me:{PASSWORD}",
    "a password with a slash": f"http://me:{PASSWORD}/2@127.0.0.1:8080",
    "a password with a number sign": f"http://me:{PASSWORD}#2@127.0.0.1:8080",
    "a control character": f"http://me:{PASSWORD}@127.0.0.1\x7f:8080",
    "another scheme": f"ftp://me:{PASSWORD}@127.0.0.1:8080",
    "no scheme and two ports": f"me:{PASSWORD}@127.0.0.1:80:90",
    "no scheme and a port that is too great": f"me:{PASSWORD}@127.0.0.1:99999",
}


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def collect_printed(error: BaseException) -> str:
    """Return what is printed of an exception, with its causes, and of each of them."""
    chain: list[BaseException] = []
    pending: list[BaseException | None] = [error]
    while pending:
        each = pending.pop()
        if each is not None and each not in chain:
            chain.append(each)
            pending += [each.__cause__, each.__context__]
    texts = [
        text for each in chain for text in (str(each), repr(each), repr(each.args), *traceback.format_exception(each))
    ]
    return "\n".join(texts)


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_malformed_proxy_is_refused_whatever_variable_names_it(
    make: Any, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, MALFORMED["no host"])
    with pytest.raises(ValueError, match=r"(?i)proxy") as caught:
        make(api_key=API_KEY)
    assert PASSWORD not in collect_printed(caught.value)


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_proxy_is_refused_without_its_password(
    make: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", MALFORMED[name])
    with pytest.raises(ValueError, match=r"(?i)proxy") as caught:
        make(api_key=API_KEY)
    assert PASSWORD not in collect_printed(caught.value)


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("variable", ["ALL_PROXY", "HTTPS_PROXY"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_socks_proxy_is_refused_where_the_package_for_it_is_missing(
    make: Any, variable: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)  # as if it were not installed
    monkeypatch.setenv(variable, f"{scheme}://me:{PASSWORD}@127.0.0.1:1080")
    with pytest.raises(ValueError, match=r"(?i)socks") as caught:
        make(api_key=API_KEY)
    assert "proxy" in str(caught.value).lower()
    assert PASSWORD not in collect_printed(caught.value)


@pytest.mark.parametrize("make", CLIENTS)
def test_a_malformed_proxy_does_not_matter_to_a_supplied_client_that_does_not_use_it(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    supplied: Any = (httpx.AsyncClient if make is AsyncTwelveLabs else httpx.Client)(trust_env=False)
    monkeypatch.setenv("HTTPS_PROXY", MALFORMED["no host"])
    make(api_key=API_KEY, httpx_client=supplied)


@pytest.fixture
def proxy() -> Iterator[HttpServer]:
    """A proxy, which is the platform as well."""
    with serve(lambda arrival: and_leave(arrival, raw_response(task(), connection="close")), is_proxy=True) as server:
        yield server


LOCAL = ["localhost", "127.0.0.1", "[::1]", "emulator.localhost"]


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("host", LOCAL)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_local_base_url_behind_a_proxy_is_warned_of_at_the_line_of_the_caller(
    make: Any, host: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "http://proxy.test:8080")
    with pytest.warns(UserWarning, match="unencrypted") as warned:
        make(api_key=API_KEY, base_url=f"http://{host}:8000/v1.3")
    line = inspect.currentframe()
    assert line is not None
    assert [(each.filename, each.lineno) for each in warned] == [(__file__, line.f_lineno - 3)]


def test_the_proxy_gets_the_key_of_a_local_base_url_and_the_warning_is_right(
    twin: Twin, proxy: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    with pytest.warns(UserWarning, match="unencrypted"):
        twin(retrieve, base_url="http://localhost:8000/v1.3")
    (arrival,) = proxy.arrivals
    assert arrival.target == f"http://localhost:8000/v1.3/tasks/{TASK_ID}"
    assert ("x-api-key", API_KEY) in arrival.headers


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize(
    ("host", "no_proxy"),
    [
        ("localhost", "localhost"),
        ("localhost", "*"),
        ("localhost", "example.com, localhost"),
        ("emulator.localhost", "localhost,.localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
    ],
)
def test_a_local_base_url_without_a_proxy_is_not_warned_of(
    make: Any, host: str, no_proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:8080")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(api_key=API_KEY, base_url=f"http://{host}:8000/v1.3")


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("no_proxy", ["example.com", "127.0.0.1"])
def test_a_local_base_url_is_warned_of_where_no_proxy_names_other_hosts(
    make: Any, no_proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:8080")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    with pytest.warns(UserWarning, match="unencrypted"):
        make(api_key=API_KEY, base_url="http://localhost:8000/v1.3")


@pytest.mark.parametrize("make", CLIENTS)
def test_a_proxy_for_encrypted_requests_only_is_not_warned_of(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:8080")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(api_key=API_KEY, base_url="http://localhost:8000/v1.3")
        make(api_key=API_KEY, base_url="https://localhost:8000/v1.3")
