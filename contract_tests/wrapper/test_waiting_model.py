"""`wait_for_done` against every sequence of states and errors: what is called, slept and returned is as documented."""

from __future__ import annotations

from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.clock import stop_clock
from contract_tests.support.effort import cases
from contract_tests.support.samples import TASK_ID, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

RUNNING = ["uploading", "validating", "pending", "queued", "indexing", "something new", None]
DONE = ["ready", "failed"]
PASSING: list[Any] = [
    429, 500, 501, 502, 503, 504, 520, 561,
    httpx.ConnectError("refused"), httpx.ReadError("reset"), httpx.ReadTimeout("slow"), httpx.ConnectTimeout("slow"),
    httpx.RemoteProtocolError("gone"),
]  # fmt: skip
PERMANENT: list[Any] = [302, 400, 401, 403, 404, 409, 418, 451, 499]

EVENTS = st.lists(
    st.sampled_from(RUNNING).map(lambda status: ("running", status))
    | st.sampled_from(PASSING).map(lambda trouble: ("passing", trouble)),
    max_size=12,
)
ENDS = st.sampled_from(DONE).map(lambda status: ("done", status)) | st.sampled_from(PERMANENT).map(
    lambda status: ("permanent", status)
)
SECONDS = st.integers(1, 400).map(lambda quarters: quarters / 4)  # which add up without rounding


@attrs.define
class Outcome:
    """What a wait does: the statuses its callback is told, how long it sleeps, how often it asks, and how it ends."""

    told: list[Any] = attrs.field(factory=list)
    slept: list[float] = attrs.field(factory=list)
    asked: int = 0
    end: Any = None


def predict(events: list[tuple[str, Any]], interval: float, timeout: float | None, delay: float) -> Outcome:
    """Return what the documentation says a wait does; each check takes `delay` seconds."""
    outcome = Outcome()
    now, last = 0.0, None
    for kind, value in events:
        outcome.asked += 1
        now += delay
        if kind == "permanent":
            outcome.end = ("error", value)
            return outcome
        if kind in ("running", "done"):
            outcome.told.append(value)
            last = ("seen", value)
        if kind == "done":
            outcome.end = ("task", value)
            return outcome
        if timeout is not None and now >= timeout:
            outcome.end = ("timeout", last)
            return outcome
        pause = interval if timeout is None else min(interval, timeout - now)
        outcome.slept.append(pause)
        now += pause
    raise AssertionError("every sequence has an end")


def make_response(kind: str, value: Any) -> httpx.Response:
    if isinstance(value, Exception):
        raise value
    if isinstance(value, int):
        return httpx.Response(value, json=problem(), headers={"Location": "https://elsewhere.test"})
    return httpx.Response(200, json=task(status=value))


@pytest.mark.slow
@pytest.mark.parametrize("awaited", [False, True], ids=["plain callback", "async callback"])
@given(EVENTS, ENDS, SECONDS, st.none() | SECONDS, st.sampled_from([0.0, 0.0, 0.5, 7.0]))
@cases(150)
def test_a_wait_does_what_is_documented(
    twin: Twin,
    awaited: bool,
    events: list[tuple[str, Any]],
    end: tuple[str, Any],
    interval: float,
    timeout: float | None,
    delay: float,
) -> None:
    if awaited and not twin.is_async:
        pytest.skip("the sync client does not await")
    found = Outcome()
    sequence = iter([*events, end])

    def tell(task: Any) -> None:
        found.told.append(task.status)

    async def tell_async(task: Any) -> None:
        tell(task)

    with stop_clock() as clock:

        def respond(request: httpx.Request) -> httpx.Response:
            found.asked += 1
            clock.now += delay
            return make_response(*next(sequence))

        transport = httpx.MockTransport(respond)
        kind = httpx.AsyncClient if twin.is_async else httpx.Client
        try:
            done = twin(
                lambda client: client.tasks.wait_for_done(
                    TASK_ID,
                    sleep_interval=interval,
                    timeout=timeout,
                    callback=tell_async if awaited else tell,
                    request_options={"max_retries": 0},
                ),
                httpx_client=kind(transport=transport),
            )
            found.end = ("task", done.status)
        except errors.WaitTimeoutError as error:
            found.end = ("timeout", error.task and ("seen", error.task.status))
        except errors.TwelveLabsError as error:
            found.end = ("error", getattr(error, "response").status_code)  # noqa: B009 - of two classes
        found.slept = clock.slept
    assert found == predict([*events, end], interval, timeout, delay)
