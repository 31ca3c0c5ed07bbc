"""The tables `imports` and `import_files`: the imports, and what became of each of their files."""

from __future__ import annotations

import attrs

from .database import Table

__all__ = ["Import", "ImportFile", "Imports"]


@attrs.frozen
class Import:
    """An import. Times are milliseconds since 1970 on the emulator's clock; `ended_at` is `None` while it runs."""

    id: int
    integration_id: str
    index_id: str
    created_at: int
    ended_at: int | None = None


@attrs.frozen
class ImportFile:
    """A file of an import: it has a task, or an error, or neither if the index held the video already."""

    import_id: int
    filename: str
    fingerprint: str
    content_hash: str | None
    task_id: str | None
    error: str | None


_FILE = tuple(field.name for field in attrs.fields(ImportFile))


class Imports(Table):
    """The imports and their files, in the order they were added."""

    NAMES = ("import_files", "imports")
    SCHEMA = """
CREATE TABLE IF NOT EXISTS imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    integration_id TEXT NOT NULL,
    index_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER                        -- NULL while it is running
);

-- What became of each file of an import: a task, an error, or neither if the index held the video already.
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

    def create(self, integration_id: str, index_id: str, now: int) -> int:
        """Add an import that begins now, and return its id."""
        cursor = self._database.execute(
            "INSERT INTO imports (integration_id, index_id, created_at) VALUES (?, ?, ?)",
            (integration_id, index_id, now),
        )
        return int(cursor.lastrowid or 0)

    def add_file(self, file: ImportFile) -> None:
        """Add a file to an import."""
        names, marks = ", ".join(_FILE), ", ".join("?" * len(_FILE))
        self._database.execute(f"INSERT INTO import_files ({names}) VALUES ({marks})", attrs.astuple(file))

    def list_imports(self, integration_id: str) -> list[Import]:
        """Return the imports of an integration, the oldest first."""
        return self._select("integration_id = ?", integration_id)

    def list_running(self) -> list[Import]:
        """Return the imports that have not ended."""
        return self._select("ended_at IS NULL")

    def end(self, import_id: int, at: int) -> None:
        """Say when an import ended."""
        self._database.execute("UPDATE imports SET ended_at = ? WHERE id = ?", (at, import_id))

    def list_files(self, integration_id: str) -> list[ImportFile]:
        """Return the files of all imports of an integration."""
        rows = self._database.query(
            f"SELECT {', '.join(_FILE)} FROM import_files"
            " WHERE import_id IN (SELECT id FROM imports WHERE integration_id = ?) ORDER BY seq",
            (integration_id,),
        )
        return [ImportFile(*row) for row in rows]

    def _select(self, condition: str, *values: str) -> list[Import]:
        rows = self._database.query(
            f"SELECT id, integration_id, index_id, created_at, ended_at FROM imports WHERE {condition} ORDER BY id",
            values,
        )
        return [Import(*row) for row in rows]
