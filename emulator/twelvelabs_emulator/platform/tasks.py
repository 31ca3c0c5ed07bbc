"""The table of tasks: what is known of each, and pages of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs

from .clock import DAY, parse_rfc3339, rfc3339
from .store import Store

_GREATEST = 2**63 - 1
_FINAL = ("ready", "failed")


@attrs.frozen
class Task:
    """A task as it stands. Times are milliseconds since 1970 on the emulator's clock."""

    id: str
    index_id: str
    status: str
    created_at: int
    updated_at: int
    filename: str
    due_at: int | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    source: str | None = None
    received_at: int | None = None
    content_hash: str | None = None
    fault: str | None = None
    hls_status: str | None = None
    hls_updated_at: int | None = None
    thumbnails: int = 0
    has_vector: int = 0
    user_metadata: str | None = None
    import_id: int | None = None

    @property
    def is_final(self) -> bool:
        """Whether its status does not change any more."""
        return self.status in _FINAL


@attrs.frozen
class Failure:
    """A task that failed.

    Attributes:
        task_id: Its identifier.
        filename: What its video is called.
        reason: Why it failed, which the platform would not say.
        failed_at: When, on the emulator's clock, in the RFC 3339 format.
    """

    task_id: str
    filename: str
    reason: str
    failed_at: str


_COLUMNS = tuple(field.name for field in attrs.fields(Task))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM tasks"


@attrs.frozen
class Page:
    """A page of tasks, and how many there are on all pages."""

    tasks: list[Task]
    total: int


def insert(db: sqlite3.Connection, task: Task) -> None:
    """Add a task."""
    names, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
    db.execute(f"INSERT INTO tasks ({names}) VALUES ({marks})", attrs.astuple(task))


def update(db: sqlite3.Connection, task_id: str, **values: Any) -> bool:
    """Change columns of a task that is not final yet, or of its stream; whether there is such a task."""
    changes = ", ".join(f"{name} = :{name}" for name in values)
    cursor = db.execute(f"UPDATE tasks SET {changes} WHERE id = :task_id", {**values, "task_id": task_id})
    return cursor.rowcount > 0


def get(store: Store, task_id: str) -> Task | None:
    """The task of that identifier, if there is one."""
    with store.reading() as db:
        row = db.execute(f"{_SELECT} WHERE id = ?", (task_id,)).fetchone()
    return Task(*row) if row else None


def select(store: Store, condition: str, values: Sequence[Any] = ()) -> list[Task]:
    """All tasks that meet a condition in SQL, the oldest first."""
    with store.reading() as db:
        return [Task(*row) for row in db.execute(f"{_SELECT} WHERE {condition} ORDER BY seq", values)]


def failures(store: Store) -> list[Failure]:
    """The latest 1,000 tasks that failed, the oldest first."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT id, filename, fault, updated_at FROM tasks WHERE status = 'failed'"
            " ORDER BY updated_at DESC LIMIT 1000"
        ).fetchall()
    return [Failure(row["id"], row["filename"], row["fault"] or "", rfc3339(row["updated_at"])) for row in rows[::-1]]


def page(
    store: Store,
    filters: Mapping[str, Any],
    *,
    number: int,
    size: int,
    sort_by: Literal["created_at", "updated_at"],
    descending: bool,
) -> Page:
    """One page of the tasks that meet all filters.

    Args:
        store: Where they are.
        filters: Those of the parameters of ``list_tasks`` that filter, as they were given.
        number: The page, from 1.
        size: How many tasks a page holds.
        sort_by: The time to sort by. Tasks of the same time stay in the order they were made, or its reverse.
        descending: Whether the latest come first.
    """
    condition, values = _condition(filters)
    offset = (number - 1) * size
    with store.reading() as db:
        total = db.execute(f"SELECT count(*) FROM tasks WHERE {condition}", values).fetchone()[0]
        count = max(0, min(size, total - offset))
        if count == 0:
            return Page([], total)
        # A page in the second half is counted from the end: SQLite steps over every row before it.
        backward = offset > total // 2
        ascending = descending is backward
        skipped = total - offset - count if backward else offset
        order = "ASC" if ascending else "DESC"
        rows = db.execute(
            f"{_SELECT} WHERE seq IN (SELECT seq FROM tasks WHERE {condition}"
            f" ORDER BY {sort_by} {order}, seq {order} LIMIT :count OFFSET :skipped)"
            f" ORDER BY {sort_by} {order}, seq {order}",
            {**values, "count": count, "skipped": skipped},
        )
        tasks = [Task(*row) for row in rows]
    return Page(tasks[::-1] if backward else tasks, total)


def _condition(filters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    parts, values = ["1"], {}
    for name in ("index_id", "filename", "width", "height"):
        if name in filters:
            parts.append(f"{name} = :{name}")
            value = filters[name]
            values[name] = min(value, _GREATEST) if isinstance(value, int) else value
    if "duration" in filters:
        parts.append("duration BETWEEN :duration - 0.5 AND :duration + 0.5")
        values["duration"] = float(filters["duration"])
    for name in ("created_at", "updated_at"):
        if name in filters:
            since = parse_rfc3339(filters[name])
            parts.append(f"{name} >= :{name} AND {name} < :{name}_end")
            values |= {name: since, f"{name}_end": (since // DAY + 1) * DAY}
    if filters.get("status"):
        marks = {f"status_{number}": status for number, status in enumerate(filters["status"])}
        parts.append(f"status IN ({', '.join(f':{mark}' for mark in marks)})")
        values |= marks
    return " AND ".join(parts), values
