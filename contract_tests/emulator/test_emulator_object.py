"""What the docstrings of `Emulator` and of what it returns say beside the rest."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import token_of
from contract_tests.support.integrations import Integration
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.http.server import AddressError
from twelvelabs_tasks import TwelveLabs

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_the_environment_of_an_emulator_leads_clients_and_controls_there(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert RFC_3339.fullmatch(emulator.now)
    assert emulator.environment == {
        "TWELVELABS_BASE_URL": emulator.base_url,
        "TWELVE_LABS_API_KEY": emulator.api_key,
        "TWELVELABS_EMULATOR_TOKEN": emulator.token,
    }
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    with TwelveLabs() as client:
        assert client.tasks.list().items == []
    assert len(emulator.received) == 1


def test_every_setting_can_be_changed_until_a_reset_which_takes_others(emulator: Emulator, tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "stage_seconds": 5.0,
        "api_key": "secret",
        "rate_limit": 7,
        "credit_seconds": 60.0,
        "max_bytes": 10,
        "integrations": {"0" * 24: tmp_path},
        "index_id": "f" * 24,
    }

    def settings() -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{emulator.url}/_emulator/settings", headers=token_of(emulator)).json()
        return found

    expected = {name: value for name, value in changes.items() if name not in ("integrations", "index_id")}
    before = settings()
    emulator.configure(**{name: value for name, value in changes.items() if name != "index_id"})
    assert settings().items() >= expected.items()
    emulator.reset(stage_seconds=3.0, index_id="f" * 24)
    assert emulator.index_id == "f" * 24
    assert settings()["stage_seconds"] == 3.0
    assert settings()["api_key"] == before["api_key"]
    assert settings()["rate_limit"] == before["rate_limit"]


def test_a_setting_that_does_not_exist_is_a_type_error(emulator: Emulator) -> None:
    for change in (emulator.configure, emulator.reset, emulator.renew):
        with pytest.raises(TypeError, match="speed"):
            change(speed=2)


@pytest.mark.parametrize(
    "changes",
    [{"stage_seconds": "1"}, {"api_key": 1}, {"rate_limit": 1.5}, {"integrations": ["a"]}, {"max_bytes": None}],
)
def test_a_setting_of_the_wrong_type_or_value_is_a_value_error(emulator: Emulator, changes: dict[str, Any]) -> None:
    for change in (emulator.configure, emulator.reset, emulator.renew, Emulator):
        with pytest.raises(ValueError, match=next(iter(changes))):
            change(**changes)


def test_a_reset_forgets_other_indexes_and_the_time_that_was_skipped(emulator: Emulator, http: httpx.Client) -> None:
    index, before = emulator.create_index("another"), emulator.now
    emulator.advance(10_000_000)
    assert emulator.now[:4] + emulator.now[5:7] > before[:4] + before[5:7]
    emulator.reset()
    assert emulator.now[:7] == before[:7]
    form = {"index_id": (None, index), "video_url": (None, "http://127.0.0.1:9/v.mp4")}
    refused = http.post("/tasks", files=form)
    assert (refused.status_code, refused.json()["code"]) == (404, "resource_not_exist")


def test_renewal_moves_to_another_port_and_cuts_all_connections() -> None:
    with Emulator() as emulator:
        old, index = emulator.base_url, emulator.index_id
        with httpx.Client(headers={"x-api-key": "key"}) as http:
            assert http.get(f"{old}/tasks").status_code == 200
            emulator.renew()
            assert emulator.base_url != old
            assert emulator.index_id != index
            assert emulator.received == []
            with pytest.raises(httpx.TransportError):
                http.get(f"{old}/tasks")
            assert emulator.received == []
            assert http.get(f"{emulator.base_url}/tasks").status_code == 200


def test_an_address_that_is_taken_is_an_address_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy, pytest.raises(AddressError):
        Emulator(port=busy.getsockname()[1]).start()


def test_every_origin_may_be_allowed() -> None:
    with Emulator(cors_origins=["*"]) as emulator:
        for origin in ("http://localhost:3000", "https://anywhere.test"):
            response = httpx.get(f"{emulator.base_url}/tasks", headers={"origin": origin, "x-api-key": "k"})
            assert response.status_code == 200
            assert response.headers["access-control-allow-origin"] in ("*", origin)


@pytest.mark.parametrize("name", ["", 5])
def test_the_name_of_an_index_is_a_text(emulator: Emulator, name: Any) -> None:
    with pytest.raises(ValueError, match="name"):
        emulator.create_index(name)
    with pytest.raises(ValueError, match="1"):
        emulator.create_index("fine", "1")


def test_the_name_of_an_index_shows_in_the_logs_of_imports(
    integration: Integration, emulator: Emulator, http: httpx.Client, videos: Videos, folder: Path
) -> None:
    index = emulator.create_index("holidays")
    (folder / "a.mp4").write_bytes(videos.cheap().read_bytes())
    integration.start(index_id=index)
    (log,) = http.get(f"{integration.path}/logs").json()["data"]
    assert log["index_name"] == "holidays"


def test_a_received_request_is_kept_as_it_came_but_for_secrets_and_large_values(
    emulator: Emulator, http: httpx.Client
) -> None:
    http.get("/tasks/a%2Fb?x=%20y")
    metadata = '{"a": "' + "ä" * (2**14 - 8) + '"}'
    assert len(metadata) == 2**14 + 1
    form = {
        "index_id": (None, emulator.index_id),
        "video_url": (None, "http://127.0.0.1:9/v.mp4"),
        "user_metadata": (None, metadata),
    }
    assert http.post("/tasks", files=form).status_code == 200
    odd, large = emulator.received
    assert (odd.method, odd.path, odd.query) == ("GET", "/v1.3/tasks/a%2Fb", "x=%20y")
    assert RFC_3339.fullmatch(odd.received_at)
    assert odd.received_at <= large.received_at <= emulator.now
    assert odd.headers["x-api-key"].startswith("sha256:")
    assert metadata not in str(large.arguments)
    assert large.arguments["user_metadata"] == {"size": len(metadata.encode())}
    assert large.arguments["video_url"] == "http://127.0.0.1:9/v.mp4"
