"""Where the emulator keeps its state: one SQLite database in the data folder, with one connection to it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS indexes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

-- All times are milliseconds since 1970 on the emulator's own clock.
CREATE TABLE IF NOT EXISTS tasks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- tells tasks of the same millisecond apart
    id TEXT NOT NULL UNIQUE,
    index_id TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,            -- when the task came into its status
    due_at INTEGER,                         -- when it leaves it at the earliest; NULL if it never does
    filename TEXT NOT NULL,
    duration REAL,
    width INTEGER,
    height INTEGER,
    source TEXT,                            -- where the video is to be fetched from; NULL if it was uploaded
    received_at INTEGER,                    -- when the video was here and checked
    content_hash TEXT,
    fault TEXT,                             -- why the task fails
    hls_status TEXT,                        -- NULL if it is not to be streamed
    hls_updated_at INTEGER,
    thumbnails INTEGER NOT NULL DEFAULT 0,
    has_vector INTEGER NOT NULL DEFAULT 0,  -- whether the index knows the video
    user_metadata TEXT,
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

CREATE TABLE IF NOT EXISTS imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    integration_id TEXT NOT NULL,
    index_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER                        -- NULL while it is running
);

-- What became of each file an import looked at: a task, an error, or neither if the index held the video already.
CREATE TABLE IF NOT EXISTS import_files (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL REFERENCES imports,
    filename TEXT NOT NULL,
    fingerprint TEXT NOT NULL,              -- changes when the file does
    content_hash TEXT,
    task_id TEXT,
    error TEXT
);
CREATE INDEX IF NOT EXISTS import_files_by_import ON import_files (import_id);
CREATE INDEX IF NOT EXISTS import_files_by_task ON import_files (task_id) WHERE task_id IS NOT NULL;
"""
_TABLES = ("import_files", "imports", "tasks", "indexes", "settings")


class DataFolderError(OSError):
    """The data folder cannot be used; the message says why."""


class Store:
    """The database of a data folder.

    It is opened exclusively: a second emulator on the same folder is refused, and a killed one leaves no lock behind.

    Args:
        path: The database file, made if there is none.

    Raises:
        DataFolderError: Another emulator uses it, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise DataFolderError(f"Cannot use the data folder {path.parent}: {error}.") from error
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise DataFolderError(_explained(error, path)) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for as long as no one else needs it."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, durable when the outermost block ends and undone when that raises."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection  # A part of the transaction that is open already.
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has undone it already where it ran out of space; where a commit failed, it has not.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def setting(self, name: str, default: float = 0) -> float:
        """A number that outlives the process."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row["value"] if row else default

    def keep_setting(self, name: str, value: float) -> None:
        """Make a number outlive the process."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def wipe(self) -> None:
        """Forget everything."""
        with self.writing() as db:
            for table in _TABLES:
                db.execute(f"DELETE FROM {table}")

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)
        # Takes the lock even where the schema was there already.
        self._connection.execute("BEGIN EXCLUSIVE")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the database, which frees the folder for another emulator."""
        with self._lock:
            self._connection.close()


def _explained(error: sqlite3.DatabaseError, path: Path) -> str:
    if isinstance(error, sqlite3.OperationalError):
        if "locked" in str(error):
            return f"Another emulator is running on the data folder {path.parent}."
        return f"Cannot use the data folder {path.parent}: {error}."
    return f"{path} is not a database of the emulator: {error}."
