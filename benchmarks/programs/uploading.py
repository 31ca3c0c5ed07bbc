"""Upload a file over loopback. Libraries are imported and clients made before that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from benchmarks.programs.running import main
from benchmarks.samples import INDEX_ID

Upload = Callable[[], object]


def this(url: str, path: str) -> Upload:
    from twelvelabs_tasks import TwelveLabs

    tasks = TwelveLabs(api_key="any", base_url=url).tasks
    return lambda: tasks.create(index_id=INDEX_ID, video_file=path)


def this_async(url: str, path: str) -> Upload:
    from twelvelabs_tasks import AsyncTwelveLabs

    tasks = AsyncTwelveLabs(api_key="any", base_url=url).tasks
    return lambda: asyncio.run(tasks.create(index_id=INDEX_ID, video_file=path))


def plain(url: str, path: str) -> Upload:
    import httpx

    client = httpx.Client(headers={"x-api-key": "any"}, timeout=60)

    def upload() -> None:
        with Path(path).open("rb") as file:
            response = client.post(f"{url}/tasks", data={"index_id": INDEX_ID}, files={"video_file": file})
        response.raise_for_status()

    return upload


def plain_async(url: str, path: str) -> Upload:
    import httpx

    client = httpx.AsyncClient(headers={"x-api-key": "any"}, timeout=60)

    async def upload() -> None:
        with Path(path).open("rb") as file:  # noqa: ASYNC230 - httpx reads it on the event loop anyway
            response = await client.post(f"{url}/tasks", data={"index_id": INDEX_ID}, files={"video_file": file})
        response.raise_for_status()

    return lambda: asyncio.run(upload())


def vendor(url: str, path: str) -> Upload:
    from twelvelabs import TwelveLabs

    client = TwelveLabs(api_key="any", base_url=url, timeout=60)

    def upload() -> None:
        with Path(path).open("rb") as file:
            client.tasks.create(index_id=INDEX_ID, video_file=file)

    return upload


if __name__ == "__main__":
    main({"this": this, "this_async": this_async, "httpx": plain, "httpx_async": plain_async, "vendor": vendor})
