"""Retrieve 1,000 tasks at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from benchmarks import samples
from benchmarks.programs.running import main
from benchmarks.servers.platform import TASKS

IDENTIFIERS = [samples.task_id(number) for number in range(TASKS)]

Retrieve = Callable[[str], Awaitable[str | None]]


def this(url: str) -> Callable[[], None]:
    from twelvelabs_tasks import AsyncTwelveLabs

    tasks = AsyncTwelveLabs(api_key="any", base_url=url).tasks

    async def retrieve(identifier: str) -> str | None:
        return (await tasks.retrieve(identifier)).id

    return lambda: asyncio.run(at_once(retrieve))


def plain(url: str) -> Callable[[], None]:
    client = httpx.AsyncClient(headers={"x-api-key": "any"}, timeout=600)

    async def retrieve(identifier: str) -> str | None:
        response = await client.get(f"{url}/tasks/{identifier}")
        found: str | None = response.raise_for_status().json()["_id"]
        return found

    return lambda: asyncio.run(at_once(retrieve))


def plain_in_turns(url: str) -> Callable[[], None]:
    """Do as `plain`, but keep the pool of httpx from being crowded, which takes it a minute."""
    client = httpx.AsyncClient(headers={"x-api-key": "any"}, timeout=60)
    turns = asyncio.Semaphore(100)

    async def retrieve(identifier: str) -> str | None:
        async with turns:
            response = await client.get(f"{url}/tasks/{identifier}")
        found: str | None = response.raise_for_status().json()["_id"]
        return found

    return lambda: asyncio.run(at_once(retrieve))


def vendor(url: str) -> Callable[[], None]:
    from twelvelabs import AsyncTwelveLabs

    tasks = AsyncTwelveLabs(api_key="any", base_url=url, timeout=600).tasks

    async def retrieve(identifier: str) -> str | None:
        return (await tasks.retrieve(identifier)).id

    return lambda: asyncio.run(at_once(retrieve))


async def at_once(retrieve: Retrieve) -> None:
    """Retrieve all tasks, each of which must be the one that was requested."""
    assert await asyncio.gather(*map(retrieve, IDENTIFIERS)) == IDENTIFIERS


if __name__ == "__main__":
    main({"this": this, "httpx": plain, "httpx_in_turns": plain_in_turns, "vendor": vendor})
