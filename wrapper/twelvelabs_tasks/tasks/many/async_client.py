"""What `client.tasks` of the async client does with many tasks at once: the methods of `ManyTasksClient`, awaited."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from ...core.request_options import RequestOptions
from ...core.transport import AsyncTransport
from ...types import VideoIndexingTask
from ..waiting import is_done
from .waiting import WaitForMany

__all__ = ["AsyncManyTasksClient"]


class AsyncManyTasksClient:
    """The part of `AsyncTasksClient` that is about many tasks at once."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], Awaitable[object] | object] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the whole wait is bounded, and the error carries the tasks
        request_options: RequestOptions | None = None,
    ) -> list[VideoIndexingTask]:
        """Wait until many tasks are done, as `TasksClient.wait_for_all` does. The callback may be async or plain."""
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        while wait.goes_on:
            for task in await check(self._transport, wait):
                if callback is not None:
                    returned = callback(task)
                    if inspect.isawaitable(returned):
                        await returned
        return wait.results()

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncIterator[VideoIndexingTask]:
        """Yield many tasks as they finish, as `TasksClient.as_completed` does. It is iterated over, not awaited.

        Example:
            async for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return Completed(self._transport, wait)


class Completed(AsyncIterator[VideoIndexingTask]):
    """The tasks of a wait, each when it is done. No generator, so that it may be left at any time under trio too."""

    def __init__(self, transport: AsyncTransport, wait: WaitForMany) -> None:
        self._transport = transport
        self._wait = wait
        self._done: deque[VideoIndexingTask] = deque()

    async def __anext__(self) -> VideoIndexingTask:
        while not self._done:
            if not self._wait.goes_on:
                raise StopAsyncIteration
            self._done.extend(filter(is_done, await check(self._transport, self._wait)))
        return self._done.popleft()


async def check(transport: AsyncTransport, wait: WaitForMany) -> list[VideoIndexingTask]:
    """Ask once, or sleep until the next round; return the tasks whose status was checked."""
    from anyio import sleep  # only async clients need it, and httpx has it

    call = wait.next_call()
    if call is None:
        await sleep(wait.pause())
        return []
    with wait.checking():
        return wait.seen(await transport.call(call))
    return []  # an error that may pass
