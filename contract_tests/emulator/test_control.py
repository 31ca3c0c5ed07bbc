"""The clock, the requests received, settings, indexes and resets, from Python and over HTTP; and rate limits."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import platform_of, token_of
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs

STATUSES = ["validating", "pending", "queued", "indexing", "ready"]


@pytest.fixture
def control(emulator: Emulator) -> Iterator[httpx.Client]:
    """A client of the controls, which need no key but a token."""
    with httpx.Client(base_url=f"{emulator.url}/_emulator", headers=token_of(emulator), timeout=30) as client:
        yield client


def upload(emulator: Emulator, video: Path) -> str:
    """Create a task without a stream."""
    with TwelveLabs(api_key="any", base_url=emulator.base_url) as client:
        created = client.tasks.create(index_id=emulator.index_id, video_file=video, enable_video_stream=False)
    assert created.id
    return created.id


def test_the_clock_of_tasks_is_moved_instead_of_waiting(
    emulator: Emulator, http: httpx.Client, control: httpx.Client, videos: Videos
) -> None:
    emulator.configure(stage_seconds=60)
    task = upload(emulator, videos.cheap())
    seen = []
    for number in range(5):
        seen.append(http.get(f"/tasks/{task}").json()["status"])
        if number % 2:
            emulator.advance(60)
        else:
            assert control.post("/clock", json={"seconds": 60}).json()["now"] <= emulator.now
    assert seen == STATUSES


def test_a_skip_over_several_statuses_leaves_the_times_they_would_have_had(
    emulator: Emulator, http: httpx.Client, videos: Videos
) -> None:
    emulator.configure(stage_seconds=60)
    task = upload(emulator, videos.cheap())
    emulator.advance(20 * 60)
    found = http.get(f"/tasks/{task}").json()
    created, updated = (found[name].replace("Z", "+00:00") for name in ("created_at", "updated_at"))
    assert (datetime.fromisoformat(updated) - datetime.fromisoformat(created)).total_seconds() == 4 * 60


@pytest.mark.parametrize("seconds", [-1, "60", True, None, 1e300, [60]], ids=repr)
def test_the_clock_cannot_be_moved_by_nonsense(seconds: Any, emulator: Emulator, control: httpx.Client) -> None:
    with pytest.raises(ValueError, match="seconds") as refused:
        emulator.advance(seconds)
    response = control.post("/clock", json={"seconds": seconds})
    assert (response.status_code, response.json()["message"]) == (400, str(refused.value))


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_the_clock_cannot_be_moved_for_ever(seconds: float, emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="cannot be moved"):
        emulator.advance(seconds)


def test_what_was_received_is_listed(emulator: Emulator, control: httpx.Client, videos: Videos) -> None:
    video = videos.cheap()
    task = upload(emulator, video)
    httpx.get(f"{emulator.base_url}/tasks/{task}?page=1", headers={"x-api-key": "k", "X-Trace": "7"})
    httpx.get(f"{emulator.base_url}/nowhere")
    created, retrieved, lost = emulator.received
    assert (created.operation, created.status) == ("create_task", 200)
    assert created.arguments == {
        "index_id": emulator.index_id,
        "enable_video_stream": False,
        "video_file": {"filename": video.name, "size": video.stat().st_size},
    }
    assert (retrieved.operation, retrieved.status, retrieved.query) == ("retrieve_task", 400, "page=1")
    assert retrieved.headers["x-trace"] == "7"
    assert (lost.operation, lost.status, lost.path) == (None, 404, "/v1.3/nowhere")
    listed = control.get("/requests").json()["data"]
    assert [each["path"] for each in listed] == [received.path for received in emulator.received]
    assert control.delete("/requests").status_code == 204
    assert emulator.received == []


def test_a_rate_limit_holds_for_a_minute_and_for_each_key_and_says_when_to_come_again(emulator: Emulator) -> None:
    emulator.configure(rate_limit=3)

    def ask(key: str) -> httpx.Response:
        return httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": key})

    assert [ask("one").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask("one")
    assert refused.json()["code"] == "too_many_requests"
    assert "You have exceeded the rate limit (`3 requests per minute`)." in refused.json()["message"]
    seconds = int(refused.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert ask("two").status_code == 200
    emulator.advance(seconds)
    assert ask("one").status_code == 200


def test_the_state_says_where_everything_is(emulator: Emulator, control: httpx.Client) -> None:
    state = control.get("").json()
    assert state == {
        "base_url": emulator.base_url,
        "index_id": emulator.index_id,
        "now": state["now"],
        "documentation": emulator.documentation_url,
    }


def test_settings_change_until_the_next_reset(emulator: Emulator, control: httpx.Client) -> None:
    changed = control.patch("/settings", json={"api_key": "secret", "max_bytes": 5})
    assert changed.json() == control.get("/settings").json()
    assert (changed.json()["max_bytes"], emulator.api_key) == (5, "secret")
    assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": "other"}).status_code == 401
    control.post("/reset")
    assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": "other"}).status_code == 200


SETTINGS: list[dict[str, Any]] = [
    {"stage_seconds": -1},
    {"stage_seconds": "1"},
    {"rate_limit": 1.5},
    {"api_key": ""},
    {"api_key": 1},
    {"index_id": "1"},
    {"credit_seconds": True},
    {"max_bytes": None},
    {"integrations": ["a"]},
    {"integrations": {"1": "/tmp"}},
    {"integrations": {"0" * 24: 5}},
    {"integrations": {"0" * 24: "none://place"}},
]


@pytest.mark.parametrize("changes", SETTINGS, ids=str)
def test_nonsense_for_a_setting_changes_nothing(
    changes: dict[str, Any], emulator: Emulator, control: httpx.Client, videos: Videos
) -> None:
    task = upload(emulator, videos.cheap())
    before = control.get("/settings").json()
    for change in (emulator.configure, emulator.reset):
        with pytest.raises((ValueError, TypeError)):
            change(**changes)
    for method, path in (("PATCH", "/settings"), ("POST", "/reset")):
        response = control.request(method, path, json=changes)
        assert (response.status_code, response.json()["code"]) == (400, "parameter_invalid")
        assert response.json()["message"]
    assert control.get("/settings").json() == before
    assert httpx.get(f"{emulator.base_url}/tasks/{task}", headers={"x-api-key": "k"}).status_code == 200


def test_a_reset_forgets_everything(emulator: Emulator, control: httpx.Client, videos: Videos) -> None:
    index, before = emulator.index_id, emulator.now
    upload(emulator, videos.cheap())
    emulator.scenario(status=500)
    emulator.advance(1e6)
    state = control.post("/reset").json()
    assert state["index_id"] == emulator.index_id != index
    assert (emulator.scenarios, emulator.received) == ([], [])
    assert before <= emulator.now < before[:3] + "9"
    found = httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": "k"}).json()
    assert found["page_info"]["total_results"] == 0


def test_after_a_reset_nothing_waits_for_a_fetch_of_the_time_before(emulator: Emulator, http: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/video.mp4"
        form = {"index_id": (None, emulator.index_id), "video_url": (None, url)}
        assert http.post("/tasks", files=form).status_code == 200
        asking, _ = silent.accept()
        with asking:
            assert not platform_of(emulator).jobs.settle(0)
            emulator.reset()
            assert platform_of(emulator).jobs.settle(0)


def test_another_index_takes_tasks(emulator: Emulator, control: httpx.Client, http: httpx.Client) -> None:
    made = control.post("/indexes", json={"name": "holidays"}).json()["_id"]
    assert len({made, emulator.create_index("more"), emulator.index_id}) == 3
    assert emulator.create_index("own", "0" * 24) == "0" * 24
    for index in (made, "0" * 24):
        assert (
            http.post("/tasks", files={"index_id": (None, index), "video_url": (None, "http://x/")}).status_code == 200
        )
    for body in ({"name": 5}, {"name": ""}, {"_id": "1"}):
        assert control.post("/indexes", json=body).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "message"),
    [
        ("POST", "/clock", b"{}", 400, "The `seconds` parameter is required but was not provided."),
        ("POST", "/clock", b'{"seconds": 1, "hours": 1}', 400, "The `hours` parameter is unknown."),
        ("POST", "/clock", b"[60]", 400, "The `body` parameter is invalid."),
        ("POST", "/clock", b"{", 400, "The `body` parameter is invalid."),
        ("POST", "/clock", b'{"seconds": NaN}', 400, "The `body` parameter is invalid."),
        ("POST", "/scenarios", b'{"code": 500}', 400, "The `code` parameter is unknown."),
        ("POST", "/scenarios", b'{"body": "' + b"x" * 2**20 + b'"}', 400, "The `body` parameter is invalid."),
        ("PATCH", "/settings", b'{"speed": 2}', 400, "The `speed` parameter is unknown."),
        ("PUT", "/settings", b"", 405, "The method `PUT` is not allowed here. Allowed: GET, PATCH."),
        ("GET", "/reset", b"", 405, "The method `GET` is not allowed here. Allowed: POST."),
        ("GET", "/none", b"", 404, "Resource with id `/_emulator/none` does not exist in `paths`."),
    ],
)
def test_an_unknown_control_is_refused_clearly(
    method: str, path: str, content: bytes, status: int, message: str, control: httpx.Client
) -> None:
    response = control.request(method, path, content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["message"]) == (status, message)
    assert ("allow" in response.headers) == (status == 405)


def test_nothing_can_be_asked_of_an_emulator_that_is_not_running() -> None:
    with pytest.raises(RuntimeError, match="The emulator is not running"):
        Emulator().advance(1)
    with Emulator() as running, pytest.raises(RuntimeError, match="already running"):
        running.start()
