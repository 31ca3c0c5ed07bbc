"""Who sends the uploads of a bulk creation, and so what is known of their end when the run is over."""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from enum import Enum

__all__ = ["Senders"]


class Senders(Enum):
    """Who sends the uploads."""

    HERE = "threads or tasks of this process, which end with it"
    CHILDREN = "children of this process, which give up when it is dead"
    WORKERS = "other processes, perhaps on other machines, which may go on until they give up by themselves"

    @classmethod
    def of(cls, executor: Executor | None) -> Senders:
        """Return who sends with an executor, `None` for one of this library's own."""
        if executor is None or isinstance(executor, ThreadPoolExecutor):
            return cls.HERE
        return cls.CHILDREN if isinstance(executor, ProcessPoolExecutor) else cls.WORKERS
