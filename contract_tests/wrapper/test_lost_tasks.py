"""A `create` that searches for its task: clocks that are off, tasks of others, names that the list rewrites."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contract_tests.support.clock import Clock, stop_clock
from contract_tests.support.fake_platform import Fate, serve_platform
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

NAME = "a.mp4"
A_LITTLE = [-0.05, -0.02, *(tenths / 10 for tenths in range(-20, 21, 2) if tenths)]  # seconds


def reconcile(client: Any, name: str = NAME) -> Any:
    return client.tasks.create(index_id=INDEX_ID, video_file=(name, VIDEO), on_unknown="reconcile")


def create_bulk(client: Any) -> Any:
    return client.tasks.create_bulk(index_id=INDEX_ID, video_files=[(NAME, VIDEO)])


@pytest.mark.slow
@pytest.mark.parametrize("has_date", [True, False], ids=["with Date", "without Date"])
def test_a_task_is_found_if_the_clock_of_the_platform_is_off_by_up_to_two_seconds(
    twin: Twin, clock: Clock, has_date: bool
) -> None:
    not_found: list[float] = []
    for ahead in A_LITTLE:
        with serve_platform(
            clock_ahead=ahead, date_ahead=ahead if has_date else None, fates={NAME: [Fate.LOST]}
        ) as platform:
            (result,) = platform.use_all(twin, reconcile)
            if isinstance(result, errors.CreateOutcomeUnknown):
                not_found.append(ahead)
            else:
                assert result.id == platform.tasks[0]["_id"]
    assert not_found == []


@pytest.mark.parametrize("date_ahead", [3.0, 10.0, 3600.0])
def test_a_task_is_found_if_only_the_date_of_a_gateway_is_ahead(twin: Twin, clock: Clock, date_ahead: float) -> None:
    with serve_platform(date_ahead=date_ahead, fates={NAME: [Fate.LOST]}) as platform:
        (result,) = platform.use_all(twin, reconcile)
        assert not isinstance(result, errors.CreateOutcomeUnknown), result
        assert result.id == platform.tasks[0]["_id"]


@pytest.mark.parametrize("first", [Fate.CREATED, Fate.LOST])
def test_a_task_that_the_client_was_given_is_not_found_again(twin: Twin, clock: Clock, first: Fate) -> None:
    with serve_platform(clock_ahead=1.5, date_ahead=None, fates={NAME: [first, Fate.BROKEN]}) as platform:
        given, unknown = platform.use_all(twin, reconcile, reconcile)
        assert given.id == platform.tasks[0]["_id"]
        assert isinstance(unknown, errors.CreateOutcomeUnknown), unknown
        assert unknown.candidates == ()


def test_a_task_that_the_client_was_given_by_a_bulk_creation_is_not_found(twin: Twin, clock: Clock) -> None:
    with serve_platform(clock_ahead=1.5, date_ahead=None, fates={NAME: [Fate.CREATED, Fate.BROKEN]}) as platform:
        (given,), unknown = platform.use_all(twin, create_bulk, reconcile)
        assert given.task.id == platform.tasks[0]["_id"]
        assert isinstance(unknown, errors.CreateOutcomeUnknown), unknown
        assert unknown.candidates == ()


@pytest.mark.parametrize("search", [reconcile, create_bulk])
def test_a_task_that_may_be_that_of_another_creation_under_way_is_not_found(search: Callable[[Any], Any]) -> None:
    def use(client: Any) -> Any:
        with ThreadPoolExecutor(1) as threads:
            other = threads.submit(client.tasks.create, index_id=INDEX_ID, video_file=(NAME, VIDEO))
            until(lambda: platform.tasks, "the task of the other creation")
            try:
                with stop_clock():
                    created = search(client)
                return created[0].error if isinstance(created, list) else created
            finally:
                platform.release()
                assert other.result().id == platform.tasks[0]["_id"]

    with serve_platform(fates={NAME: [Fate.KEPT, Fate.BROKEN]}) as platform:
        (unknown,) = platform.use_all(Twin("sync"), use)
        assert isinstance(unknown, errors.CreateOutcomeUnknown), unknown
        assert [candidate.id for candidate in unknown.candidates] == [platform.tasks[0]["_id"]]
        assert platform.sent[NAME] == 2


@pytest.mark.parametrize(("name", "listed_as"), [('a"b.mp4', "a%22b.mp4"), (r"C:\x\y.mp4", "y.mp4")])
def test_a_task_whose_name_the_list_rewrites_is_a_candidate(
    twin: Twin, clock: Clock, name: str, listed_as: str
) -> None:
    with serve_platform(listed_as=lambda _: listed_as, fates={name: [Fate.LOST]}) as platform:
        (unknown,) = platform.use_all(twin, lambda client: reconcile(client, name))
        assert isinstance(unknown, errors.CreateOutcomeUnknown)
        assert [candidate.id for candidate in unknown.candidates] == [platform.tasks[0]["_id"]]
