"""What a client knows of its own creations: the tasks it was given, and those whose outcome is not known yet.

Whoever searches for the task of a lost response asks here, so that a task is never taken for two creations.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable

__all__ = ["Creations"]

MOST_GIVEN = 100_000  # tasks that are remembered, the latest
LINGERING = 60.0  # seconds for which a creation whose outcome stayed unknown may still have made a task of its name


class Creations:
    """The creations of one client. All methods are atomic, so that threads may share it."""

    def __init__(self) -> None:
        self._given: dict[str, Hashable] = {}
        self._open: dict[Hashable, tuple[Hashable, str, float | None]] = {}

    def give(self, task_id: str, owner: Hashable) -> bool:
        """Take note that a task is that of a creation; return whether it is not already that of another one."""
        is_owners = self._given.setdefault(task_id, owner) == owner
        if len(self._given) > MOST_GIVEN:
            self._given.pop(next(iter(self._given)), None)
        return is_owners

    def is_given(self, task_id: str) -> bool:
        """Whether a task is known to be that of some creation."""
        return task_id in self._given

    def begin(self, creation: Hashable, group: Hashable, name: str) -> None:
        """Take note of a creation whose outcome is not known yet.

        Args:
            creation: What tells it from all others.
            group: Those that belong together, such as all of a bulk creation.
            name: What the filename of its task is like.
        """
        self._open[creation] = (group, name, None)

    def end(self, creation: Hashable, *, is_known: bool = True) -> None:
        """Take note that a creation has ended; one whose outcome is unknown counts for a while longer."""
        group, name, _ = self._open.pop(creation, (None, "", None))
        if not is_known:
            self._open[creation] = (group, name, time.monotonic() + LINGERING)

    def names_of_others(self, group: Hashable) -> Counter[str]:
        """Return how many creations outside a group may make a task of each name."""
        now = time.monotonic()
        for creation, (_, _, until) in list(self._open.items()):
            if until is not None and until < now:
                self._open.pop(creation, None)
        return Counter(name for others, name, _ in list(self._open.values()) if others != group)
