"""When a request is retried, how long is waited before, and when it is not."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID, TASK_ID, created, problem, started_import, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.core._retries import retry_after

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

PASSING: list[Any] = [
    httpx.Response(429, json=problem("too_many_requests", "Slow down.")),
    httpx.Response(502),
    httpx.Response(503),
    httpx.Response(504),
    httpx.ConnectError("refused"),
    httpx.ReadError("reset"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("gone"),
]
PERMANENT = [httpx.Response(status, json=problem()) for status in (400, 401, 403, 404, 409, 418, 500, 501, 520)]


def name(response: Any) -> str:
    return str(response.status_code) if isinstance(response, httpx.Response) else type(response).__name__


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def create(client: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_url="https://example.com/a.mp4")


def import_videos(client: Any) -> Any:
    return client.tasks.transfers.create(INTEGRATION_ID, index_id=INDEX_ID)


@pytest.mark.parametrize("trouble", PASSING, ids=name)
def test_a_request_that_changes_nothing_is_retried_until_the_trouble_has_passed(
    twin: Twin, platform: respx.MockRouter, clock: Clock, trouble: Any
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [trouble, trouble, httpx.Response(200, json=task(status="queued"))]
    assert twin(retrieve).status == "queued"
    assert route.call_count == 3
    assert len(clock.slept) == 2


@pytest.mark.parametrize("trouble", PASSING, ids=name)
def test_a_deletion_is_retried_like_a_request_that_changes_nothing(
    platform: respx.MockRouter, clock: Clock, trouble: Any
) -> None:
    route = platform.delete(f"/tasks/{TASK_ID}")
    route.side_effect = [trouble, httpx.Response(204)]
    assert Twin("sync")(lambda client: client.tasks.delete(TASK_ID)) is None
    assert route.call_count == 2


@pytest.mark.parametrize("trouble", PERMANENT, ids=name)
def test_a_refusal_is_final(twin: Twin, platform: respx.MockRouter, clock: Clock, trouble: httpx.Response) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").mock(return_value=trouble)
    with pytest.raises(errors.ApiError):
        twin(retrieve)
    assert route.call_count == 1
    assert clock.slept == []


def test_a_response_that_makes_no_sense_is_final(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(200, text="<html>")
    with pytest.raises(errors.ResponseError):
        twin(retrieve)
    assert route.call_count == 1


@pytest.mark.parametrize("retries", [0, 1, 2, 5])
def test_the_number_of_retries_is_that_of_the_client(
    twin: Twin, platform: respx.MockRouter, clock: Clock, retries: int
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(503)
    with pytest.raises(errors.ServiceUnavailableError):
        twin(retrieve, max_retries=retries)
    assert route.call_count == 1 + retries


@pytest.mark.parametrize("retries", [0, 1, 4])
def test_the_number_of_retries_of_one_request_wins(
    twin: Twin, platform: respx.MockRouter, clock: Clock, retries: int
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(503)
    with pytest.raises(errors.ServiceUnavailableError):
        twin(lambda client: client.tasks.retrieve(TASK_ID, request_options={"max_retries": retries}))
    assert route.call_count == 1 + retries


@pytest.mark.parametrize(("use", "path", "response"), [
    (create, "/tasks", httpx.Response(200, json=created())),
    (import_videos, f"/tasks/transfers/import/{INTEGRATION_ID}", httpx.Response(201, json=started_import())),
], ids=["create", "import"])  # fmt: skip
@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429, json=problem()),
        httpx.Response(503, headers={"Retry-After": "1"}),
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("busy"),
    ],
    ids=name,
)
def test_a_creation_is_retried_if_the_platform_cannot_have_acted(
    twin: Twin, platform: respx.MockRouter, clock: Clock, use: Any, path: str, response: httpx.Response, trouble: Any
) -> None:
    route = platform.post(path)
    route.side_effect = [trouble, response]
    twin(use)
    assert route.call_count == 2


@pytest.mark.parametrize(
    "trouble",
    [*(trouble for trouble in PASSING if name(trouble) not in ("429", "ConnectError")), httpx.WriteTimeout("slow")],
    ids=name,
)
@pytest.mark.parametrize(("use", "path"), [
    (create, "/tasks"), (import_videos, f"/tasks/transfers/import/{INTEGRATION_ID}")
], ids=["create", "import"])  # fmt: skip
def test_a_creation_that_may_have_reached_the_platform_is_not_retried(
    twin: Twin, platform: respx.MockRouter, clock: Clock, use: Any, path: str, trouble: Any
) -> None:
    route = platform.post(path)
    route.side_effect = [trouble]
    with pytest.raises(errors.TwelveLabsError):
        twin(use)
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("header", "slept"),
    [("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("-3", 0.0), ("86400", 60.0)],
)
def test_retry_after_is_obeyed_up_to_a_minute(
    twin: Twin, platform: respx.MockRouter, clock: Clock, header: str, slept: float
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(429, headers={"Retry-After": header}), httpx.Response(200, json=task())]
    twin(retrieve)
    assert clock.slept == [slept]


def test_retry_after_may_be_a_date(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(503, headers={"Retry-After": date}), httpx.Response(200, json=task())]
    twin(retrieve)
    assert 20 < clock.slept[0] <= 30


@pytest.mark.parametrize("ahead", [-3600, -30, 30, 3600])
def test_a_date_to_retry_after_is_counted_from_that_of_the_response(
    twin: Twin, platform: respx.MockRouter, clock: Clock, ahead: float
) -> None:
    there = datetime.now(UTC) + timedelta(seconds=ahead)  # as the clock of the platform has it
    dates = {"Date": there, "Retry-After": there + timedelta(seconds=5)}
    headers = {name: format_datetime(date, usegmt=True) for name, date in dates.items()}
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(429, headers=headers), httpx.Response(200, json=task())]
    twin(retrieve)
    assert clock.slept == [5]


NOW = datetime(2024, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("Fri, 01 Mar 2024 12:00:10 GMT", 10.0),
        ("Fri, 01 Mar 2024 14:00:10 +0200", 10.0),
        ("Fri, 01 Mar 2024 12:00:10 -0000", 10.0),
        ("Friday, 01-Mar-24 12:00:10 GMT", 10.0),
        ("Fri, 01 Mar 2024 11:00:00 GMT", 0.0),
        ("Fri, 01 Mar 2024 13:00:00 GMT", 60.0),
        ("Fri, 99 Mar 2024 13:00:00 GMT", None),
        ("Fri, 01 Mar 99999 13:00:00 GMT", None),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_every_spelling_of_retry_after_is_understood_or_passed_over(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_pauses_grow_and_stay_below_eight_seconds(platform: respx.MockRouter, clock: Clock) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(503)
    with pytest.raises(errors.ServiceUnavailableError):
        Twin("sync")(retrieve, max_retries=8)
    least = [0.5, 1, 2, 4, 7.5, 7.5, 7.5, 7.5]
    assert all(low <= slept <= low + 0.5 for low, slept in zip(least, clock.slept, strict=True))


def test_a_retry_is_logged_without_the_key(
    platform: respx.MockRouter, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    platform.get(f"/tasks/{TASK_ID}").side_effect = [httpx.Response(503), httpx.Response(200, json=task())]
    with caplog.at_level(logging.INFO, logger="twelvelabs_tasks"):
        Twin("sync")(retrieve)
    (record,) = (record for record in caplog.records if record.name == "twelvelabs_tasks")
    assert "Attempt 1 failed" in record.getMessage()
    assert "503" in record.getMessage()
    assert "tlk_" not in caplog.text
