"""An account with many tasks, which answers lists and retrievals, and counts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from contract_tests.support.samples import INDEX_ID, page, problem, task
from contract_tests.support.twins import Twin

__all__ = ["Account", "identifier"]


def identifier(number: int) -> str:
    """Return the identifier of the task with that number."""
    return f"{number:024x}"


@dataclass
class Account:
    """The tasks of an account, by their numbers: the greater, the newer.

    Attributes:
        statuses: The status of each task.
        indexes: The index of each task; that of the samples unless it is here.
        unlisted: The tasks that lists do not show.
        trouble: What the next requests meet: a status code, an exception, or `None` for nothing.
        asked: The path of every request, with the number of the page.
        told: The tasks that an answer has shown to be done.
        on_request: Called before each answer.
    """

    statuses: dict[int, str]
    indexes: dict[int, str] = field(default_factory=dict)
    unlisted: set[int] = field(default_factory=set)
    trouble: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    on_request: Callable[[], object] = lambda: None

    def use(self, twin: Twin, use: Callable[[Any], Any]) -> Any:
        """Return what a use of a client of this account returns; each request is sent once."""
        kind = httpx.AsyncClient if twin.is_async else httpx.Client
        return twin(use, httpx_client=kind(transport=httpx.MockTransport(self.answer)), max_retries=0)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer a request as the platform does."""
        self.on_request()
        path = request.url.path.removeprefix("/v1.3")
        number = request.url.params.get("page", "1")
        self.asked.append(path if path != "/tasks" else f"/tasks page {number}")
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is not None:
            return httpx.Response(trouble, json=problem())
        return self._list(request.url.params) if path == "/tasks" else self._retrieve(path.rpartition("/")[2])

    def _list(self, asked: httpx.QueryParams) -> httpx.Response:
        index_id, number, limit = asked.get("index_id"), int(asked.get("page", 1)), int(asked.get("page_limit", 10))
        found = [
            each
            for each in sorted(self.statuses, reverse=True)
            if each not in self.unlisted and index_id in (None, self.index(each))
        ]
        shown = [self._task(each) for each in found[(number - 1) * limit : number * limit]]
        return httpx.Response(200, json=page(shown, page=number, total_page=-(-len(found) // limit)))

    def _retrieve(self, task_id: str) -> httpx.Response:
        number = int(task_id, 16)
        if number not in self.statuses:
            return httpx.Response(404, json=problem("resource_not_exist", f"{task_id} does not exist"))
        return httpx.Response(200, json=self._task(number))

    def _task(self, number: int) -> Any:
        if self.statuses[number] in ("ready", "failed"):
            self.told.add(number)
        return task(_id=identifier(number), index_id=self.index(number), status=self.statuses[number], hls=None)

    def index(self, number: int) -> str:
        """Return the index of a task."""
        return self.indexes.get(number, INDEX_ID)
