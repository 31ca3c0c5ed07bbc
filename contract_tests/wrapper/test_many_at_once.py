"""Many calls at once: all get a response, but so few are under way that the pool of httpx is not the bottleneck."""

from __future__ import annotations

from typing import Any

import anyio
import httpx
import pytest
import respx

from contract_tests.support.samples import task
from contract_tests.support.twins import BASE_URL, Twin

CALLS = 250


class Crowd:
    """Respond to retrievals, and count how many are under way."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def respond(self, request: httpx.Request) -> httpx.Response:
        self.now += 1
        self.most = max(self.most, self.now)
        await anyio.lowlevel.checkpoint()
        self.now -= 1
        return httpx.Response(200, json=task(_id=request.url.path.rpartition("/")[2]))


async def retrieve_all(client: Any) -> set[str]:
    found = set()

    async def retrieve(identifier: str) -> None:
        found.add((await client.tasks.retrieve(identifier)).id)

    async with anyio.create_task_group() as group:
        for number in range(CALLS):
            group.start_soon(retrieve, str(number))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("own", [True, False])
def test_no_more_than_a_hundred_requests_are_under_way_unless_the_client_is_the_callers_own(
    platform: respx.MockRouter, backend: str, own: bool
) -> None:
    crowd = Crowd()
    platform.get(url__startswith=f"{BASE_URL}/tasks/").mock(side_effect=crowd.respond)
    options = {"httpx_client": httpx.AsyncClient()} if own else {}
    assert Twin(backend)(retrieve_all, **options) == {str(number) for number in range(CALLS)}
    assert crowd.most == (CALLS if own else 100)
