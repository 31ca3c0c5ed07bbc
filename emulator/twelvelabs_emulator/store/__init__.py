"""What the emulator remembers: one SQLite database, and one module for each table with its rows and its SQL.

Only these modules know SQL. Their methods are single statements, or reads that belong together; whoever needs several
changes at once wraps them in `Store.transaction`.
"""

from __future__ import annotations

from .database import DataFolderError
from .store import Store
from .tasks import Task

__all__ = ["DataFolderError", "Store", "Task"]
