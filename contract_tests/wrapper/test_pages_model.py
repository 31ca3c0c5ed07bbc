"""A list of tasks that come and go between its pages: each page asked for is one that there is, in turn, and once."""

from __future__ import annotations

import math
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contract_tests.support.effort import cases
from contract_tests.support.twins import API_KEY, BASE_URL, TWINS, Twin
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

PAGE_INFO = ("limit_per_page", "page", "total_page", "total_results")
DEFAULT_LIMIT = 10


class Pages(RuleBasedStateMachine):
    """The platform as a list of tasks, and a pager on its way through it."""

    twin: Twin

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[str] = []
        self.made = 0
        self.asked: list[dict[str, str]] = []
        self.pager: Any = None
        self.resources = ExitStack()
        self.portal: BlockingPortal | None = None
        if self.twin.is_async:
            self.portal = self.resources.enter_context(start_blocking_portal(self.twin.name))

    @initialize(
        count=st.integers(0, 30),
        page_limit=st.none() | st.integers(1, 12),
        start=st.none() | st.integers(1, 3),
        told=st.none() | st.sets(st.sampled_from(PAGE_INFO)),
    )
    def list_tasks(self, count: int, page_limit: int | None, start: int | None, told: set[str] | None) -> None:
        self.page_limit, self.start, self.told = page_limit, start, told
        self.page = start or 1
        self.create(count)
        if self.twin.is_async:
            transport = httpx.MockTransport(self.respond)
            client: Any = AsyncTwelveLabs(
                api_key=API_KEY, base_url=BASE_URL, httpx_client=httpx.AsyncClient(transport=transport)
            )
        else:
            transport = httpx.MockTransport(self.respond)
            client = TwelveLabs(api_key=API_KEY, base_url=BASE_URL, httpx_client=httpx.Client(transport=transport))
        self.pager = self.wait(lambda: client.tasks.list(page=start, page_limit=page_limit, status="ready"))

    def wait(self, call: Any) -> Any:
        return self.portal.call(call) if self.portal is not None else call()

    def teardown(self) -> None:
        self.resources.close()

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Respond as the platform does; some versions leave out some or all of `page_info`."""
        self.asked.append(dict(request.url.params))
        page = int(request.url.params.get("page", 1))
        limit = int(request.url.params.get("page_limit", DEFAULT_LIMIT))
        self.returned = self.tasks[(page - 1) * limit : page * limit]
        total = math.ceil(len(self.tasks) / limit)
        info = {"limit_per_page": limit, "page": page, "total_page": total, "total_results": len(self.tasks)}
        body: dict[str, Any] = {"data": [{"_id": task} for task in self.returned]}
        if self.told is not None:
            body["page_info"] = {name: value for name, value in info.items() if name in self.told}
        self.more = self.is_followed(page, limit, info)
        return httpx.Response(200, json=body)

    def is_followed(self, page: int, limit: int, info: dict[str, int]) -> bool:
        """Return whether the response says that there is a page after it."""
        told = self.told or set()
        limit_is_known = self.page_limit is not None or "limit_per_page" in told
        if "total_page" in told:
            return page < info["total_page"]
        if "total_results" in told and limit_is_known:
            return page * limit < info["total_results"]
        return len(self.returned) == limit if limit_is_known else len(self.returned) > 0

    @rule(count=st.integers(1, 12))
    def create(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            self.tasks.insert(0, f"task-{self.made}")

    @precondition(lambda self: bool(self.tasks))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        for task in data.draw(st.lists(st.sampled_from(self.tasks), unique=True, max_size=12)):
            self.tasks.remove(task)

    @rule()
    def next_page(self) -> None:
        before = len(self.asked)
        expected = self.more
        following = self.wait(self.pager.next_page)
        if expected:
            self.page += 1
            self.pager = following
            assert len(self.asked) == before + 1
        else:
            assert following is None
            assert len(self.asked) == before

    @invariant()
    def the_page_is_the_one_that_was_asked_for(self) -> None:
        if self.pager is None:
            return
        assert [task.id for task in self.pager.items] == self.returned
        assert self.pager.has_next is self.more
        limit = {} if self.page_limit is None else {"page_limit": str(self.page_limit)}
        first = {} if self.start is None else {"page": str(self.start)}
        start = self.start or 1
        assert self.asked == [
            {**limit, "status": "ready", **(first if page == start else {"page": str(page)})}
            for page in range(start, self.page + 1)
        ]


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_the_requested_pages_are_the_existing_ones(twin: Twin) -> None:
    machine = type(f"PagesOf{twin.name}", (Pages,), {"twin": twin})
    run_state_machine_as_test(machine, settings=cases(60))
