"""The life of a task: from status to status, each at its time.

Nothing here runs by itself. Each task carries when it leaves its status at the earliest; whoever is about to look at
tasks first calls `advance`, which moves tasks whose time has come, with exactly that time. Thus a clock that was moved
forward, or a process that was killed and started again, needs no care.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

import attrs

from .store import Store

_BATCH = 500
"""How many tasks are moved in one transaction."""
_FINAL = ("ready", "failed")
# The plus has SQLite look for what is due, not for all of a status.
_DUE = (
    "due_at <= :now AND (+status NOT IN ('uploading', 'validating') OR received_at IS NOT NULL)"
    # A task is ready when its stream is, so that whoever waited for the one finds the other.
    " AND (+status != 'indexing' OR hls_status IS NOT 'PROCESSING')"
)
_ENDED = "ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM tasks WHERE import_id = imports.id AND due_at IS NOT NULL)"

logger = logging.getLogger("twelvelabs_emulator")


def advance(store: Store, now: int, stage: int, *, task_id: str | None = None) -> bool:
    """Move the tasks whose time has come, at most a few hundred, and end every import whose time has come.

    Args:
        store: Where they are.
        now: The time, in milliseconds since 1970.
        stage: How long a task stays in a status, in milliseconds.
        task_id: The only task to move; by default those that have been due for longest.

    Returns:
        Whether there may be more to move.
    """
    condition = _DUE if task_id is None else f"id = :task_id AND {_DUE}"
    query = f"SELECT * FROM tasks WHERE {condition} ORDER BY due_at LIMIT {_BATCH}"
    values = {"now": now, "task_id": task_id}
    with store.reading() as db:
        due = db.execute(query, values).fetchone()
        ended = db.execute(f"SELECT 1 FROM imports WHERE {_ENDED} LIMIT 1").fetchone()
    if not due and not ended:
        return False
    with store.writing() as db:
        moved = [_Walk(row, stage) for row in db.execute(query, values).fetchall()]
        for walk in moved:
            walk.go(now)
        db.executemany(
            "UPDATE tasks SET status = :status, updated_at = :updated_at, due_at = :due_at, has_vector = :has_vector"
            " WHERE seq = :seq",
            [walk.changes for walk in moved],
        )
        db.execute(
            "UPDATE imports SET ended_at ="
            " coalesce((SELECT max(updated_at) FROM tasks WHERE import_id = imports.id), created_at)"
            f" WHERE {_ENDED}"
        )
    for walk in moved:
        if walk.status == "failed":
            logger.warning("The task %s (%r) failed: %s", walk.row["id"], walk.row["filename"], walk.row["fault"])
    return len(moved) == _BATCH


@attrs.define
class _Walk:
    """The way of one task, through as many statuses as it takes.

    Attributes:
        row: The task as it is stored.
        stage: How long it stays in a status, in milliseconds.
    """

    row: sqlite3.Row
    stage: int
    status: str = attrs.field(init=False)
    updated_at: int = attrs.field(init=False)
    due_at: int | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.status, self.updated_at, self.due_at = self.row["status"], self.row["updated_at"], self.row["due_at"]

    @property
    def changes(self) -> dict[str, Any]:
        """The columns to store."""
        return {
            "seq": self.row["seq"],
            "status": self.status,
            "updated_at": self.updated_at,
            "due_at": self.due_at,
            "has_vector": self.status == "ready",
        }

    def go(self, now: int) -> None:
        """Go on until a status that is not left by now."""
        while self.due_at is not None and self.due_at <= now and (step := self._step(self.due_at)):
            self.status, self.updated_at = step
            self.due_at = None if self.status in _FINAL else self.updated_at + self.stage

    def _step(self, due_at: int) -> tuple[str, int] | None:
        """The next status and when it begins, or `None` if something has to happen first."""
        received_at = self.row["received_at"]
        match self.status:
            case "uploading" if received_at is not None:
                return "validating", max(due_at, received_at)
            case "validating" if received_at is not None:
                return "failed" if self.row["fault"] is not None else "pending", max(due_at, received_at)
            case "pending":
                return "queued", due_at
            case "queued":
                return "indexing", due_at
            case "indexing" if self.row["hls_status"] != "PROCESSING":
                return "ready", max(due_at, self.row["hls_updated_at"] or 0)
            case _:
                return None
