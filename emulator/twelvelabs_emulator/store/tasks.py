"""The table `tasks`: what is known about each task, and pages of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import attrs

from ..times import DAY, parse_time
from .database import Table, Values

__all__ = ["FINAL", "Page", "Task", "Tasks"]

_MAX_INTEGER = 2**63 - 1
FINAL = ("ready", "failed")
"""The statuses that a task does not leave."""
_FILTERS = ("index_id", "filename", "width", "height")
# The plus makes SQLite search for what is due, not for all tasks of a status.
_DUE = (
    "due_at <= :now AND (+status NOT IN ('uploading', 'validating') OR received_at IS NOT NULL)"
    # A task becomes ready after its stream, so that whoever waits for the task finds the stream.
    " AND (+status != 'indexing' OR hls_status IS NOT 'PROCESSING')"
)


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
    parameters: str | None = None
    import_id: int | None = None

    @property
    def is_final(self) -> bool:
        """Whether its status does not change any more."""
        return self.status in FINAL


_COLUMNS = tuple(field.name for field in attrs.fields(Task))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM tasks"


@attrs.frozen
class Page:
    """A page of tasks, and the number of tasks on all pages."""

    tasks: list[Task]
    total: int


class Tasks(Table):
    """The tasks, in the order they were created."""

    NAMES = ("tasks",)
    SCHEMA = """
