"""The file of a ledger: an SQLite database that cannot be mistaken for another one, nor for a new one.

All that was committed is in the one file, in no journal beside it, so that a copy or a renamed file knows it all. A new
ledger appears under its name only when it is complete: an empty file is one that was truncated.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ... import errors

__all__ = ["IN_MEMORY", "LedgerFile", "resolve"]

IN_MEMORY = ":memory:"  # what SQLite calls a database that is forgotten in the end
APPLICATION_ID = 0x546C5461  # "TlTa"
VERSION = 1

SCHEMA = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    seen_at TEXT NOT NULL,     -- when it was last known to go on, by the clock of this machine
    clock_offset REAL,         -- by how many seconds the clock of the platform was ahead, as seen when it began
    newest_at TEXT             -- when the newest task in the list had been created then, by the clock of the platform
) STRICT;
CREATE TABLE uploads (
    index_id TEXT NOT NULL,
    source TEXT NOT NULL,      -- the absolute path, or the URL
    version TEXT NOT NULL,     -- size and time of modification of a file
    filename TEXT NOT NULL,    -- as the API is sent it, or that of the URL
    is_url INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'created', 'failed')),
    started_at TEXT NOT NULL,  -- RFC 3339, by the clock of this machine
    given_up_at TEXT,          -- when nobody sends it any more, if not the end of the run decides that
    run INTEGER REFERENCES runs (id),
    task_id TEXT,
    video_id TEXT,
    error TEXT,
    PRIMARY KEY (index_id, source, version)
) STRICT;
CREATE INDEX uploads_by_task ON uploads (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX uploads_started ON uploads (index_id) WHERE state = 'started';
"""
COLUMNS_OF_VERSION_0 = "index_id, source, version, filename, state, started_at, task_id, video_id, error"


