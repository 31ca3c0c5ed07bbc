"""`wait_for_all` and `as_completed`, sentence by sentence. Mixtures of tasks are in `test_waiting_for_many_model`."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from contract_tests.support.account import Account
from contract_tests.support.clock import Clock
from contract_tests.support.samples import identifier
from contract_tests.support.twins import Twin
from contract_tests.support.waits import use_as_completed, use_wait_for_all
from twelvelabs_tasks import errors

NEWEST_1000 = [identifier(number) for number in range(1000, 2000)]


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
@pytest.mark.parametrize("interval", [0, -1, float("nan")])
def test_the_interval_must_be_greater_than_zero(twin: Twin, use: Any, interval: float) -> None:
    account = Account(statuses={1: "ready"})
    with pytest.raises(ValueError, match="sleep_interval must be a finite number greater than 0"):
        account.use(twin, use([identifier(1)], sleep_interval=interval))
    assert account.asked == []


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
@pytest.mark.parametrize("wrong", ["", ".."])
def test_an_invalid_identifier_is_refused_before_anything_is_sent(twin: Twin, use: Any, wrong: str) -> None:
    account = Account(statuses={1: "ready"})
    with pytest.raises(ValueError, match="task_id"):
        account.use(twin, use([identifier(1), wrong]))
    assert account.asked == []


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
def test_one_identifier_is_not_taken_for_its_letters(twin: Twin, use: Any) -> None:
    with pytest.raises(TypeError, match="use wait_for_done for a single task"):
        Account(statuses={}).use(twin, use(identifier(1)))


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
def test_there_is_nothing_to_ask_about_no_tasks(twin: Twin, use: Any) -> None:
    account = Account(statuses={1: "ready"})
    assert account.use(twin, use([])) == []
    assert account.asked == []


def test_tasks_come_back_in_the_order_they_were_named_also_twice(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(10), "ready") | {3: "failed"})
    ids = [identifier(number) for number in (7, 3, 9, 3, 0)]
    tasks = account.use(twin, use_wait_for_all(ids))
    assert [task.id for task in tasks] == ids
    assert [task.status for task in tasks] == ["ready", "failed", "ready", "failed", "ready"]
    assert clock.slept == []


@pytest.mark.slow
def test_the_newest_1000_tasks_take_a_page_for_each_50_and_one_request_to_find_their_index(
    twin: Twin, clock: Clock
) -> None:
    account = Account(statuses=dict.fromkeys(range(2000), "indexing"))

    def finish() -> None:
        if len(clock.slept) == 2:
            account.statuses = dict.fromkeys(account.statuses, "ready")

    account.on_request = finish
    tasks = account.use(twin, use_wait_for_all(NEWEST_1000))
    assert [task.id for task in tasks] == NEWEST_1000
    assert len(account.asked) == 21 + 20 + 20
    assert clock.slept == [5.0, 5.0]


@pytest.mark.slow
def test_other_indexes_do_not_lengthen_the_way(twin: Twin, clock: Clock) -> None:
    others = range(2000, 12_000)
    account = Account(statuses=dict.fromkeys(range(12000), "ready"), indexes=dict.fromkeys(others, "f" * 24))
    account.use(twin, use_wait_for_all(NEWEST_1000))
    assert len(account.asked) == 21


def test_tasks_of_several_indexes_are_listed_by_index(twin: Twin, clock: Clock) -> None:
    account = Account(
        statuses=dict.fromkeys(range(200), "ready"), indexes={number: f"{number % 2:024x}" for number in range(200)}
    )
    assert len(account.use(twin, use_wait_for_all([identifier(number) for number in range(200)]))) == 200
    assert account.asked == [
        f"/tasks/{identifier(0)}", "/tasks page 1", "/tasks page 2",
        f"/tasks/{identifier(1)}", "/tasks page 1", "/tasks page 2",
    ]  # fmt: skip


def test_only_as_many_pages_are_requested_as_hold_tasks_that_are_not_done(twin: Twin, clock: Clock) -> None:
    account = Account(statuses={number: "ready" if number < 1950 else "queued" for number in range(2000)})

    def finish() -> None:
        if clock.slept:
            account.statuses = dict.fromkeys(account.statuses, "ready")

    account.on_request = finish
    account.use(twin, use_wait_for_all(NEWEST_1000))
    assert account.asked[21:] == ["/tasks page 1"]


def test_old_tasks_are_retrieved_where_that_is_cheaper_than_paging_to_them(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(10000), "ready"))
    ids = [identifier(number) for number in range(4)]
    account.use(twin, use_wait_for_all(ids))
    assert account.asked == [
        f"/tasks/{ids[0]}",
        "/tasks page 1",
        "/tasks page 2",
        *(f"/tasks/{each}" for each in ids[1:]),
    ]


def test_a_task_that_lists_do_not_show_is_retrieved(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(100), "ready"), unlisted={50})
    tasks = account.use(twin, use_wait_for_all([identifier(number) for number in range(100)]))
    assert tasks[50].id == identifier(50)
    assert account.asked[-1] == f"/tasks/{identifier(50)}"
    assert len(account.asked) == 4


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
@pytest.mark.parametrize("missing", [0, 5, 9])
def test_a_task_that_does_not_exist_ends_the_wait(twin: Twin, clock: Clock, use: Any, missing: int) -> None:
    account = Account(statuses={number: "queued" for number in range(10) if number != missing})
    with pytest.raises(errors.NotFoundError, match=identifier(missing)):
        account.use(twin, use([identifier(number) for number in range(10)]))


@pytest.mark.parametrize("status", [400, 401, 403, 409, 418])
@pytest.mark.parametrize("before", [0, 1], ids=["retrieving", "listing"])
def test_an_error_that_does_not_pass_ends_the_wait(twin: Twin, clock: Clock, status: int, before: int) -> None:
    account = Account(statuses=dict.fromkeys(range(10), "ready"), trouble=[*[None] * before, status])
    with pytest.raises(errors.ApiError) as caught:
        account.use(twin, use_wait_for_all([identifier(number) for number in range(10)]))
    assert caught.value.status_code == status


def test_errors_that_pass_are_logged_and_the_wait_continues(
    twin: Twin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    passing = [429, 500, 503, 520, httpx.ConnectError("refused"), httpx.ReadTimeout("slow")]
    account = Account(statuses=dict.fromkeys(range(10), "ready"), trouble=[*passing, None, *passing])
    with caplog.at_level(logging.WARNING, logger="twelvelabs_tasks"):
        assert len(account.use(twin, use_wait_for_all([identifier(number) for number in range(10)]))) == 10
    assert clock.slept == [5.0] * len(passing) * 2
    warned = [record.getMessage() for record in caplog.records if record.name == "twelvelabs_tasks"]
    assert len(warned) == len(passing) * 2
    assert all(message.startswith("10 tasks could not be checked, trying again") for message in warned)


def test_the_callback_gets_each_task_after_each_check_until_it_is_done(twin: Twin, clock: Clock) -> None:
    account = Account(statuses={1: "ready", 2: "queued", 3: "indexing"})
    told: list[tuple[str, str]] = []

    def finish() -> None:
        if clock.slept:
            account.statuses |= {2: "failed", 3: "ready"}

    account.on_request = finish
    account.use(
        twin,
        use_wait_for_all(
            [identifier(number) for number in (1, 2, 3)], callback=lambda task: told.append((task.id, task.status))
        ),
    )
    assert sorted(told) == [
        (identifier(1), "ready"), (identifier(2), "failed"), (identifier(2), "queued"),
        (identifier(3), "indexing"), (identifier(3), "ready"),
    ]  # fmt: skip


def test_an_async_callback_is_awaited(clock: Clock) -> None:
    told: list[str] = []

    async def callback(task: Any) -> None:
        told.append(task.status)

    for twin in (Twin("asyncio"), Twin("trio")):
        Account(statuses={1: "failed"}).use(twin, use_wait_for_all([identifier(1)], callback=callback))
    assert told == ["failed", "failed"]


def test_what_a_callback_raises_ends_the_wait(twin: Twin, clock: Clock) -> None:
    def callback(task: Any) -> None:
        raise LookupError(task.status)

    with pytest.raises(LookupError, match="queued"):
        Account(statuses={1: "queued"}).use(twin, use_wait_for_all([identifier(1)], callback=callback))


def test_tasks_are_yielded_as_they_finish(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(4), "queued"))

    def finish() -> None:
        account.statuses |= dict.fromkeys([(), (2,), (2, 0), (2, 0, 1, 3)][min(len(clock.slept), 3)], "ready")

    account.on_request = finish
    tasks = account.use(twin, use_as_completed([identifier(number) for number in (0, 1, 2, 3, 2)]))
    assert [task.id for task in tasks[:2]] == [identifier(2), identifier(0)]
    assert sorted(task.id for task in tasks[2:]) == [identifier(1), identifier(3)]
    assert clock.slept == [5.0] * 3


def test_a_task_that_is_done_is_yielded_before_more_is_asked(clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(200), "ready"))
    asked = account.use(
        Twin("sync"),
        lambda client: (
            next(client.tasks.as_completed([identifier(number) for number in range(200)])),
            len(account.asked),
        ),
    )[1]
    assert asked == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_an_iteration_may_be_left_at_any_time(clock: Clock, backend: str) -> None:
    account = Account(statuses=dict.fromkeys(range(200), "ready"))

    async def first(client: Any) -> Any:
        async for task in client.tasks.as_completed([identifier(number) for number in range(200)]):
            return task
        raise AssertionError("there are tasks")

    assert account.use(Twin(backend), first).status == "ready"
    assert len(account.asked) == 1


@pytest.mark.parametrize("use", [use_wait_for_all, use_as_completed])
def test_the_timeout_carries_the_tasks_last_seen(twin: Twin, clock: Clock, use: Any) -> None:
    account = Account(statuses={1: "ready", 2: "queued", 3: "indexing"})
    ids = [identifier(number) for number in (3, 1, 2)]
    with pytest.raises(
        errors.WaitTimeoutError, match="Timed out after 12 seconds: 2 of 3 tasks are not done"
    ) as caught:
        account.use(twin, use(ids, timeout=12, sleep_interval=6))
    assert [(task.id, task.status) for task in caught.value.tasks] == list(
        zip(ids, ["indexing", "ready", "queued"], strict=True)
    )
    assert caught.value.task is None
    assert clock.slept == [6, 6]


def test_a_timeout_of_nothing_still_checks_every_task_once(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(1, 100), "ready") | {0: "queued"})

    def pass_time() -> None:
        clock.now += 0.1

    account.on_request = pass_time
    with pytest.raises(errors.WaitTimeoutError, match="Timed out after 0 seconds: 1 of 100 tasks") as caught:
        account.use(twin, use_wait_for_all([identifier(number) for number in range(100)], timeout=0))
    assert len(caught.value.tasks) == 100


@pytest.mark.slow
def test_a_round_that_outlasts_the_timeout_ends_with_it(twin: Twin, clock: Clock) -> None:
    account = Account(statuses=dict.fromkeys(range(1000), "queued"))

    def pass_time() -> None:
        clock.now += 1

    account.on_request = pass_time
    with pytest.raises(errors.WaitTimeoutError):
        account.use(twin, use_wait_for_all([identifier(number) for number in range(1000)], timeout=40))
    assert len(account.asked) == 21 + 14
    assert clock.slept == [5.0]


def test_a_task_that_is_returned_under_another_id_is_the_one_that_was_requested(twin: Twin, clock: Clock) -> None:
    account = Account(statuses={1: "ready"})
    kind = httpx.AsyncClient if twin.is_async else httpx.Client
    response = httpx.Response(200, json={"_id": identifier(2), "status": "ready"})
    transport = httpx.MockTransport(lambda request: response)
    (task,) = twin(use_wait_for_all([identifier(1)]), httpx_client=kind(transport=transport))
    assert task.status == "ready"
    assert account.asked == []
