"""Pages of tasks: which are asked for, and what a pager tells."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.samples import page, problem, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.core import AsyncPager, SyncPager


def tasks(*names: str) -> list[Any]:
    return [task(_id=name) for name in names]


def numbers(route: respx.Route) -> list[str | None]:
    """Return the page that each request asked for."""
    return [call.request.url.params.get("page") for call in route.calls]


def test_a_pager_is_a_page_and_leads_to_the_next(twin: Twin, platform: respx.MockRouter) -> None:
    info = {"page": 1, "limit_per_page": 2, "total_page": 2, "total_results": 3}
    route = platform.get("/tasks")
    route.side_effect = [
        httpx.Response(200, json=page(tasks("a", "b"), **info)),
        httpx.Response(200, json=page(tasks("c"), **{**info, "page": 2})),
    ]
    first, second = twin.pages(lambda client: client.tasks.list(page_limit=2))
    assert type(first) is (AsyncPager if twin.is_async else SyncPager)
    assert [each.id for each in first.items] == ["a", "b"]
    assert [each.id for each in second.items] == ["c"]
    assert (first.has_next, second.has_next) == (True, False)
    assert first.page_info is not None
    assert first.page_info.total_results == 3
    assert second.page_info.page == 2
    assert second.response.json()["data"][0]["_id"] == "c"
    assert numbers(route) == [None, "2"]


def test_a_page_after_the_last_is_none(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=page(tasks("a"), total_page=1))
    if twin.is_async:

        async def after(client: Any) -> Any:
            return await (await client.tasks.list()).next_page()

        assert twin(after) is None
    else:
        assert twin(lambda client: client.tasks.list().next_page()) is None
    assert route.call_count == 1


# trio warns of every async generator that is left before its end.
@pytest.mark.filterwarnings("ignore:Async generator 'twelvelabs_tasks_api.pagers:ResourceWarning")
def test_pages_are_fetched_only_when_they_are_reached(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=page(tasks("a", "b"), total_page=5))
    fetched: list[tuple[str, int]] = []

    def first_three(client: Any) -> None:
        for item in client.tasks.list():
            fetched.append((item.id, route.call_count))
            if len(fetched) == 3:
                return

    async def first_three_async(client: Any) -> None:
        async for item in await client.tasks.list():
            fetched.append((item.id, route.call_count))
            if len(fetched) == 3:
                return

    twin(first_three_async if twin.is_async else first_three)
    assert fetched == [("a", 1), ("b", 1), ("a", 2)]
    assert route.call_count == 2


def test_a_page_is_yielded_before_the_next_one_is_fetched(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=page(tasks("a"), total_page=3))
    fetched: list[int] = []

    def go_through(client: Any) -> None:
        fetched.extend(route.call_count for _ in client.tasks.list().iter_pages())

    async def go_through_async(client: Any) -> None:
        pager = await client.tasks.list()
        fetched.extend([route.call_count async for _ in pager.iter_pages()])

    twin(go_through_async if twin.is_async else go_through)
    assert fetched == [1, 2, 3]


def test_a_pager_may_be_gone_through_twice(platform: respx.MockRouter) -> None:
    platform.get("/tasks").respond(json=page(tasks("a"), total_page=2))

    def twice(client: Any) -> Any:
        pager = client.tasks.list()
        return [[each.id for each in pager] for _ in range(2)]

    assert Twin("sync")(twice) == [["a", "a"], ["a", "a"]]


def test_a_list_may_begin_at_a_later_page_and_keeps_its_filters(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").respond(json=page(tasks("a"), total_page=5))
    twin.items(lambda client: client.tasks.list(page=4, page_limit=1, status=["ready", "failed"], filename="ñ.mp4"))
    assert numbers(route) == ["4", "5"]
    for call in route.calls:
        params = call.request.url.params
        assert params.get_list("status") == ["ready", "failed"]
        assert (params["page_limit"], params["filename"]) == ("1", "ñ.mp4")


@pytest.mark.parametrize(
    ("infos", "asked"),
    [
        # What the platform says counts, whatever it is.
        ([{"total_page": 3}] * 3, 3),
        ([{"total_page": 0}], 1),
        ([{"total_page": 3}, {"total_page": 2}], 2),
        ([{"total_page": 1}], 1),
        ([{"total_page": 2}, {"total_page": 3}, {"total_page": 3}], 3),
        # Without the number of pages it follows from the number of tasks.
        ([{"total_results": 5, "limit_per_page": 2}] * 3, 3),
        ([{"total_results": 4, "limit_per_page": 2}] * 2, 2),
        ([{"total_results": 0, "limit_per_page": 2}], 1),
        ([{"total_results": 5}] * 3, 3),
    ],
)
def test_exactly_the_existing_pages_are_requested(
    twin: Twin, platform: respx.MockRouter, infos: list[dict[str, int]], asked: int
) -> None:
    route = platform.get("/tasks")
    route.side_effect = [httpx.Response(200, json=page(tasks("a", "b"), **info)) for info in infos]
    twin.items(lambda client: client.tasks.list(page_limit=2))
    assert route.call_count == asked


@pytest.mark.parametrize("nothing", [{}, {"page_info": None}, {"page_info": {}}, {"page_info": {"page": 1}}])
@pytest.mark.parametrize(
    ("page_limit", "counts"),
    [(2, [2, 2, 1]), (2, [2, 2, 0]), (2, [0]), (2, [1]), (None, [2, 1, 0]), (None, [0])],
)
def test_without_the_number_of_pages_one_that_is_not_full_is_the_last(
    twin: Twin, platform: respx.MockRouter, nothing: dict[str, Any], page_limit: int | None, counts: list[int]
) -> None:
    route = platform.get("/tasks")
    route.side_effect = [httpx.Response(200, json={"data": tasks(*"abc"[:count]), **nothing}) for count in counts]
    found = twin.items(lambda client: client.tasks.list(page_limit=page_limit))
    assert route.call_count == len(counts)
    assert len(found) == sum(counts)


@pytest.mark.parametrize("data", [{}, {"data": None}, {"data": []}])
def test_a_page_without_data_is_empty(twin: Twin, platform: respx.MockRouter, data: dict[str, Any]) -> None:
    platform.get("/tasks").respond(json=data)
    (only,) = twin.pages(lambda client: client.tasks.list())
    assert only.items == []
    assert only.has_next is False
    assert only.page_info is None


def test_an_error_on_a_later_page_comes_when_it_is_reached(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks")
    route.side_effect = [
        httpx.Response(200, json=page(tasks("a"), total_page=2)),
        httpx.Response(401, json=problem("api_key_invalid")),
    ]
    with pytest.raises(errors.UnauthorizedError):
        twin.items(lambda client: client.tasks.list())
    assert route.call_count == 2


def test_the_text_of_a_pager_hides_the_key(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get("/tasks").respond(json=page(tasks("a"), total_page=1))
    (pager,) = twin.pages(lambda client: client.tasks.list())
    assert API_KEY not in repr(pager)
    assert "'a'" in repr(pager)


def test_a_page_among_the_options_says_only_where_to_begin(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get("/tasks").mock(
        return_value=httpx.Response(200, json={"data": [{}], "page_info": {"total_page": 3}})
    )
    options = {"additional_query_parameters": {"page": 1, "page_limit": 1}}
    assert len(twin.pages(lambda client: client.tasks.list(request_options=options))) == 3
    assert [call.request.url.params["page"] for call in route.calls] == ["1", "2", "3"]