class LedgerFile:
    """The database of a ledger, which one process at a time can have open.

    Args:
        path: The file, which is made if it does not exist; `IN_MEMORY` for none.
        must_exist: Whether to refuse instead to make one.

    Raises:
        errors.LedgerError: The file is not a valid ledger, cannot be read or written, or is in use; so do all methods.
    """

    def __init__(self, path: str, *, must_exist: bool = False) -> None:
        self.is_lasting = path != IN_MEMORY
        # SQLite finds what belongs to a file by its name, so it is given the one true name.
        self.path = os.path.realpath(path) if self.is_lasting else path
        with self._translate_errors():
            if self.is_lasting:
                self._provide(must_exist=must_exist)
            self._db = self._connect(self.path)
            try:
                if not self.is_lasting:
                    self._db.executescript(SCHEMA)
                else:
                    self._check()
                    self._file = Path(self.path).stat()
            except BaseException:
                self._db.close()
                raise

    def select(self, query: str, *values: str | float | None) -> list[Any]:
        """Return the rows of a query."""
        with self._translate_errors():
            return self._db.execute(query, [_encode(value) for value in values]).fetchall()

    def change(self, statement: str, *values: str | float | None) -> int:
        """Carry out a statement; return the number of rows that it changed. It is on the disk then."""
        with self._translate_errors():
            self._check_identity()
            return self._db.execute(statement, [_encode(value) for value in values]).rowcount

    def insert(self, statement: str, *values: str | float | None) -> int:
        """Insert a row; return its number."""
        with self._translate_errors():
            return self._db.execute(statement, [_encode(value) for value in values]).lastrowid or 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def unusable_error(self, why: str) -> errors.LedgerError:
        """Return the exception that says why the ledger cannot be used, and what to do."""
        return errors.LedgerError(f"The ledger {self.path!r} cannot be used: {why}")

    def _provide(self, *, must_exist: bool) -> None:
        """Make the file if it does not exist, whole at once; refuse one that SQLite would take for another."""
        try:
            status = Path(self.path).stat()
        except FileNotFoundError:
            if must_exist:
                raise self.unusable_error("there is no such file.") from None
            self._create()
            return
        if not stat.S_ISREG(status.st_mode):
            raise self.unusable_error("it is not a regular file. Give the path of a file.")
        if status.st_size == 0:
            raise self.unusable_error(
                "it is empty, so it was truncated, and what it knew is lost. Restore it from a copy, or delete it to "
                "begin anew: videos whose tasks exist would be uploaded again."
            )
        if status.st_nlink > 1:
            self._remove_drafts(status)
            links = Path(self.path).stat().st_nlink
            if links > 1:
                raise self.unusable_error(f"it has {links} hard links. Remove all names but one.")

    def _remove_drafts(self, status: os.stat_result) -> None:
        """Remove the name that the file was made under, if whoever made it was killed before that."""
        folder, name = os.path.split(self.path)
        for draft in Path(folder).glob(f".{glob.escape(name)}-*"):
            with suppress(FileNotFoundError):
                if os.path.samestat(draft.lstat(), status):
                    draft.unlink()

    def _create(self) -> None:
        folder, name = os.path.split(self.path)
        if not Path(folder).is_dir():
            raise self.unusable_error(f"there is no folder {folder!r}.")
        if os.path.lexists(f"{self.path}-wal") or os.path.lexists(f"{self.path}-journal"):
            raise self.unusable_error(
                "it does not exist, but its journal does: it was moved or deleted without it. Put both in one place, "
                "or delete the journal to begin anew."
            )
        handle, draft = tempfile.mkstemp(prefix=f".{name}-", dir=folder)
        os.close(handle)
        try:
            with closing(self._connect(draft)) as db:
                db.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; {SCHEMA}")
            with suppress(FileExistsError):  # another process was faster: its ledger is as good
                _move(draft, self.path)
        finally:
            Path(draft).unlink(missing_ok=True)

    def _connect(self, path: str) -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        db.text_factory = _decode
        try:
            # One process at a time: what another one has just started must not be taken for left over.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("PRAGMA journal_mode = DELETE")  # all that is committed is in the one file
            db.execute("PRAGMA synchronous = FULL")  # each change is on the disk when it returns
            db.execute("BEGIN EXCLUSIVE")  # takes the lock
            db.execute("COMMIT")
        except BaseException:
            db.close()
            raise
        return db

    def _check(self) -> None:
        (application,), (version,) = (
            self._db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        if (application, version) == (0, 0):
            version = self._upgrade()
        elif application != APPLICATION_ID:
            raise self.unusable_error("it is a database of another program. Give another path.")
        if version != VERSION:
            raise self.unusable_error(f"it is of version {version}, made by a newer release. Upgrade twelvelabs-tasks.")
        ((health, *_),) = self._db.execute("PRAGMA integrity_check(1)").fetchall()
        if health != "ok":
            raise self.unusable_error(
                f"it is damaged: {health}. Restore it from a copy, with its journal if there is one."
            )

    def _upgrade(self) -> int:
        """Bring a ledger of version 0 up to date; it had no mark, and its paths were not resolved."""
        columns = [name for _, name, *_ in self._db.execute("PRAGMA table_info(uploads)")]
        if columns != COLUMNS_OF_VERSION_0.split(", "):
            raise self.unusable_error("it is a database of another program. Give another path.")
        self._db.executescript(
            f"BEGIN; ALTER TABLE uploads RENAME TO old; DROP INDEX uploads_by_task; {SCHEMA}"
            f"INSERT INTO uploads ({COLUMNS_OF_VERSION_0}, is_url)"
            f" SELECT {COLUMNS_OF_VERSION_0}, version = '' FROM old; DROP TABLE old;"
        )
        for (source,) in self._db.execute("SELECT source FROM uploads WHERE version <> ''").fetchall():
            self._db.execute("UPDATE OR IGNORE uploads SET source = ? WHERE source = ?", (resolve(source), source))
        self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._db.execute("COMMIT")
        return VERSION

    def _check_identity(self) -> None:
        """Refuse to go on with a file that was deleted or replaced: nobody would find what is written to it."""
        if not self.is_lasting:
            return
        try:
            status: os.stat_result | None = Path(self.path).stat()
        except FileNotFoundError:
            status = None
        if status is None or not os.path.samestat(status, self._file):
            raise self.unusable_error(
                "it was deleted or replaced while in use. Put it back, or begin anew with another one."
            )

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn the exceptions of SQLite and of the file system into that of this library."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            match getattr(error, "sqlite_errorcode", None):
                case sqlite3.SQLITE_BUSY:
                    why = "another bulk creation uses it."
                case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
                    why = f"{error}. Restore it from a copy, or give another path."
                case _:
                    why = str(error)
            raise self.unusable_error(why) from error


def _move(source: str, target: str) -> None:
    """Rename a file; raise FileExistsError rather than replace another one."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # this file system has no links
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        Path(source).rename(target)


def resolve(path: str) -> str:
    """Return the one true path of a file: its folder without links and `..`, its own name as it is.

    A file that is itself a link keeps its name, because that is the name that the API is sent.
    """
    absolute = Path(path).absolute()
    return str(absolute.parent.resolve() / absolute.name)


def _encode(value: str | float | None) -> str | float | bytes | None:
    """Return a value for a statement that casts it to text: names need not be Unicode."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def _decode(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")
