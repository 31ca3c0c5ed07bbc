"""The table `settings`: single numbers that outlive the process."""

from __future__ import annotations

from .database import Table

__all__ = ["Numbers"]


class Numbers(Table):
    """Numbers, by name."""

    NAMES = ("settings",)
    SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
"""

    def get(self, name: str) -> float:
        """Return a number; 0 if it was never set."""
        rows = self._database.query("SELECT value FROM settings WHERE name = ?", (name,))
        return rows[0]["value"] if rows else 0

    def set(self, name: str, value: float) -> None:
        """Set a number."""
        self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))
