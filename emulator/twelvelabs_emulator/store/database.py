"""One connection to one SQLite database, and its transactions."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

__all__ = ["DataFolderError", "Database", "Table", "Values"]

_APPLICATION = int.from_bytes(b"12Lx", "big")
"""What SQLite calls the id of an application: the mark of databases of the emulator."""
_CREATE_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+)")

Values = Sequence[Any] | Mapping[str, Any]


class DataFolderError(OSError):
    """The data folder cannot be used; the message says why."""


class Database:
    """The database of a data folder.

    It is opened exclusively: a second emulator on the same folder is refused, and a killed one leaves no lock behind.
    Threads take turns.

    Args:
        path: The database file, created if it does not exist.
        schema: The SQL that creates the tables that do not exist.

    Raises:
        DataFolderError: Another emulator uses it, or it cannot be read.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self._lock = threading.RLock()
        if path.is_symlink():  # What it points to belongs to somebody else.
            raise DataFolderError(f"{path} is not a database of the emulator: it is a symbolic link.")
        try:
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise DataFolderError(f"Cannot use the data folder {path.parent}: {error}.") from error
        try:
            self._prepare(path, schema)
        except BaseException as error:
            self._connection.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise DataFolderError(_explain(error, path)) from error
            raise

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other threads out within a block, so that several reads fit together."""
        with self._lock:
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what a block changes durable at its end, all of it, or undo it if the block raises.

        A block within another one is a part of it.
        """
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has undone it already if it ran out of space; if a commit failed, it has not.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def query(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        """Execute a statement that changes something; outside of a transaction, it is one by itself."""
        with self._lock:
            return self._connection.execute(sql, values)

    def execute_many(self, sql: str, values: Iterable[Values]) -> None:
        """Execute a statement once for each set of values."""
        with self._lock:
            self._connection.executemany(sql, values)

    def close(self) -> None:
        """Close the database, which frees the folder for another emulator."""
        with self._lock:
            self._connection.close()

    def _prepare(self, path: Path, schema: str) -> None:
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._claim(path, schema)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(schema)
        self._add_columns(schema)
        # Takes the lock even if the tables exist already.
        self._connection.execute("BEGIN EXCLUSIVE")
        self._connection.execute("COMMIT")

    def _add_columns(self, schema: str) -> None:
        """Add the columns that the tables of an earlier version lack."""
        with closing(sqlite3.connect(":memory:")) as model:
            model.executescript(schema)
            for table in _CREATE_TABLE.findall(schema):
                present = {row["name"] for row in self.query(f"PRAGMA table_info({table})")}
                for _, name, kind, not_null, default, _ in model.execute(f"PRAGMA table_info({table})"):
                    if name not in present:
                        rule = f" NOT NULL DEFAULT {default}" if not_null else ""
                        self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}{rule}")

    def _claim(self, path: Path, schema: str) -> None:
        """Mark a new database as the emulator's, or check the mark, before anything is changed.

        Raises:
            DataFolderError: It belongs to another program.
        """
        ((mark,),) = self._connection.execute("PRAGMA application_id").fetchall()
        if mark == _APPLICATION:
            return
        tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        # Earlier versions of the emulator have left no mark, but all of its tables and no others.
        if mark or (tables and tables - {"sqlite_sequence"} != set(_CREATE_TABLE.findall(schema))):
            raise DataFolderError(f"{path} is not a database of the emulator: it belongs to another program.")
        self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")


class Table:
    """A table, or several that are used as one.

    Args:
        database: The database it is in.
    """

    NAMES: ClassVar[tuple[str, ...]]
    SCHEMA: ClassVar[str]

    def __init__(self, database: Database) -> None:
        self._database = database

    def clear(self) -> None:
        """Delete all rows."""
        for name in self.NAMES:
            self._database.execute(f"DELETE FROM {name}")


def _explain(error: sqlite3.DatabaseError, path: Path) -> str:
    if isinstance(error, sqlite3.OperationalError):
        if "locked" in str(error):
            return f"Another emulator is running on the data folder {path.parent}."
        return f"Cannot use the data folder {path.parent}: {error}."
    return f"{path} is not a database of the emulator: {error}."
