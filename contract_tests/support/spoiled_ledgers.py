"""Ledgers that something has happened to, so that they must be refused."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

__all__ = ["EDITED_BY_HAND", "SPOILED", "edit_dates", "set_back_signs_of_life"]

DATE = re.compile(r"\d{4}-\d\d-\d\d[T ]")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def damage(path: Path) -> None:
    """Damage a key, in all its places, as a bad disk might, so that a search for it goes astray."""
    content = path.read_bytes()
    damaged = content.replace(b"/005.mp4", b"/\xff05.mp4")
    assert damaged != content
    path.write_bytes(damaged)


def put_another_database(path: Path) -> None:
    put(path, "CREATE TABLE places (id INTEGER PRIMARY KEY, url TEXT)")


def put_another_database_of_uploads(path: Path) -> None:
    put(path, "CREATE TABLE uploads (id INTEGER PRIMARY KEY, source TEXT, state TEXT, started_at TEXT, task_id TEXT)")


def put(path: Path, schema: str) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute(schema)


def link(path: Path) -> None:
    """Give the file another name, by which nobody finds what SQLite keeps next to the first one."""
    path.with_name("linked.sqlite").hardlink_to(path)


def edit_dates(path: Path) -> None:
    """Put something else in the place of every date, whatever the tables are called."""
    with closing(sqlite3.connect(path)) as db:
        edited = 0
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
                values = {value for (value,) in db.execute(f"SELECT {column} FROM {table}")}
                for value in values:
                    if isinstance(value, str) and DATE.match(value):
                        change = f"UPDATE {table} SET {column} = 'yesterday' WHERE {column} = ?"
                        edited += db.execute(change, (value,)).rowcount
        db.commit()
    assert edited


SPOILED: dict[str, Callable[[Path], None]] = {
    "empty": empty,
    "truncated": truncate,
    "overwritten": overwrite,
    "damaged": damage,
    "another database": put_another_database,
    "another database with uploads": put_another_database_of_uploads,
    "a hard link": link,
    "edited": edit_dates,
}


def edit(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(statement, values).rowcount
        db.commit()


def set_back_signs_of_life(path: Path, seconds: float) -> None:
    """Let the last run of a ledger show no sign of life for some seconds before the last one that it showed."""
    with closing(sqlite3.connect(path)) as db:
        ((seen_at,),) = db.execute("SELECT seen_at FROM runs WHERE id = (SELECT max(id) FROM runs)")
    edit(
        path, "UPDATE runs SET seen_at = ?", (datetime.fromisoformat(seen_at) - timedelta(seconds=seconds)).isoformat()
    )


EDITED_BY_HAND: dict[str, Callable[[Path], None]] = {
    "a difference of clocks beyond all dates": lambda path: edit(path, "UPDATE runs SET clock_offset = 1e300"),
    "a difference of clocks of millennia": lambda path: edit(path, "UPDATE runs SET clock_offset = 1e12"),
    "text that is not UTF-8": lambda path: edit(path, "UPDATE uploads SET filename = CAST(x'ff41' AS TEXT)"),
}
