"""Answers come at once."""

from __future__ import annotations

import time

import httpx

from twelvelabs_emulator import Emulator

DELAYED_ACKNOWLEDGEMENT = 0.04
"""How long the other end may wait before it says that a packet has come, on Linux, in seconds."""


def test_no_answer_waits_for_an_acknowledgement_of_its_first_packet() -> None:
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
