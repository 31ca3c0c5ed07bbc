"""`wait_for_done`, sentence by sentence. Every sequence of states and errors is in `test_waiting_model`."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.samples import TASK_ID, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

TENANT: ContextVar[str] = ContextVar("tenant", default="of nobody")


def make_responses(*statuses: str | int | Exception) -> list[Any]:
    """Return a response for each status of a task, status code or exception."""
    made: list[Any] = []
    for status in statuses:
        if isinstance(status, str):
            made.append(httpx.Response(200, json=task(status=status)))
        elif isinstance(status, int):
            made.append(httpx.Response(status, json=problem()))
        else:
            made.append(status)
    return made


@pytest.mark.parametrize("interval", [0, -1, 0.0, float("nan")])
def test_the_interval_must_be_greater_than_zero(twin: Twin, platform: respx.MockRouter, interval: float) -> None:
    with pytest.raises(ValueError, match="sleep_interval must be a finite number greater than 0"):
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, sleep_interval=interval))
    assert not platform.calls


@pytest.mark.parametrize("status", ["ready", "failed"])
def test_a_task_that_is_done_is_returned_at_once(
    twin: Twin, platform: respx.MockRouter, clock: Clock, status: str
) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(json=task(status=status))
    told: list[Any] = []
    done = twin(lambda client: client.tasks.wait_for_done(TASK_ID, callback=told.append))
    assert done.status == status
    assert told == [done]
    assert clock.slept == []


def test_the_interval_is_slept_between_checks(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "indexing", "somewhere new", "ready")
    twin(lambda client: client.tasks.wait_for_done(TASK_ID, sleep_interval=0.25))
    assert clock.slept == [0.25] * 3


def test_an_async_callback_is_awaited(platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "ready")
    told: list[str] = []

    async def callback(task: Any) -> None:
        told.append(task.status)

    for twin in (Twin("asyncio"), Twin("trio")):
        platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "ready")
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, callback=callback))
    assert told == ["queued", "ready"] * 2


def test_what_a_callback_raises_ends_the_wait(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "ready")

    def callback(task: Any) -> None:
        raise LookupError(task.status)

    with pytest.raises(LookupError, match="queued"):
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, callback=callback))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418])
def test_an_error_that_does_not_pass_ends_the_wait(
    twin: Twin, platform: respx.MockRouter, clock: Clock, status: int
) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", status)
    with pytest.raises(errors.ApiError) as caught:
        twin(lambda client: client.tasks.wait_for_done(TASK_ID))
    assert caught.value.status_code == status


def test_a_response_that_makes_no_sense_ends_the_wait(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(200, text="<html>")
    with pytest.raises(errors.ResponseError):
        twin(lambda client: client.tasks.wait_for_done(TASK_ID))


def test_errors_that_pass_are_logged_and_the_wait_continues(
    twin: Twin, platform: respx.MockRouter, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    passing: list[int | Exception] = [429, 500, 503, 520, httpx.ConnectError("refused"), httpx.ReadTimeout("slow")]
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses(*passing, "ready")
    told: list[Any] = []
    with caplog.at_level(logging.WARNING, logger="twelvelabs_tasks"):
        twin(
            lambda client: client.tasks.wait_for_done(TASK_ID, callback=told.append, request_options={"max_retries": 0})
        )
    assert len(told) == 1
    assert clock.slept == [5.0] * len(passing)
    warned = [record for record in caplog.records if record.name == "twelvelabs_tasks"]
    assert len(warned) == len(passing)
    assert all(TASK_ID in record.getMessage() for record in warned)


def test_the_timeout_carries_the_task_last_seen(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "indexing", "indexing")
    with pytest.raises(
        errors.WaitTimeoutError, match=f"Timed out after 12 seconds: task {TASK_ID} is still 'indexing'"
    ) as caught:
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, timeout=12, sleep_interval=6))
    assert caught.value.task is not None
    assert caught.value.task.status == "indexing"
    assert clock.slept == [6, 6]


def test_the_timeout_carries_the_task_last_seen_though_it_could_not_be_checked_since(
    twin: Twin, platform: respx.MockRouter, clock: Clock
) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "indexing", 500, 503)
    with pytest.raises(errors.WaitTimeoutError, match="is still 'indexing'") as caught:
        twin(
            lambda client: client.tasks.wait_for_done(
                TASK_ID, timeout=15, sleep_interval=5, request_options={"max_retries": 0}
            )
        )
    assert caught.value.task is not None
    assert caught.value.task.status == "indexing"
    assert [task.status for task in caught.value.tasks] == ["indexing"]


@pytest.mark.parametrize("timeout", [None, 60.0])
def test_requests_are_sent_in_the_context_of_the_caller(twin: Twin, timeout: float | None) -> None:
    seen: list[str] = []

    def respond(_: httpx.Request) -> httpx.Response:
        seen.append(TENANT.get())
        return httpx.Response(200, json=task())

    supplied: Any = (httpx.AsyncClient if twin.is_async else httpx.Client)(transport=httpx.MockTransport(respond))
    token = TENANT.set("of the caller")
    try:
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, timeout=timeout), httpx_client=supplied)
    finally:
        TENANT.reset(token)
    assert seen == ["of the caller"]


def test_the_last_sleep_ends_with_the_timeout(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = make_responses("queued", "indexing", "ready")
    assert twin(lambda client: client.tasks.wait_for_done(TASK_ID, timeout=7, sleep_interval=5)).status == "ready"
    assert clock.slept == [5, 2]


def test_a_timeout_of_nothing_checks_once(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = make_responses("queued")
    with pytest.raises(errors.WaitTimeoutError):
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, timeout=0))
    assert route.call_count == 1


def test_a_task_that_was_never_seen_is_none(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").mock(side_effect=httpx.ConnectError("refused"))
    with pytest.raises(errors.WaitTimeoutError, match="was never seen") as caught:
        twin(lambda client: client.tasks.wait_for_done(TASK_ID, timeout=60))
    assert caught.value.task is None
