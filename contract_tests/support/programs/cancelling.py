"""A program that cancels async bulk creations at random moments, and begins the next one at once.

    python -m contract_tests.support.programs.cancelling WAY COUNT FOLDER (resumed | anew)

`anew`, each has a ledger of its own. `resumed`, ten use the same one, and then one more, which comes to its end; after
that, each file must have exactly one task.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

import anyio
import httpx

from contract_tests.support.fake_platform import SETTLING, FakePlatform
from contract_tests.support.samples import INDEX_ID, make_files
from contract_tests.support.twins import API_KEY, BASE_URL
from twelvelabs_tasks import AsyncTwelveLabs
from twelvelabs_tasks._bulk_result import BulkResult

FILES = 25
CANCELLATIONS = 10  # with the same ledger
LONGEST = 0.15  # seconds before a cancellation

Use = Callable[[], Awaitable[object]]


async def cancel_scope(use: Use, delay: float) -> bool:
    with anyio.move_on_after(delay) as scope:
        await use()
    return scope.cancelled_caught


async def wait_for(use: Use, delay: float) -> bool:
    try:
        await asyncio.wait_for(use(), delay)
    except TimeoutError:
        return True
    return False


async def cancel(use: Use, delay: float, times: int = 1) -> bool:
    task = asyncio.ensure_future(use())
    for _ in range(times):
        await asyncio.wait([task], timeout=delay)
        task.cancel()
        delay = 0.005
    with suppress(asyncio.CancelledError):
        await task
    return task.cancelled()


async def cancel_again_and_again(use: Use, delay: float) -> bool:
    return await cancel(use, delay, times=5)


WAYS: dict[str, Callable[[Use, float], Awaitable[bool]]] = {
    "asyncio: wait_for": wait_for,
    "asyncio: Task.cancel": cancel,
    "asyncio: Task.cancel, again and again": cancel_again_and_again,
    "trio": cancel_scope,
}


class Creations:
    """The bulk creations of one folder of files.

    Args:
        client: The client.
        folder: Where files and ledgers are made.
        is_resumed: Whether all of them use the same ledger.
    """

    def __init__(self, client: AsyncTwelveLabs, folder: Path, *, is_resumed: bool) -> None:
        folder.mkdir()
        self.files = make_files(folder, FILES)
        self._client = client
        self._ledgers = (folder / f"{0 if is_resumed else number}.sqlite" for number in itertools.count())

    async def __call__(self) -> list[BulkResult]:
        """Create."""
        return await self._client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=self.files, ledger=next(self._ledgers), settling_seconds=SETTLING
        )


async def main(way: str, count: int, folder: Path, *, is_resumed: bool) -> None:
    random = Random(count)
    server = FakePlatform()
    http = httpx.AsyncClient(transport=httpx.MockTransport(server.respond))
    async with http, AsyncTwelveLabs(api_key=API_KEY, base_url=BASE_URL, httpx_client=http) as client:
        for batch in range(count // CANCELLATIONS):
            create = Creations(client, folder / str(batch), is_resumed=is_resumed)
            cancellations = 0
            while cancellations < CANCELLATIONS:
                cancellations += await WAYS[way](create, random.uniform(0, LONGEST))
            if is_resumed:
                results = await create()
                assert [result.error for result in results] == [None] * FILES
                assert server.filenames() == [file.name for file in create.files]
                server.tasks.clear()


if __name__ == "__main__":
    way, count, folder, manner = sys.argv[1:]
    backend = way.partition(":")[0]
    anyio.run(partial(main, way, int(count), Path(folder), is_resumed=manner == "resumed"), backend=backend)
