"""Clocks that go wrong, and more tasks at once than a request could care for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import STAGE, plant, platform_of, refusal
from contract_tests.support.polling import until
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.clock import Clock

HOUR = 3600 * 10**9  # in nanoseconds
CROWD = 100_000
PROMPT = 1.0
"""How long a list may take on a busy machine, in seconds; a hundred thousand tasks took twenty."""


def set_clock(monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    """Set the clock of this machine, as a user or a time server does."""
    real = time.time_ns
    monkeypatch.setattr("time.time_ns", lambda: real() + by)


def status(http: httpx.Client, task_id: str) -> str:
    return str(http.get(f"/tasks/{task_id}").json()["status"])


@pytest.mark.parametrize("behind", ["set back", "behind a task"])
def test_the_clock_goes_on_at_its_pace_while_that_of_the_machine_is_behind(
    behind: str, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = platform_of(emulator)
    clock, passed = platform.clock, 5 * 10**9
    if behind == "set back":
        clock.now()
        set_clock(monkeypatch, -HOUR)
    else:  # as a restart finds it
        plant(emulator, {"updated_at": clock.now() + HOUR // 10**6})
        clock = Clock(platform.store)
    real = time.monotonic_ns
    begun, before = real(), clock.now()
    monkeypatch.setattr("time.monotonic_ns", lambda: real() + passed)
    gone = clock.now() - before
    assert 5000 <= gone <= 5001 + (real() - begun) // 10**6


def test_tasks_continue_when_the_clock_of_the_machine_is_set_back(
    emulator: Emulator, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.configure(stage_seconds=0.05)
    due = platform_of(emulator).clock.now() + 50
    (task,) = plant(emulator, {"status": "pending", "due_at": due})
    before = emulator.now
    set_clock(monkeypatch, -HOUR)
    assert emulator.now >= before
    until(lambda: status(http, task.id) == "ready", "the task")


@pytest.mark.slow
def test_tasks_continue_after_a_restart_with_an_earlier_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        set_clock(patch, HOUR)
        with Emulator(tmp_path, stage_seconds=0.05) as emulator:
            before = emulator.now
            due = platform_of(emulator).clock.now() + 50
            (task,) = plant(emulator, {"status": "pending", "due_at": due})
    with (
        Emulator(tmp_path, stage_seconds=0.05) as emulator,
        httpx.Client(base_url=emulator.base_url, headers={"x-api-key": "k"}) as http,
    ):
        assert emulator.now >= before
        until(lambda: status(http, task.id) == "ready", "the task")
        emulator.reset()
        assert emulator.now < before


def test_time_that_was_skipped_counts_once_after_a_restart(tmp_path: Path) -> None:
    with Emulator(tmp_path) as emulator:
        for _ in range(2):
            emulator.advance(HOUR // 10**9)
            plant(emulator, {"updated_at": platform_of(emulator).clock.now()})
        before = platform_of(emulator).clock.now()
    with Emulator(tmp_path) as emulator:
        passed = platform_of(emulator).clock.now() - before
    assert 0 <= passed < HOUR // 10**6 / 2


def test_a_clock_that_is_set_forward_is_followed(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    before = emulator.now
    set_clock(monkeypatch, 24 * HOUR)
    assert emulator.now[:10] > before[:10]


@pytest.mark.parametrize("seconds", [1e18, 1e300, 10**30, 1_000_000_001])
def test_a_stage_that_no_clock_reaches_the_end_of_is_refused(seconds: Any, emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="stage_seconds must be a number from 0 to 1,000,000,000"):
        Emulator(stage_seconds=seconds)
    with pytest.raises(ValueError, match="stage_seconds"):
        emulator.configure(stage_seconds=seconds)


@pytest.mark.parametrize("values", [{"stage_seconds": 1e9}, {"stage_seconds": 1e9, "credit_seconds": 1e308}], ids=str)
def test_the_maximum_settings_work(values: dict[str, Any], emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(**values)
    form = {"index_id": (None, emulator.index_id), "video_url": (None, "http://127.0.0.1:9/v.mp4")}
    assert http.post("/tasks", files=form).status_code == 200
    assert http.get("/tasks").status_code == 200
    emulator.advance(5e9)
    assert http.get("/tasks").status_code == 200


def test_the_emulator_refuses_a_time_it_cannot_write(emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(stage_seconds=1e9)
    response = http.get("/tasks", params={"created_at": "9999-12-31T23:59:59Z"})
    assert response.status_code == 200, refusal(response)


@pytest.mark.slow
def test_a_list_does_not_do_the_work_of_very_many_tasks(emulator: Emulator, http: httpx.Client) -> None:
    emulator.configure(stage_seconds=0.001)
    due = platform_of(emulator).clock.now() + 1
    plant(emulator, *({"status": "pending", "due_at": due} for _ in range(CROWD)))
    (last,) = plant(emulator, {"status": "pending", "due_at": due + 1})
    taken = []

    def count_ready() -> int:
        begun = time.perf_counter()
        response = http.get("/tasks", params={"status": "ready", "page_limit": 50})
        taken.append(time.perf_counter() - begun)
        assert response.status_code == 200, response.text
        return int(response.json()["page_info"]["total_results"])

    count_ready()
    assert status(http, last.id) == "ready"  # A task that is requested is exact, whatever others are due.
    until(lambda: count_ready() == CROWD + 1, "all of them")
    assert max(taken) < PROMPT


def test_after_the_clock_was_moved_every_task_is_where_it_should_be(emulator: Emulator, http: httpx.Client) -> None:
    due = platform_of(emulator).clock.now() + 1000
    plant(emulator, *({"status": "pending", "due_at": due} for _ in range(5_000)))
    emulator.advance(100 * STAGE)
    response = http.get("/tasks", params={"status": "ready"}).json()
    assert response["page_info"]["total_results"] == 5_000
