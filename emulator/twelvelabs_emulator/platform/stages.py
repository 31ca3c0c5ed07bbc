"""The life of a task: from status to status, each at its time.

Nothing here runs by itself. Each task says when it leaves its status at the earliest, and `advance` moves the tasks
whose time has come, with exactly that time, before an operation reads them. Thus a clock that was moved forward, or a
process that was killed and restarted, needs no special care.
"""

from __future__ import annotations

import logging

import attrs

from ..store import Store, Task
from ..store.tasks import FINAL

__all__ = ["advance"]

_BATCH = 500
"""How many tasks are moved in one transaction."""

logger = logging.getLogger("twelvelabs_emulator")


def advance(store: Store, now: int, stage: int, *, task_id: str | None = None) -> bool:
    """Move the tasks whose time has come, at most a few hundred, and end the imports whose tasks are over.

    Args:
        store: Holds the tasks and imports.
        now: The time, in milliseconds since 1970.
        stage: How long a task stays in a status, in milliseconds.
        task_id: The only task to move; by default those that have been due for longest.

    Returns:
        Whether there may be more to move.
    """
    with store.hold():
        idle = not store.tasks.list_due(now, 1, task_id) and not _find_ended(store)
    if idle:
        return False
    with store.transaction():
        moved = [_move(task, now, stage) for task in store.tasks.list_due(now, _BATCH, task_id)]
        store.tasks.move(moved)
        for import_id, created_at in _find_ended(store):
            store.imports.end(import_id, store.tasks.last_update(import_id) or created_at)
    for task in moved:
        if task.status == "failed":
            logger.warning("The task %s (%r) failed: %s", task.id, task.filename, task.fault)
    return len(moved) == _BATCH


def _find_ended(store: Store) -> list[tuple[int, int]]:
    """Return the id and the start of each import that has not ended although its tasks are over."""
    return [
        (each.id, each.created_at) for each in store.imports.list_running() if not store.tasks.has_unfinished(each.id)
    ]


def _move(task: Task, now: int, stage: int) -> Task:
    """Return a task as it stands now, after as many statuses as there was time for."""
    status, updated_at, due_at = task.status, task.updated_at, task.due_at
    while due_at is not None and due_at <= now and (step := _step(task, status, due_at)):
        status, updated_at = step
        due_at = None if status in FINAL else updated_at + stage
    return attrs.evolve(task, status=status, updated_at=updated_at, due_at=due_at, has_vector=int(status == "ready"))


def _step(task: Task, status: str, due_at: int) -> tuple[str, int] | None:
    """Return the next status and when it begins, or `None` if something has to happen first."""
    match status:
        case "uploading" if task.received_at is not None:
            return "validating", max(due_at, task.received_at)
        case "validating" if task.received_at is not None:
            return "failed" if task.fault is not None else "pending", max(due_at, task.received_at)
        case "pending":
            return "queued", due_at
        case "queued":
            return "indexing", due_at
        case "indexing" if task.hls_status != "PROCESSING":
            return "ready", max(due_at, task.hls_updated_at or 0)
        case _:
            return None
