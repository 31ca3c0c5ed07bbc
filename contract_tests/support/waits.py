"""Waits for many tasks, as uses of either client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["use_as_completed", "use_wait_for_all"]


def use_as_completed(ids: Sequence[str], **arguments: Any) -> Any:
    """Return the use of a client that collects what `as_completed` yields."""

    def use(client: Any) -> Any:
        found = client.tasks.as_completed(ids, **arguments)
        if not hasattr(found, "__aiter__"):
            return list(found)

        async def collect() -> list[Any]:
            return [task async for task in found]

        return collect()

    return use


def use_wait_for_all(ids: Sequence[str], **arguments: Any) -> Any:
    """Return the use of a client that calls `wait_for_all`."""
    return lambda client: client.tasks.wait_for_all(ids, **arguments)
