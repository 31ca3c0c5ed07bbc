"""Wait for 1,000 tasks of one index."""

from __future__ import annotations

import asyncio
import time

import httpx

from benchmarks import samples
from benchmarks.programs.running import main
from benchmarks.servers.platform import TASKS

INTERVAL = 0.2  # seconds
IDENTIFIERS = [samples.task_id(number) for number in range(TASKS)]


def this(url: str) -> None:
    from twelvelabs_tasks import TwelveLabs

    with TwelveLabs(api_key="any", base_url=url) as client:
        done = client.tasks.wait_for_all(IDENTIFIERS, sleep_interval=INTERVAL)
    assert [task.id for task in done] == IDENTIFIERS


def this_async(url: str) -> None:
    from twelvelabs_tasks import AsyncTwelveLabs

    async def wait() -> None:
        async with AsyncTwelveLabs(api_key="any", base_url=url) as client:
            done = await client.tasks.wait_for_all(IDENTIFIERS, sleep_interval=INTERVAL)
        assert [task.id for task in done] == IDENTIFIERS

    asyncio.run(wait())


def plain(url: str) -> None:
    """Retrieve each task that is not done, once an interval, which is all that the vendor's SDK does either."""
    waiting = list(IDENTIFIERS)
    with httpx.Client(headers={"x-api-key": "any"}) as client:
        while waiting:
            found = [client.get(f"{url}/tasks/{identifier}").json() for identifier in waiting]
            waiting = [task["_id"] for task in found if task["status"] != "ready"]
            time.sleep(INTERVAL)


if __name__ == "__main__":
    main({"this": this, "this_async": this_async, "httpx": plain})
