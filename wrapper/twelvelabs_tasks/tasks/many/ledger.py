"""The ledger of a bulk creation: what is known of each upload, kept so that a later run can go on from there.

It is an SQLite database with one row for each upload. A row says `started` before the first byte is sent, and
`created` or `failed` when the platform has answered; each is on the disk before anything else happens, so that neither
SIGKILL nor a power failure loses it. A row that still says `started` in a later run is an upload whose outcome is
unknown.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from ... import errors
from ...types import TasksCreateResponse

__all__ = ["IN_MEMORY", "Entry", "Key", "Ledger"]

IN_MEMORY = ":memory:"  # what SQLite calls a database that is forgotten in the end

State: TypeAlias = Literal["started", "created", "failed"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS uploads (
    index_id TEXT NOT NULL,
    source TEXT NOT NULL,      -- the absolute path, or the URL
    version TEXT NOT NULL,     -- size and time of modification of a file
    filename TEXT NOT NULL,    -- as the platform is told it
    state TEXT NOT NULL CHECK (state IN ('started', 'created', 'failed')),
    started_at TEXT NOT NULL,  -- RFC 3339, by the clock of this machine
    task_id TEXT,
    video_id TEXT,
    error TEXT,
    PRIMARY KEY (index_id, source, version)
) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS uploads_by_task ON uploads (task_id) WHERE task_id IS NOT NULL;
"""


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two uploads the same.

    Attributes:
        index_id: The index.
        source: The absolute path of the file, or the URL.
        version: The size and the time of modification of a file: one that was changed since is another upload.
    """

    index_id: str
    source: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of an upload.

    Attributes:
        state: `started`, `created` or `failed`.
        filename: The filename of its video.
        started_at: When it began, by the clock of this machine.
        task: The task, if it was created.
    """

    state: State
    filename: str
    started_at: datetime
    task: TasksCreateResponse | None


class Ledger:
    """A ledger, open for one bulk creation at a time. It may be used from several threads, by one after the other.

    Args:
        path: The file, which is made if it does not exist; `IN_MEMORY` for none.

    Raises:
        errors.LedgerError: The file is no ledger, it cannot be read or written, or another process uses it; so do all
            methods.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        with self._translated():
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                # One process at a time: what another one has just started must not be taken for left over.
                self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")  # each change is on the disk when it returns
                self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
            except BaseException:
                self._db.close()
                raise

    @property
    def is_lasting(self) -> bool:
        """Whether a later run can read it."""
        return self._path != IN_MEMORY

    def __getitem__(self, key: Key) -> Entry | None:
        """Return what is known of an upload, `None` if it was never started."""
        row = self._select(
            "SELECT state, filename, started_at, task_id, video_id FROM uploads"
            " WHERE index_id = ? AND source = ? AND version = ?",
            *astuple(key),
        )
        if row is None:
            return None
        state, filename, started_at, task_id, video_id = row
        task = None if task_id is None else TasksCreateResponse(id=task_id, video_id=video_id)
        return Entry(state, filename, datetime.fromisoformat(started_at), task)

    def holds_task(self, task_id: str) -> bool:
        """Whether a task is known to be that of some upload."""
        return self._select("SELECT 1 FROM uploads WHERE task_id = ?", task_id) is not None

    def start(self, key: Key, filename: str, started_at: datetime) -> None:
        """Note that an upload is about to begin; from now on, its outcome is unknown."""
        self._change(
            "INSERT OR REPLACE INTO uploads (index_id, source, version, filename, state, started_at)"
            " VALUES (?, ?, ?, ?, 'started', ?)",
            *astuple(key),
            filename,
            started_at.isoformat(),
        )

    def create(self, key: Key, task: TasksCreateResponse) -> None:
        """Note the task of an upload."""
        self._change(
            "UPDATE uploads SET state = 'created', task_id = ?, video_id = ?"
            " WHERE index_id = ? AND source = ? AND version = ?",
            task.id,
            task.video_id,
            *astuple(key),
        )

    def fail(self, key: Key, error: BaseException) -> None:
        """Note that an upload made no task, so that a later run sends it again."""
        self._change(
            "UPDATE uploads SET state = 'failed', error = ? WHERE index_id = ? AND source = ? AND version = ?",
            f"{type(error).__name__}: {error}",
            *astuple(key),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _select(self, query: str, *values: str) -> tuple[Any, ...] | None:
        with self._translated():
            row: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
            return row

    def _change(self, statement: str, *values: str) -> None:
        with self._translated():
            self._db.execute(statement, values)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the exceptions of SQLite into that of this library."""
        try:
            yield
        except sqlite3.Error as error:
            in_use = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            why = "another bulk creation uses it" if in_use else str(error)
            raise errors.LedgerError(f"The ledger {self._path} cannot be used: {why}") from error
