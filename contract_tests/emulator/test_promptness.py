"""Responses come at once, and so does the end."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from twelvelabs_emulator import Emulator

DELAYED_ACKNOWLEDGEMENT = 0.04
"""How long the other end may wait before it says that a packet has come, on Linux, in seconds."""


def test_no_response_waits_for_an_acknowledgement_of_its_first_packet() -> None:
    with (
        Emulator(stage_seconds=0) as emulator,
        httpx.Client(base_url=emulator.base_url, headers={"x-api-key": emulator.api_key}, trust_env=False) as client,
    ):
        assert min(seconds_for(client) for _ in range(20)) < DELAYED_ACKNOWLEDGEMENT / 2


def seconds_for(client: httpx.Client) -> float:
    """Return how long a request takes, on a connection that is there already."""
    start = time.perf_counter()
    client.get("/tasks").raise_for_status()
    return time.perf_counter() - start


@pytest.mark.slow
def test_an_emulator_ends_at_once_though_the_clock_stood_still_while_it_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    emulator = Emulator().start()
    with monkeypatch.context() as patch:
        patch.setattr("time.monotonic", lambda: 0.0)
        httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": emulator.api_key}, trust_env=False)
        threading.Event().wait(0.1)  # hands over to the server, so that it goes back to sleep by this clock
    stopping = threading.Thread(target=emulator.stop, daemon=True)
    stopping.start()
    stopping.join(30)
    assert not stopping.is_alive()
