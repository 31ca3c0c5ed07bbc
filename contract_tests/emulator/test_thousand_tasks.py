"""Waiting for a thousand tasks: how many requests it takes, as the emulator counts them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.support.emulators import plant, platform_of
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.types import VideoIndexingTask

TASKS = 1000
MOST_A_ROUND = 25


@pytest.fixture
def task_ids(emulator: Emulator) -> list[str]:
    """The newest tasks of an index, among older ones of it and newer ones of another."""
    other = emulator.create_index("other")
    due = platform_of(emulator).clock.now() + 1000 * 1000  # in milliseconds: long after the test
    plant(emulator, *({"created_at": 1000} for _ in range(2000)))
    newest = plant(
        emulator, *({"status": "pending", "created_at": 2000 + number, "due_at": due} for number in range(TASKS))
    )
    plant(emulator, *({"index_id": other} for _ in range(2000)))
    return [task.id for task in newest]


@pytest.mark.slow
def test_a_round_of_checks_takes_a_page_for_each_fifty_tasks(
    emulator: Emulator, client: TwelveLabs, task_ids: list[str], record_property: Callable[[str, object], None]
) -> None:
    told = 0
    rounds: list[int] = []

    def proceed(task: VideoIndexingTask) -> None:
        nonlocal told
        told += 1
        if told % TASKS == 0:
            rounds.append(len(emulator.received) - sum(rounds))
            if len(rounds) == 3:
                emulator.advance(3600)

    tasks = client.tasks.wait_for_all(task_ids, sleep_interval=0.01, callback=proceed)
    assert [task.id for task in tasks] == task_ids
    assert {task.status for task in tasks} == {"ready"}
    assert max(rounds) <= MOST_A_ROUND
    record_property("cases", f"waited for {TASKS} tasks: {rounds} requests in {len(rounds)} rounds")
