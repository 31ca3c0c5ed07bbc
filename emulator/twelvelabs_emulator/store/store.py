"""All tables together."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from .database import Database
from .imports import Imports
from .indexes import Indexes
from .numbers import Numbers
from .tasks import Tasks

__all__ = ["Store"]

_TABLES = (Numbers, Indexes, Tasks, Imports)


class Store:
    """The tables of a data folder.

    Args:
        path: The database file, created if it does not exist.

    Raises:
        DataFolderError: Another emulator uses it, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, "".join(table.SCHEMA for table in _TABLES))
        self.numbers = Numbers(self._database)
        self.indexes = Indexes(self._database)
        self.tasks = Tasks(self._database)
        self.imports = Imports(self._database)

    def transaction(self) -> AbstractContextManager[None]:
        """Make what a block changes durable at its end, all of it, or undo it if the block raises."""
        return self._database.transaction()

    def hold(self) -> AbstractContextManager[None]:
        """Keep other threads out within a block, so that several reads fit together."""
        return self._database.hold()

    def clear(self) -> None:
        """Delete everything."""
        with self.transaction():
            for table in (self.imports, self.tasks, self.indexes, self.numbers):
                table.clear()

    def close(self) -> None:
        """Close the database, which frees the folder for another emulator."""
        self._database.close()
