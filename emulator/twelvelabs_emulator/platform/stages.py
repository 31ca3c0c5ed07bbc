"""The life of a task: from status to status, each at its time.

Nothing here runs by itself. Each task carries when it leaves its status at the earliest; whoever is about to look at
tasks first calls `advance`, which moves every task whose time has come, with exactly that time. Thus a clock that was
moved forward, or a process that was killed and started again, needs no care.
"""

from __future__ import annotations

from typing import NamedTuple

from .store import Store


class _Move(NamedTuple):
    status: str
    following: str
    """The next status, in SQL."""
    condition: str
    """What has to be the case beside the time having come, in SQL."""
    moment: str
    """When the task comes into the next status, in SQL."""


_MOVES = (
    _Move("uploading", "'validating'", "received_at IS NOT NULL", "max(due_at, received_at)"),
    _Move(
        "validating",
        "CASE WHEN fault IS NULL THEN 'pending' ELSE 'failed' END",
        "received_at IS NOT NULL",
        "max(due_at, received_at)",
    ),
    _Move("pending", "'queued'", "1", "due_at"),
    _Move("queued", "'indexing'", "1", "due_at"),
    # A task is ready when its stream is, so that whoever waited for the one finds the other.
    _Move("indexing", "'ready'", "hls_status IS NOT 'PROCESSING'", "max(due_at, coalesce(hls_updated_at, 0))"),
)

_ENDED = "ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM tasks WHERE import_id = imports.id AND due_at IS NOT NULL)"


def advance(store: Store, now: int, stage: int) -> None:
    """Move every task, and end every import, whose time has come.

    Args:
        store: Where they are.
        now: The time, in milliseconds since 1970.
        stage: How long a task stays in a status, in milliseconds.
    """
    with store.reading() as db:
        due = db.execute("SELECT 1 FROM tasks WHERE due_at <= ? LIMIT 1", (now,)).fetchone()
        ended = db.execute(f"SELECT 1 FROM imports WHERE {_ENDED} LIMIT 1").fetchone()
    if not due and not ended:
        return
    with store.writing() as db:
        for move in _MOVES:
            db.execute(
                f"UPDATE tasks SET status = {move.following}, updated_at = {move.moment},"
                f" due_at = CASE WHEN {move.following} IN ('ready', 'failed') THEN NULL"
                f" ELSE {move.moment} + :stage END,"
                f" has_vector = {move.following} = 'ready'"
                # The plus has SQLite look for what is due, not for all of a status.
                f" WHERE due_at <= :now AND +status = :status AND {move.condition}",
                {"now": now, "stage": stage, "status": move.status},
            )
        db.execute(
            "UPDATE imports SET ended_at ="
            " coalesce((SELECT max(updated_at) FROM tasks WHERE import_id = imports.id), created_at)"
            f" WHERE {_ENDED}"
        )
