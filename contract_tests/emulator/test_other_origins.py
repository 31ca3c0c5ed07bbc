"""What pages of other origins and programs of other machines send: it is refused unless it was allowed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import refusal, token_of
from twelvelabs_emulator import Emulator

KEY = "tlk_secret"


@pytest.fixture
def emulator(emulator: Emulator) -> Emulator:
    """An emulator with a pinned key."""
    emulator.configure(api_key=KEY)
    return emulator


HOSTS = ["evil.test", "evil.test:80", "localhost.evil.test", "127.0.0.1.evil.test", "10.0.0.1", "[::2]", "", "a b", "@"]


@pytest.mark.parametrize("path", ["/v1.3/tasks", "/_emulator", "/docs", "/openapi.json", "/media/x", "/none"])
@pytest.mark.parametrize("host", HOSTS)
def test_requests_to_another_host_are_refused(host: str, path: str, emulator: Emulator) -> None:
    headers = {"host": host, "x-api-key": KEY, **token_of(emulator)}
    response = httpx.get(emulator.url + path, headers=headers)
    assert refusal(response)[:2] == (403, "forbidden")
    assert emulator.received == []


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:80"])
def test_requests_to_every_name_of_the_loopback_address_are_allowed(host: str, emulator: Emulator) -> None:
    assert httpx.get(f"{emulator.base_url}/tasks", headers={"host": host, "x-api-key": KEY}).status_code == 200


def test_requests_to_other_hosts_are_allowed_on_demand() -> None:
    with Emulator(allowed_hosts=["emulator", "ci.example"]) as emulator:
        for host, status in [("emulator:80", 200), ("CI.example", 200), ("x.ci.example", 403)]:
            headers = {"host": host, "x-api-key": "k"}
            assert httpx.get(f"{emulator.base_url}/tasks", headers=headers).status_code == status


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "nonsense"},
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1"},
]


@pytest.mark.parametrize("headers", CROSS, ids=str)
def test_requests_from_another_origin_are_refused(headers: dict[str, str], emulator: Emulator) -> None:
    for path in ("/v1.3/tasks", "/_emulator", "/_emulator/reset", "/_emulator/health"):
        for method in ("GET", "POST", "OPTIONS"):
            response = httpx.request(
                method, emulator.url + path, headers={"x-api-key": KEY, **token_of(emulator), **headers}
            )
            assert refusal(response)[:2] == (403, "forbidden")
            assert not [name for name in response.headers if name.startswith("access-control")]
    assert emulator.received == []


def test_requests_of_the_emulators_own_pages_are_allowed(emulator: Emulator) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": emulator.url}, {"sec-fetch-site": "none"}):
        response = httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": KEY, **headers})
        assert response.status_code == 200


def test_a_preflight_request_of_an_allowed_origin_succeeds() -> None:
    origin = "http://localhost:3000"
    with Emulator(cors_origins=[origin]) as emulator:
        asked = {
            "origin": origin,
            "access-control-request-method": "DELETE",
            "access-control-request-headers": "x-api-key",
            "sec-fetch-site": "same-site",
        }
        response = httpx.options(f"{emulator.base_url}/tasks/1", headers=asked)
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == origin
        assert "DELETE" in response.headers["access-control-allow-methods"]
        assert "x-api-key" in response.headers["access-control-allow-headers"]
        response = httpx.get(f"{emulator.base_url}/tasks", headers={"origin": origin, "x-api-key": "k"})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, origin)
        for other in ("http://localhost:3001", f"{origin}.evil.test", "null"):
            assert httpx.get(f"{emulator.base_url}/tasks", headers={"origin": other}).status_code == 403
        refused = httpx.get(f"{emulator.url}/_emulator", headers={"origin": origin, **token_of(emulator)})
        assert refused.status_code == 403


@pytest.mark.parametrize("path", ["", "/clock", "/scenarios", "/requests", "/settings", "/failures", "/none"])
def test_the_controls_need_the_token(path: str, emulator: Emulator) -> None:
    url = f"{emulator.url}/_emulator{path}"
    for headers in (
        {},
        {"authorization": "Bearer x"},
        {"authorization": f"Basic {emulator.token}"},
        {"x-api-key": KEY},
    ):
        response = httpx.get(url, headers=headers)
        assert refusal(response)[:2] == (401, "token_invalid")
        assert response.headers["www-authenticate"] == "Bearer"
    assert httpx.get(url, headers=token_of(emulator)).status_code == (404 if path == "/none" else 200)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_the_controls_take_nothing_that_a_page_may_send_anywhere(media_type: str | None, emulator: Emulator) -> None:
    headers = token_of(emulator) | ({"content-type": media_type} if media_type else {})
    response = httpx.post(f"{emulator.url}/_emulator/scenarios", content=b'{"status": 500}', headers=headers)
    assert refusal(response) == (400, "parameter_invalid", "The `Content-Type` parameter is invalid.")
    assert emulator.scenarios == []


def test_its_health_is_reported_to_every_program(emulator: Emulator) -> None:
    response = httpx.get(f"{emulator.url}/_emulator/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "has_room": True})


def test_no_key_is_kept_in_the_log(emulator: Emulator) -> None:
    secrets = {"x-api-key": KEY, "authorization": "Bearer tlk_other", "cookie": "session=tlk_other"}
    for key in (KEY, "tlk_wrong"):
        httpx.get(f"{emulator.base_url}/tasks", headers=secrets | {"x-api-key": key})
    listed = httpx.get(f"{emulator.url}/_emulator/requests", headers=token_of(emulator)).text
    assert "tlk_" not in listed + repr(emulator.received)
    first, second = (received.headers["x-api-key"] for received in emulator.received)
    assert first != second  # They can be distinguished.


def test_other_machines_are_let_in_with_a_key_of_their_own_only(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match=r"Other machines can reach 0\.0\.0\.0: pass the API key that they need"):
        Emulator(host="0.0.0.0").start()
    with Emulator(host="0.0.0.0", api_key=KEY) as emulator:
        assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": KEY}).status_code == 200
    assert "Other machines can reach the emulator at 0.0.0.0" in caplog.text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"allowed_hosts": ["a b"]}, "allowed_hosts: 'a b' is not a host name"),
        ({"allowed_hosts": ["http://a"]}, "allowed_hosts: 'http://a' is not a host name"),
        ({"allowed_hosts": "emulator"}, "allowed_hosts must be a list of strings"),
        ({"cors_origins": ["localhost:3000"]}, "cors_origins: 'localhost:3000' is not an origin"),
        ({"cors_origins": ["http://a/"]}, "cors_origins: 'http://a/' is not an origin"),
        ({"token": "a b"}, "token must be"),
        ({"token": ""}, "token must be"),
    ],
)
def test_nonsense_is_refused(arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        Emulator(**arguments)
    assert problem in str(refused.value)
