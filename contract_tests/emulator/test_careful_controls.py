"""Controls: no moment without an index, nothing that weakens an emulator, and mistakes that are not the caller's."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import refusal, token_of
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.controls import Controls
from twelvelabs_emulator.store import Store


def test_there_is_an_index_at_every_moment_of_a_reset(emulator: Emulator) -> None:
    found: list[str] = []
    stop = threading.Event()

    def look() -> None:
        with httpx.Client(base_url=emulator.url, headers=token_of(emulator)) as client:
            while not stop.is_set():
                health, state = client.get("/_emulator/health"), client.get("/_emulator")
                if (health.status_code, state.status_code) != (200, 200) or not state.json()["index_id"]:
                    found.append(health.text + state.text)
                if not emulator.index_id:
                    found.append("no index")

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(100):
        emulator.reset()
    stop.set()
    for thread in threads:
        thread.join()
    assert found == []


def test_a_reset_that_fails_leaves_everything_as_it_was(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    index_id = emulator.index_id
    clear = Store.clear

    def clear_and_fail(store: Store) -> None:
        clear(store)
        assert store.indexes.first() is None
        raise ZeroDivisionError

    monkeypatch.setattr(Store, "clear", clear_and_fail)
    with pytest.raises(ZeroDivisionError):
        emulator.reset()
    assert emulator.index_id == index_id


@pytest.mark.parametrize("error", [TypeError("of its own"), ValueError("of its own"), KeyError("of its own")])
@pytest.mark.parametrize(
    ("method", "path", "name"),
    [("GET", "/health", "health"), ("GET", "/failures", "failures"), ("POST", "/clock", "advance")],
)
def test_a_mistake_of_the_emulator_is_not_blamed_on_the_caller(
    method: str, path: str, name: str, error: Exception, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Controls, name, fail)
    body = {"json": {"seconds": 1}} if method == "POST" else {}
    response = httpx.request(method, f"{emulator.url}/_emulator{path}", headers=token_of(emulator), **body)  # type: ignore[arg-type]
    assert refusal(response)[:2] == (500, "internal_error")


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", "/clock", {"seconds": -1}, "cannot be moved by -1 seconds"),
    ("POST", "/clock", {"seconds": "1"}, "seconds must be a number"),
    ("PATCH", "/settings", {"stage_seconds": -1}, "stage_seconds must be a number"),
    ("PATCH", "/settings", {"integrations": {"a" * 24: 5}}, "expected str"),
    ("PATCH", "/settings", {"integrations": {"a" * 24: "none://place"}}, "Protocol not known"),
    ("POST", "/reset", {"api_key": "schl\xfcssel"}, "printable ASCII"),
    ("POST", "/indexes", {"_id": "x"}, "is not an id"),
    ("POST", "/indexes", {"name": ""}, "name must be"),
    ("POST", "/scenarios", {"operation": []}, "operation"),
]


@pytest.mark.parametrize(("method", "path", "body", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_mistake_of_the_caller_is(
    method: str, path: str, body: dict[str, Any], message: str, emulator: Emulator
) -> None:
    response = httpx.request(method, f"{emulator.url}/_emulator{path}", headers=token_of(emulator), json=body)
    assert refusal(response)[:2] == (400, "parameter_invalid")
    assert message in response.json()["message"]


@pytest.mark.parametrize("values", [{"headers": {"X": " x"}}, {"headers": {"X": "x "}}, {"retry_after": " 5"}])
def test_a_header_that_cannot_be_sent_is_refused(values: dict[str, Any], emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="has spaces around it"):
        emulator.scenario("list_tasks", status=503, **values)


@pytest.mark.parametrize("name", ["retry_after", "delay", "times"])
@pytest.mark.parametrize("value", [10**400, 10**5000, 2_000_000_000], ids=["400 digits", "5,000 digits", "two billion"])
def test_a_number_that_nobody_needs_is_refused(name: str, value: int, emulator: Emulator) -> None:
    values = {"status": 503} if name == "retry_after" else {}
    with pytest.raises(ValueError, match=f"{name} must be"):
        emulator.scenario("list_tasks", **values, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["rate_limit", "max_bytes", "stage_seconds", "credit_seconds"])
def test_a_setting_that_cannot_be_stored_or_shown_is_refused(name: str, emulator: Emulator) -> None:
    with pytest.raises(ValueError, match=f"{name} must be a number .*, not more than 9,223"):
        emulator.configure(**{name: 10**5000})


@pytest.mark.parametrize("key", ["", " ", "a ", " a", "schl\xfcssel", "k\nk", "k\t", "k\udcff", "k\x7f", 5])
def test_a_key_that_no_client_can_send_is_refused(key: Any) -> None:
    with pytest.raises(ValueError, match="api_key must be a non-empty string of printable ASCII"):
        Emulator(api_key=key)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["k", "a b", "!~", "tlk_0123"])
def test_any_other_key_can_be_used(key: str) -> None:
    with Emulator(api_key=key) as emulator:
        assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": key}).status_code == 200
        assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": "other"}).status_code == 401


def test_an_emulator_that_others_can_reach_keeps_its_key() -> None:
    with Emulator(host="0.0.0.0", api_key="key") as emulator:
        for method, path in (("PATCH", "settings"), ("POST", "reset")):
            url = f"{emulator.url}/_emulator/{path}"
            response = httpx.request(method, url, headers=token_of(emulator), json={"api_key": None})
            assert refusal(response)[:2] == (400, "parameter_invalid")
            assert "Other machines can reach the emulator" in response.json()["message"]
        with pytest.raises(ValueError, match="Other machines"):
            emulator.configure(api_key=None)
        emulator.configure(api_key="another")
        assert emulator.api_key == "another"
        emulator.reset()
        assert emulator.api_key == "key"
    with Emulator(api_key="key") as emulator:
        emulator.configure(api_key=None)
