"""A program that uploads from streams that have nothing to read, never end, and are never closed; it cancels that.

    python -m contract_tests.support.programs.stalled WAY URL FOLDER (create | create_bulk)

Prints the name of each stream when its upload has been cancelled, and exits.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio

from contract_tests.support.programs.cancelling import WAYS
from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import AsyncTwelveLabs

DELAY = 0.1  # seconds before the cancellation
LATENESS = 5.0  # seconds that it may take on a busy machine; the streams would hold it up for ever

open_ends: list[Any] = []  # what would end the streams if it were forgotten


def pipe(content: bytes = b"", *, buffering: int = -1) -> Any:
    read, write = os.pipe()
    os.write(write, content)
    return os.fdopen(read, "rb", buffering)


def connection(folder: Path) -> Any:
    ours, theirs = socket.socketpair()
    open_ends.append(theirs)
    return ours.makefile("rb")


class Waiting:
    """A file that waits for something else than a descriptor, such as a queue."""

    name = "waiting.mp4"

    def read(self, size: int = -1) -> bytes:
        threading.Event().wait()
        raise AssertionError("unreachable")


MAKERS: dict[str, Callable[[Path], Any]] = {
    "a pipe": lambda folder: pipe(),
    "a pipe without a buffer": lambda folder: pipe(buffering=0),
    "a pipe that had something": lambda folder: pipe(VIDEO),
    "a connection": connection,
    "a file of another kind": lambda folder: Waiting(),
}
STREAMS = {"create": [*MAKERS], "create_bulk": [*MAKERS]}


def prepare_upload(client: AsyncTwelveLabs, stream: Any, method: str) -> Callable[[], Awaitable[Any]]:
    """Return what uploads a stream."""
    if method == "create":
        return lambda: client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", stream))
    return lambda: client.tasks.create_bulk(index_id=INDEX_ID, video_files=[("a.mp4", stream)])


async def main(way: str, url: str, folder: Path, method: str) -> None:
    async with AsyncTwelveLabs(api_key=API_KEY, base_url=url) as client:
        for name in STREAMS[method]:
            stream = MAKERS[name](folder)
            open_ends.append(stream)
            began = time.monotonic()
            is_cancelled = await WAYS[way](prepare_upload(client, stream, method), DELAY)
            assert is_cancelled, f"{name} was not cancelled"
            assert time.monotonic() - began < DELAY + LATENESS, f"{name} was cancelled late"
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    way, url, folder, method = sys.argv[1:]
    anyio.run(main, way, url, Path(folder), method, backend=way.partition(":")[0])
