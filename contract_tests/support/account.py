"""An account with many tasks, of which lists and retrievals show the status, and which counts them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.samples import INDEX_ID, identifier, task
from contract_tests.support.twins import Twin

__all__ = ["Account"]

SAMPLE: dict[str, Any] = task(hls=None)


@attrs.define
class Account(FakePlatform):
    """The tasks of an account, by their numbers: the greater, the newer.

    Attributes:
        statuses: The status of each task.
        indexes: The index of each task; that of the samples unless it is here.
        unlisted: The tasks that lists do not show.
        told: The tasks that a response has shown to be done.
    """

    date_ahead: float | None = None
    statuses: dict[int, str] = attrs.field(factory=dict)
    indexes: dict[int, str] = attrs.field(factory=dict)
    unlisted: set[int] = attrs.field(factory=set)
    told: set[int] = attrs.field(factory=set)

    @property
    def asked(self) -> list[str]:
        """The path of every request, with the number of the page."""
        paths = [(request.url.path.removeprefix("/v1.3"), request.url.params) for request in self.requests]
        return [path if path != "/tasks" else f"/tasks page {params.get('page', '1')}" for path, params in paths]

    def use(self, twin: Twin, use: Callable[[Any], Any], **options: Any) -> Any:
        """Call a function with a client of this account, without retries, and return its result."""
        return super().use(twin, use, **{"max_retries": 0, **options})

    def list_tasks(self) -> list[dict[str, Any]]:
        """Return the tasks that lists show, the newest first."""
        return [self._task(number) for number in sorted(self.statuses, reverse=True) if number not in self.unlisted]

    def find_task(self, task_id: str) -> dict[str, Any] | None:
        """Return a task as it is retrieved, `None` if there is no such task."""
        number = int(task_id, 16)
        return self._show(self._task(number)) if number in self.statuses else None

    def index(self, number: int) -> str:
        """Return the index of a task."""
        return self.indexes.get(number, INDEX_ID)

    def _task(self, number: int) -> dict[str, Any]:
        changes = {"_id": identifier(number), "index_id": self.index(number), "status": self.statuses[number]}
        return SAMPLE | changes

    def _as_listed(self, task: dict[str, Any]) -> dict[str, Any]:
        return self._show(task)

    def _show(self, task: dict[str, Any]) -> dict[str, Any]:
        if task["status"] in ("ready", "failed"):
            self.told.add(int(task["_id"], 16))
        return task