-- All times are milliseconds since 1970 on the emulator's own clock.
CREATE TABLE IF NOT EXISTS tasks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- tells tasks of the same millisecond apart
    id TEXT NOT NULL UNIQUE,
    index_id TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,            -- when the task entered its status
    due_at INTEGER,                         -- when it leaves it at the earliest; NULL if it never does
    filename TEXT NOT NULL,
    duration REAL,
    width INTEGER,
    height INTEGER,
    source TEXT,                            -- where to fetch the video; NULL if it was uploaded
    received_at INTEGER,                    -- when the video had arrived and was checked
    content_hash TEXT,
    fault TEXT,                             -- why the task fails
    hls_status TEXT,                        -- NULL if it is not to be streamed
    hls_updated_at INTEGER,
    thumbnails INTEGER NOT NULL DEFAULT 0,
    has_vector INTEGER NOT NULL DEFAULT 0,  -- whether the index holds the video
    parameters TEXT,                        -- what else was said of it when it was created, as JSON
    import_id INTEGER REFERENCES imports
);
CREATE INDEX IF NOT EXISTS tasks_by_creation ON tasks (created_at);
CREATE INDEX IF NOT EXISTS tasks_by_update ON tasks (updated_at);
CREATE INDEX IF NOT EXISTS tasks_by_index_and_creation ON tasks (index_id, created_at);
CREATE INDEX IF NOT EXISTS tasks_by_index_and_update ON tasks (index_id, updated_at);
CREATE INDEX IF NOT EXISTS tasks_by_status_and_creation ON tasks (status, created_at);
CREATE INDEX IF NOT EXISTS tasks_by_status_and_update ON tasks (status, updated_at);
CREATE INDEX IF NOT EXISTS tasks_by_content ON tasks (content_hash);
CREATE INDEX IF NOT EXISTS tasks_due ON tasks (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS tasks_by_import ON tasks (import_id) WHERE import_id IS NOT NULL;
"""

    def insert(self, task: Task) -> None:
        """Add a task."""
        names, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
        self._database.execute(f"INSERT INTO tasks ({names}) VALUES ({marks})", attrs.astuple(task))

    def update(self, task_id: str, **values: Any) -> bool:
        """Change columns of a task, and return whether it exists."""
        changes = ", ".join(f"{name} = :{name}" for name in values)
        sql = f"UPDATE tasks SET {changes} WHERE id = :task_id"
        return self._database.execute(sql, {**values, "task_id": task_id}).rowcount > 0

    def delete(self, task_id: str) -> None:
        """Delete a task."""
        self._database.execute("DELETE FROM tasks WHERE id = ?", (task_id,))

    def delete_vector(self, index_id: str, task_id: str) -> bool:
        """Remove the video of a task from its index, and return whether the index held it."""
        sql = "UPDATE tasks SET has_vector = 0 WHERE id = ? AND index_id = ? AND has_vector"
        return self._database.execute(sql, (task_id, index_id)).rowcount > 0

    def get(self, task_id: str) -> Task | None:
        """Return a task, or `None` if it does not exist."""
        return next(iter(self._select("WHERE id = ?", (task_id,))), None)

    def get_many(self, task_ids: Iterable[str]) -> dict[str, Task]:
        """Return those of the tasks that exist, by id."""
        found = self._select("WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(task_ids)),))
        return {task.id: task for task in found}

    def list_awaiting_video(self) -> list[Task]:
        """Return the tasks whose video is still to be fetched."""
        return self._select("WHERE received_at IS NULL AND due_at IS NOT NULL ORDER BY seq")

    def list_awaiting_stream(self) -> list[Task]:
        """Return the tasks whose video has arrived and whose stream is still to be made."""
        return self._select("WHERE received_at IS NOT NULL AND hls_status = 'PROCESSING' ORDER BY seq")

    def list_ids_with_stream(self) -> set[str]:
        """Return the ids of the tasks whose stream is complete."""
        return {row["id"] for row in self._database.query("SELECT id FROM tasks WHERE hls_status = 'COMPLETE'")}

    def list_failed(self, limit: int) -> list[Task]:
        """Return the latest tasks that failed, the oldest first."""
        return self._select("WHERE status = 'failed' ORDER BY updated_at DESC LIMIT ?", (limit,))[::-1]

    def list_content_hashes(self, index_id: str) -> set[str]:
        """Return the hashes of the videos that an index holds or is about to hold."""
        rows = self._database.query(
            "SELECT content_hash FROM tasks WHERE index_id = ? AND content_hash IS NOT NULL"
            " AND (has_vector OR due_at IS NOT NULL) AND fault IS NULL",
            (index_id,),
        )
        return {row["content_hash"] for row in rows}

    def list_due(self, now: int, limit: int, task_id: str | None = None) -> list[Task]:
        """Return tasks that can leave their status by now, those that could for longest first.

        Args:
            now: The time.
            limit: The maximum number of tasks.
            task_id: The only task to return, if it is due.
        """
        condition = _DUE if task_id is None else f"id = :task_id AND {_DUE}"
        values = {"now": now, "task_id": task_id, "limit": limit}
        return self._select(f"WHERE {condition} ORDER BY due_at LIMIT :limit", values)

    def move(self, tasks: Iterable[Task]) -> None:
        """Store the statuses that tasks have come to."""
        self._database.execute_many(
            "UPDATE tasks SET status = ?, updated_at = ?, due_at = ?, has_vector = ? WHERE id = ?",
            [(task.status, task.updated_at, task.due_at, task.has_vector, task.id) for task in tasks],
        )

    def has_unfinished(self, import_id: int) -> bool:
        """Return whether a task of an import is not over yet."""
        sql = "SELECT 1 FROM tasks WHERE import_id = ? AND due_at IS NOT NULL LIMIT 1"
        return bool(self._database.query(sql, (import_id,)))

    def last_update(self, import_id: int | None = None) -> int | None:
        """Return the latest time at which a task changed: of all tasks, or of those of an import."""
        if import_id is not None:
            rows = self._database.query("SELECT max(updated_at) FROM tasks WHERE import_id = ?", (import_id,))
        else:
            # One column at a time, so that SQLite takes the last entry of its index.
            rows = self._database.query("SELECT max(created_at) FROM tasks UNION ALL SELECT max(updated_at) FROM tasks")
        return max((row[0] for row in rows if row[0] is not None), default=None)

    def page(
        self,
        filters: Mapping[str, Any],
        *,
        number: int,
        size: int,
        sort_by: Literal["created_at", "updated_at"],
        descending: bool,
    ) -> Page:
        """Return one page of the tasks that meet all filters.

        Args:
            filters: The parameters of `list_tasks` that filter, as they were given; others are ignored.
            number: The number of the page, from 1.
            size: The number of tasks on a page.
            sort_by: The time to sort by. Tasks of the same time stay in the order they were created, or its reverse.
            descending: Whether the latest come first.
        """
        condition, values = _build_condition(filters)
        offset = (number - 1) * size
        with self._database.hold():
            total = self._database.query(f"SELECT count(*) FROM tasks WHERE {condition}", values)[0][0]
            count = max(0, min(size, total - offset))
            if count == 0:
                return Page([], total)
            # A page in the second half is counted from the end: SQLite steps over every row before it.
            backward = offset > total // 2
            ascending = descending is backward
            skipped = total - offset - count if backward else offset
            order = "ASC" if ascending else "DESC"
            tasks = self._select(
                f"WHERE seq IN (SELECT seq FROM tasks WHERE {condition}"
                f" ORDER BY {sort_by} {order}, seq {order} LIMIT :count OFFSET :skipped)"
                f" ORDER BY {sort_by} {order}, seq {order}",
                {**values, "count": count, "skipped": skipped},
            )
        return Page(tasks[::-1] if backward else tasks, total)

    def _select(self, clauses: str, values: Values = ()) -> list[Task]:
        return [Task(*row) for row in self._database.query(f"{_SELECT} {clauses}", values)]


def _build_condition(filters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the condition of filters, and the values in it."""
    parts, values = ["1"], {}
    for name in _FILTERS:
        if name in filters:
            parts.append(f"{name} = :{name}")
            value = filters[name]
            values[name] = min(value, _MAX_INTEGER) if isinstance(value, int) else value
    if "duration" in filters:
        parts.append("duration BETWEEN :duration - 0.5 AND :duration + 0.5")
        values["duration"] = float(filters["duration"])
    for name in ("created_at", "updated_at"):
        if name in filters:
            since = parse_time(filters[name])
            parts.append(f"{name} >= :{name} AND {name} < :{name}_end")
            values |= {name: since, f"{name}_end": (since // DAY + 1) * DAY}
    if filters.get("status"):
        marks = {f"status_{number}": status for number, status in enumerate(filters["status"])}
        parts.append(f"status IN ({', '.join(f':{mark}' for mark in marks)})")
        values |= marks
    return " AND ".join(parts), values
