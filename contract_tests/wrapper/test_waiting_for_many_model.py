"""`wait_for_all` and `as_completed` over every mixture of tasks: what comes back, when, and for how many requests."""

from __future__ import annotations

import attrs
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.account import Account
from contract_tests.support.clock import stop_clock
from contract_tests.support.effort import cases
from contract_tests.support.samples import identifier
from contract_tests.support.twins import Twin
from contract_tests.support.waits import use_as_completed, use_wait_for_all

TASKS = 400
NUMBERS = st.integers(0, TASKS - 1)
TROUBLE = st.sampled_from([429, 500, 503, httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])


@attrs.define
class Situation:
    """Tasks in some indexes, some of them waited for, each done after a number of rounds.

    Attributes:
        waited_for: The numbers of the tasks waited for.
        indexes: How many indexes there are; task by task, they take turns.
        unlisted: The tasks that lists do not show.
        rounds: After how many rounds the tasks waited for are done, over and over.
        trouble: What the requests meet: by their number, counted from 0.
    """

    waited_for: list[int]
    indexes: int
    unlisted: set[int]
    rounds: list[int]
    trouble: dict[int, object] = attrs.field(factory=dict)

    def done_after(self, number: int) -> int:
        return self.rounds[number % len(self.rounds)]


SITUATIONS = st.builds(
    Situation,
    waited_for=st.lists(NUMBERS, max_size=20) | st.builds(lambda first: list(range(first, TASKS)), NUMBERS),
    indexes=st.sampled_from([1, 1, 2, 7]),
    unlisted=st.sets(NUMBERS, max_size=10),
    rounds=st.lists(st.integers(0, 3), min_size=1, max_size=7),
    trouble=st.dictionaries(st.integers(0, 30), TROUBLE, max_size=3),
)


@pytest.mark.slow
@given(SITUATIONS, st.booleans())
@cases(100)
def test_every_task_comes_back_once_it_is_done_for_less_than_two_requests_each(
    twin: Twin, situation: Situation, one_by_one: bool
) -> None:
    account = Account(
        statuses=dict.fromkeys(range(TASKS), "queued"),
        indexes={number: identifier(number % situation.indexes) for number in range(TASKS)},
        unlisted=situation.unlisted,
    )
    ids = [identifier(number) for number in situation.waited_for]
    with stop_clock() as clock:

        def proceed() -> None:
            number = len(account.asked)
            account.trouble = [situation.trouble[number]] if number in situation.trouble else []
            if len(clock.slept) == len(rounds):
                rounds.append([len({*situation.waited_for} - account.told), 0])
            rounds[-1][1] += 1
            for each in {*situation.waited_for}:
                if situation.done_after(each) <= len(clock.slept):
                    account.statuses[each] = "ready"

        rounds: list[list[int]] = []  # of each, how many tasks were left when it began, and how many requests it took
        account.on_request = proceed
        tasks = account.use(twin, (use_as_completed if one_by_one else use_wait_for_all)(ids))
    assert {task.status for task in tasks} <= {"ready"}
    if one_by_one:
        assert sorted(task.id for task in tasks) == sorted(set(ids))
    else:
        assert [task.id for task in tasks] == ids
    assert all(requests < 2 * left for left, requests in rounds)
    last = max(map(situation.done_after, situation.waited_for), default=0)
    assert len(clock.slept) <= last + len(situation.trouble)
