"""The rate limit: how many requests of a key are accepted within a minute, and from when on the next one is."""

from __future__ import annotations

import re

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.effort import cases
from contract_tests.support.emulators import refusal
from contract_tests.support.times import EPOCH, moment
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.http.traffic import Traffic
from twelvelabs_emulator.responses import ApiError

MINUTE = 60_000
MOMENTS = st.lists(st.sampled_from([0, 1, 5_000, 20_000, MINUTE - 1, MINUTE]), min_size=1, max_size=25)
"""How long after the one before each request comes, in milliseconds."""


def refuse(traffic: Traffic, key: str, limit: int, now: int) -> ApiError | None:
    """Return the refusal of a request, or `None` if it is accepted."""
    try:
        traffic.admit(key, limit, now)
    except ApiError as error:
        return error
    return None


def promise(traffic: Traffic, key: str, limit: int, now: int) -> int | None:
    """Return from when on a request is said to be accepted, in milliseconds since 1970, or `None` if this one is."""
    refused = refuse(traffic, key, limit, now)
    if refused is None:
        return None
    (text,) = re.findall(r"after `(.+)`", str(refused))
    promised = round((moment(text) - EPOCH).total_seconds() * 1000)
    seconds = int(refused.response.headers["Retry-After"])
    assert (seconds - 1) * 1000 < promised - now <= seconds * 1000
    return promised


@given(MOMENTS, st.integers(1, 4))
@cases(200)
def test_a_request_is_refused_exactly_if_the_limit_was_accepted_within_the_last_minute(
    pauses: list[int], limit: int
) -> None:
    traffic, accepted, now = Traffic(), list[int](), 10**12
    for pause in pauses:
        now += pause
        recent = [each for each in accepted if each > now - MINUTE]
        expected = None if len(recent) < limit else recent[-limit] + MINUTE
        assert promise(traffic, "key", limit, now) == expected
        if expected is None:
            accepted.append(now)


def test_another_key_is_not_held_back() -> None:
    traffic = Traffic()
    assert promise(traffic, "one", 1, 0) is None
    assert promise(traffic, "one", 1, 1) == MINUTE
    assert promise(traffic, "two", 1, 2) is None
    assert promise(traffic, "one", 1, MINUTE) is None


def test_a_client_that_keeps_trying_is_accepted_when_it_was_promised_to_be(
    emulator: Emulator, http: httpx.Client
) -> None:
    emulator.configure(rate_limit=2)
    assert [http.get("/tasks").status_code for _ in range(2)] == [200, 200]
    first = again = http.get("/tasks")
    for _ in range(5):
        emulator.advance(5)
        again = http.get("/tasks")
        assert refusal(again) == refusal(first)
    emulator.advance(int(again.headers["Retry-After"]))
    assert [http.get("/tasks").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("limit", [None, 1])
def test_a_limit_counts_from_when_it_is_set(limit: int | None, emulator: Emulator, http: httpx.Client) -> None:
    assert [http.get("/tasks").status_code for _ in range(3)] == [200, 200, 200]
    emulator.configure(rate_limit=limit)
    assert [http.get("/tasks").status_code for _ in range(2)] == ([200, 429] if limit else [200, 200])
