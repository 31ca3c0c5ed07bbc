"""The table `indexes`."""

from __future__ import annotations

from .database import Table

__all__ = ["Indexes"]


class Indexes(Table):
    """The indexes, in the order they were created."""

    NAMES = ("indexes",)
    SCHEMA = """
CREATE TABLE IF NOT EXISTS indexes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);
"""

    def create(self, index_id: str, name: str) -> None:
        """Add an index, unless it exists."""
        self._database.execute("INSERT OR IGNORE INTO indexes (id, name) VALUES (?, ?)", (index_id, name))

    def first(self) -> str | None:
        """Return the id of the oldest index, or `None` if there is none."""
        rows = self._database.query("SELECT id FROM indexes ORDER BY seq LIMIT 1")
        return rows[0]["id"] if rows else None

    def name(self, index_id: str) -> str | None:
        """Return the name of an index, or `None` if it does not exist."""
        rows = self._database.query("SELECT name FROM indexes WHERE id = ?", (index_id,))
        return rows[0]["name"] if rows else None
