"""What the emulator remembers: one SQLite database, and one module for each table with its rows and its SQL.

Only these modules know SQL. Each method is one statement, or several reads that belong together. Changes that belong
together are wrapped in `Store.transaction` by the platform.

A new table is a new module here: its rows as an `attrs` class, its `SCHEMA`, and its queries as a `Table`, which
`Store` then has as an attribute.
"""

from __future__ import annotations

from .database import DataFolderError
from .store import Store
from .tasks import Task

__all__ = ["DataFolderError", "Store", "Task"]
