"""The rules of `wait_for_all` and `as_completed`, apart from who sleeps and who sends.

A thousand tasks are not a thousand requests a round: the list shows fifty at once, the newest first. A round pages
through the list of an index as long as that is cheaper than to retrieve one by one the tasks that have not been seen
yet, and retrieves the rest.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from typing import Any, TypeAlias, cast

from twelvelabs_tasks_api.api.tasks.retrieve_task import retrieve_task
from twelvelabs_tasks_api.pagers import Page

from ... import errors
from ...core._async_transport import AsyncTransport
from ...core._attempts import call_steps
from ...core._calls import Call
from ...core._pages import PageCall
from ...core._request_options import RequestOptions
from ...core._steps import Notify, Steps
from ...core._sync_transport import SyncTransport
from ...core._transport import Transport
from ...types import TasksListResponse, TasksRetrieveResponse, VideoIndexingTask
from .._listing import newest_page
from .._waiting import GRACE, Wait, is_done

__all__ = ["AsyncCompleted", "WaitForMany", "iterate_completed"]

Response: TypeAlias = TasksListResponse | TasksRetrieveResponse


class WaitForMany(Wait):
    """One wait for many tasks: what to ask in each round, what was seen last, what is still to be waited for.

    Args:
        task_ids: The tasks that are waited for, in the order of the results; one may be named more than once.
        sleep_interval: The seconds between two rounds of status checks, greater than 0.
        timeout: The seconds after which to give up, `None` for never.
        options: The caller's options for each request.
    """

    def __init__(
        self,
        task_ids: Iterable[str],
        sleep_interval: float,
        timeout: float | None,
        options: RequestOptions | None,
    ) -> None:
        if isinstance(task_ids, str):
            raise TypeError("task_ids must be an iterable of identifiers; use wait_for_done for a single task")
        self._task_ids = list(task_ids)
        self._retrievals = {task_id: Call(retrieve_task(task_id), options) for task_id in self._task_ids}
        super().__init__(f"{len(self._retrievals)} tasks", sleep_interval, timeout)
        self._options = options
        self._waiting = dict.fromkeys(self._retrievals)  # a set that keeps its order
        self._unseen: dict[str, None] = {}  # of those waited for, in this round
        self._latest: dict[str, VideoIndexingTask] = {}
        self._indexes: dict[str, None] = {}  # those that tasks were seen in
        self._retrieved = ""
        self._response: Response | None = None
        self._calls = self._all_rounds()

    @property
    def goes_on(self) -> bool:
        """Whether there are tasks that are not done."""
        return bool(self._waiting)

    def check_steps(self, transport: Transport[Any]) -> Steps[list[VideoIndexingTask]]:
        """Return the steps of one check, or of the pause between two rounds; their result is what was checked."""
        call = next(self._calls)
        if call is None:
            pause = self.pause()
            if pause is None:
                raise self._timeout_error()
            yield pause
            return []
        with self.log_passing_errors():
            response, _ = yield from call_steps(transport, call, self.deadline)
            return self._see(response)
        return []  # an error that may pass

    def all_steps(
        self, transport: Transport[Any], callback: Callable[[VideoIndexingTask], object] | None
    ) -> Steps[list[VideoIndexingTask]]:
        """Return the steps of the whole wait; their result is the tasks, in the order of their identifiers."""
        while self.goes_on:
            for task in (yield from self.check_steps(transport)):
                if callback is not None:
                    yield Notify(callback, task)
        return [self._latest[task_id] for task_id in self._task_ids]

    def _all_rounds(self) -> Iterator[Call[Response] | None]:
        """Yield the calls of one round after the other, and `None` after each.

        A round ends early when a response fails to come, and when it outlasts the timeout; the first one is given a
        grace, so that every task is checked at least once.
        """
        for number in itertools.count():  # pragma: no branch - it is left by whoever waits
            for call in self._round():
                if self.left <= (0 if number > 0 else -GRACE):
                    break
                self._response = None
                yield cast("Call[Response]", call)
                if self._response is None:
                    break
            yield None

    def _round(self) -> Iterator[Call[Page[VideoIndexingTask]] | Call[TasksRetrieveResponse]]:
        self._unseen = dict(self._waiting)
        listed: set[str] = set()
        fruitless = 0
        while self._unseen:
            index_id = next((each for each in self._indexes if each not in listed), None)
            if index_id is None:
                self._retrieved = next(iter(self._unseen))
                yield self._retrievals[self._retrieved]
            else:
                listed.add(index_id)
                fruitless = yield from self._page_calls(index_id, fruitless)

    def _page_calls(self, index_id: str, fruitless: int) -> Generator[Call[Page[VideoIndexingTask]], None, int]:
        """Yield the calls of pages of an index, as long as that pays; return how many of the round were fruitless.

        The tasks that are unseen can be had for a request each, so that is how many may be wasted on their pages.
        """
        page: PageCall[VideoIndexingTask] | None = newest_page(index_id, self._options)
        while page is not None and fruitless + 1 < self._count_unseen_in(index_id):
            unseen = len(self._unseen)
            yield page.call
            assert isinstance(self._response, TasksListResponse)
            fruitless += len(self._unseen) == unseen
            _, has_next, _ = page.contents(self._response)
            page = page.next() if has_next else None
        return fruitless

    def _see(self, response: Response) -> list[VideoIndexingTask]:
        """Take note of a response; return the tasks in it that are waited for."""
        self._response = response
        if isinstance(response, TasksListResponse):
            listed = {task.id: task for task in response.data or [] if task.id is not None}
        else:
            listed = {self._retrieved: response}  # whatever it says it is: retrieved again, it would say the same
        found = {task_id: task for task_id, task in listed.items() if task_id in self._unseen}
        for task_id, task in found.items():
            self._latest[task_id] = task
            self._unseen.pop(task_id, None)
            if task.index_id is not None:
                self._indexes[task.index_id] = None
            if is_done(task):
                del self._waiting[task_id]
        return list(found.values())

    def _count_unseen_in(self, index_id: str) -> int:
        """Return how many of the unseen tasks may be in the list of an index: all but those known to be elsewhere."""
        known = (self._latest.get(task_id) for task_id in self._unseen)
        return sum(task is None or task.index_id in (None, index_id) for task in known)

    def _timeout_error(self) -> errors.WaitTimeoutError:
        return errors.WaitTimeoutError(
            f"Timed out after {self.timeout:g} seconds: {len(self._waiting)} of {self._what} are not done",
            tasks=[self._latest[task_id] for task_id in self._retrievals if task_id in self._latest],
        )


def iterate_completed(transport: SyncTransport, wait: WaitForMany) -> Iterator[VideoIndexingTask]:
    """Yield the tasks of a wait, each when it is done."""
    while wait.goes_on:
        yield from filter(is_done, transport.run(wait.check_steps(transport)))


class AsyncCompleted(AsyncIterator[VideoIndexingTask]):
    """The tasks of a wait, each when it is done. Not a generator, so that it may be left at any time under trio too."""

    def __init__(self, transport: AsyncTransport, wait: WaitForMany) -> None:
        self._transport = transport
        self._wait = wait
        self._done: deque[VideoIndexingTask] = deque()

    async def __anext__(self) -> VideoIndexingTask:
        while not self._done:
            if not self._wait.goes_on:
                raise StopAsyncIteration
            self._done.extend(filter(is_done, await self._transport.run(self._wait.check_steps(self._transport))))
        return self._done.popleft()
