"""A program that uses a client, forks, and uses it again: in its children, and in itself at the same time.

    python -m contract_tests.support.programs.forking KIND URL

The names of what it requests begin with `before`, `parent` or `child` and a number. Where a child must not use its
client, it says so on its standard output.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import partial

import anyio
import httpx

from contract_tests.support.samples import VIDEO
from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors

CHILDREN = 3
ROUNDS = 15

Use = Callable[[str], None]


def use(client: TwelveLabs, who: str, rounds: int = ROUNDS) -> None:
    """Request tasks, whose names must come back."""
    for number in range(rounds):
        name = f"{who}-{number}"
        retrieved = client.tasks.retrieve(name)
        created = client.tasks.create(index_id=name, video_file=VIDEO)
        assert (retrieved.id, created.id) == (name, name)
        results = client.tasks.create_bulk(index_id=name, video_files=[VIDEO, VIDEO])
        assert {result.task and result.task.id for result in results} == {name}


async def use_async(client: AsyncTwelveLabs, who: str) -> None:
    """Do as `use` does."""
    for number in range(ROUNDS):
        name = f"{who}-{number}"
        retrieved = await client.tasks.retrieve(name)
        created = await client.tasks.create(index_id=name, video_file=VIDEO)
        assert (retrieved.id, created.id) == (name, name)
        results = await client.tasks.create_bulk(index_id=name, video_files=[VIDEO, VIDEO])
        assert {result.task and result.task.id for result in results} == {name}


def refuse(use: Use) -> Use:
    """Return what must not be used, and says why."""

    def use_all_the_same(who: str) -> None:
        try:
            use(who)
        except errors.TwelveLabsError as error:
            sys.stdout.write(f"{type(error).__name__}: {error}\n")
            sys.stdout.flush()
        else:
            raise AssertionError("it could be used")

    return use_all_the_same


def fork(use_in_child: Use, use_in_parent: Use) -> None:
    """Fork children, and let all of them and this process continue at the same time; exit with what went wrong."""
    children = []
    for number in range(CHILDREN):
        child = os.fork()
        if child == 0:
            end_with(partial(use_in_child, f"child{number}"))
        children.append(child)
    use_in_parent("parent")
    statuses = [os.waitpid(child, 0)[1] for child in children]
    assert statuses == [0] * CHILDREN, statuses


def end_with(work: Callable[[], object]) -> None:
    """End this process, which is a child, after some work."""
    status = 1
    try:
        work()
        status = 0
    except BaseException:  # noqa: BLE001 - nothing of it may go on in what was copied from the parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def use_own(url: str) -> None:
    client = TwelveLabs(api_key=API_KEY, base_url=url)
    use(client, "before", 1)
    fork(partial(use, client), partial(use, client))


def use_given(url: str) -> None:
    client = TwelveLabs(api_key=API_KEY, base_url=url, httpx_client=httpx.Client())
    use(client, "before", 1)
    fork(refuse(partial(use, client)), partial(use, client))


def use_given_late(url: str) -> None:
    client = TwelveLabs(api_key=API_KEY, base_url=url, httpx_client=httpx.Client())
    fork(partial(use, client), partial(use, client))


def in_loop(backend: str, client: AsyncTwelveLabs) -> Use:
    return lambda who: anyio.run(use_async, client, who, backend=backend)


def use_own_async(backend: str, url: str) -> None:
    client = AsyncTwelveLabs(api_key=API_KEY, base_url=url)
    in_loop(backend, client)("before")
    fork(in_loop(backend, client), lambda who: None)  # the event loop of the parent is over


def use_given_async(backend: str, url: str) -> None:
    client = AsyncTwelveLabs(api_key=API_KEY, base_url=url, httpx_client=httpx.AsyncClient())
    in_loop(backend, client)("before")
    fork(refuse(in_loop(backend, client)), lambda who: None)


KINDS: dict[str, Callable[[str], None]] = {
    "own": use_own,
    "own, asyncio": partial(use_own_async, "asyncio"),
    "own, trio": partial(use_own_async, "trio"),
    "given": use_given,
    "given, asyncio": partial(use_given_async, "asyncio"),
    "given, trio": partial(use_given_async, "trio"),
    "given, unused": use_given_late,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](sys.argv[2])
