"""Whose task is it: no wrong one is taken for that of an upload, and the true one is not missed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.fake_platform import SETTLING, FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.lost_runs import kill_when
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.spoiled_ledgers import set_back_signs_of_life
from contract_tests.support.twins import Twin
from contract_tests.support.wall_clock import WallClock, wall_clock
from twelvelabs_tasks import errors

NAME = "clip.mp4"
HOUR = 3600.0


@pytest.fixture
def wall() -> Iterator[WallClock]:
    """The clock of this machine."""
    with wall_clock() as clock:
        yield clock


def create_bulk(client: Any, **arguments: Any) -> Any:
    given = {"index_id": INDEX_ID, "video_files": [(NAME, VIDEO)], "settling_seconds": SETTLING, **arguments}
    return client.tasks.create_bulk(**given)


def reconcile(client: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=(NAME, VIDEO), on_unknown="reconcile")


def unclear(result: Any) -> list[str | None]:
    """Return the ids of the candidates of a result, or of an exception, that says it is unclear."""
    lost = result if isinstance(result, Exception) else result.error
    assert isinstance(lost, errors.CreateOutcomeUnknown), result
    return [candidate.id for candidate in lost.candidates]


def once(action: Callable[[], object]) -> Callable[[], None]:
    """Return what does something at its first call, and nothing at the others."""
    left = [action]

    def act() -> None:
        if left:
            left.pop()()

    return act


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("create", [create_bulk, reconcile])
def test_a_task_that_was_created_well_after_the_end_of_an_upload_is_not_its(
    twin: Twin, platform: FakePlatform, wall: WallClock, create: Callable[[Any], Any]
) -> None:
    def let_time_pass() -> None:
        wall.ahead = platform.clock_ahead = 9.0
        platform.add(NAME)  # by somebody else

    platform.date_ahead = None
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.before_list = once(let_time_pass)
    (result,) = platform.use_all(twin, create)
    (result,) = result if isinstance(result, list) else [result]
    assert unclear(result) == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 1


def test_a_task_that_another_call_of_the_client_was_given_meanwhile_is_not_its(
    platform: FakePlatform, file: Path
) -> None:
    """The list shows it before that call has its response, and the verdict is given after it."""
    creations: list[threading.Thread] = []

    def use(client: Any) -> Any:
        def begin() -> None:
            creation = threading.Thread(target=lambda: client.tasks.create(index_id=INDEX_ID, video_file=file))
            creations.append(creation)
            creation.start()
            until(lambda: platform.tasks, "the task of the other call")
            platform.before_list = end

        def end() -> None:
            platform.release()
            creations[0].join()

        platform.before_list = once(begin)
        return create_bulk(client)

    platform.fates = {NAME: [Fate.BROKEN, Fate.KEPT]}
    ((result,),) = platform.use_all(Twin("sync"), use)
    assert result.task.id == platform.tasks[1]["_id"]  # the list certainly showed none of its own
    assert platform.sent[NAME] == 3


def test_a_task_that_may_be_that_of_a_call_that_began_while_the_list_was_read_is_unclear(
    platform: FakePlatform, file: Path
) -> None:
    with ThreadPoolExecutor(1) as threads:

        def use(client: Any) -> Any:
            def begin() -> None:
                threads.submit(client.tasks.create, index_id=INDEX_ID, video_file=file)
                until(lambda: platform.tasks, "the task of the other call")

            platform.before_list = once(begin)
            try:
                return create_bulk(client)
            finally:
                platform.release()

        platform.fates = {NAME: [Fate.BROKEN, Fate.KEPT]}
        ((result,),) = platform.use_all(Twin("sync"), use)
    assert unclear(result) == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 2


# Many tasks of the same name


def test_two_tasks_of_the_time_of_an_upload_are_unclear_however_many_older_ones_there_are(
    twin: Twin, platform: FakePlatform
) -> None:
    for number in range(49):
        platform.add(NAME, ago=20 * HOUR - number)
    other = platform.add(NAME, ago=1.0)
    platform.fates = {NAME: [Fate.LOST]}
    ((result,),) = platform.use_all(twin, create_bulk)
    assert unclear(result)[:2] == [platform.tasks[-1]["_id"], other]
    assert platform.sent[NAME] == 1


def test_the_task_of_an_upload_is_found_however_many_older_ones_there_are(twin: Twin, platform: FakePlatform) -> None:
    for number in range(60):
        platform.add(NAME, ago=20 * HOUR - number)
    platform.fates = {NAME: [Fate.LOST]}
    ((result,),) = platform.use_all(twin, create_bulk)
    assert result.task is not None, result
    assert result.task.id == platform.tasks[-1]["_id"]
    assert platform.sent[NAME] == 1


# What the list leaves out, and what a ledger does not know


def test_a_task_that_the_list_shows_with_an_empty_filename_may_be_that_of_any_upload(
    twin: Twin, platform: FakePlatform
) -> None:
    platform.listed_as = lambda _: ""
    platform.fates = {NAME: [Fate.LOST]}
    ((result,),) = platform.use_all(twin, create_bulk)
    assert unclear(result) == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 1


@pytest.mark.slow
def test_an_upload_that_began_long_after_the_last_sign_of_life_of_its_run_is_found(
    twin: Twin, platform: FakePlatform, file: Path, ledger: Path
) -> None:
    """As after a long pause, when the run is killed before the next sign of life."""
    platform.fates = {NAME: [Fate.KEPT]}
    kill_when(lambda: platform.tasks, platform, ledger, [file])
    set_back_signs_of_life(ledger, 60.0)
    (result,) = platform.create_in_turn(twin, video_files=[file], ledger=ledger)
    assert result.task is not None, result
    assert result.task.id == platform.tasks[0]["_id"]
    assert platform.sent[NAME] == 1


def test_an_upload_whose_ledger_was_elsewhere_when_its_response_came_is_found_by_the_same_client(
    twin: Twin, platform: FakePlatform, file: Path, ledger: Path
) -> None:
    away = ledger.with_name("away.sqlite")
    move_away = once(lambda: ledger.rename(away))

    def use(client: Any) -> Any:
        return create_bulk(client, video_files=[file], ledger=ledger, on_progress=lambda *_: move_away())

    def use_again(client: Any) -> Any:
        away.rename(ledger)
        return create_bulk(client, video_files=[file], ledger=ledger)

    moved, (result,) = platform.use_all(twin, use, use_again)
    assert isinstance(moved, errors.LedgerError)
    assert result.task is not None, result
    assert result.task.id == platform.tasks[0]["_id"]
    assert platform.sent[NAME] == 1
