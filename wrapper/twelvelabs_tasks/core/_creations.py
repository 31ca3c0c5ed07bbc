"""What a client knows of its own creations: the tasks it was given, and those whose outcome is not known yet.

Whoever searches for the task of a lost response asks here, so that a task is never taken for two creations.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Hashable
from typing import NamedTuple

__all__ = ["CreationKey", "Creations"]

MOST_GIVEN = 100_000  # tasks that are remembered, the latest
LINGERING = 3600.0  # seconds for which a creation whose outcome stayed unknown may still have made a task of its name


class CreationKey(NamedTuple):
    """What distinguishes a creation from all others.

    Attributes:
        group: Those that belong together, such as all of a ledger.
        key: What distinguishes it from the others in its group.
    """

    group: Hashable
    key: Hashable = None


class Creations:
    """The creations of one client, which threads may share."""

    def __init__(self) -> None:
        self._given: dict[str, CreationKey] = {}
        self._open: dict[CreationKey, tuple[tuple[str, ...], float | None]] = {}
        self.begin_anew()

    def begin_anew(self) -> None:
        """Be usable in a child process, where a thread of the parent may have held the lock."""
        self._lock = threading.Lock()

    def give(self, task_id: str, creation: CreationKey) -> bool:
        """Take note that a task is that of a creation; return whether it is not already that of another one."""
        with self._lock:
            owner = self._given.setdefault(task_id, creation)
            if len(self._given) > MOST_GIVEN:
                del self._given[next(iter(self._given))]
            return owner == creation

    def is_of_others(self, task_id: str, group: Hashable) -> bool:
        """Whether a task is known to be that of a creation outside a group."""
        owner = self._given.get(task_id)
        return owner is not None and owner.group != group

    def begin(self, creation: CreationKey, names: tuple[str, ...]) -> None:
        """Take note of a creation whose outcome is not known yet, and of what the filename of its task may be."""
        with self._lock:
            self._open[creation] = (names, None)

    def end(self, creation: CreationKey, *, is_known: bool = True) -> None:
        """Take note that a creation has ended; one whose outcome is unknown counts for a while longer."""
        with self._lock:
            begun = self._open.pop(creation, None)
            if begun is not None and not is_known:
                self._open[creation] = (begun[0], time.monotonic() + LINGERING)

    def end_group(self, group: Hashable) -> None:
        """Take note that the creations of a group have ended whose end was not reported."""
        until = time.monotonic() + LINGERING
        with self._lock:
            for creation, (names, ends) in list(self._open.items()):
                if creation.group == group and ends is None:
                    self._open[creation] = (names, until)

    def names_of_others(self, group: Hashable) -> Counter[str]:
        """Return how many creations outside a group may make a task of each name."""
        now = time.monotonic()
        with self._lock:
            self._open = {
                creation: (names, until)
                for creation, (names, until) in self._open.items()
                if until is None or until > now
            }
            others = [names for creation, (names, _) in self._open.items() if creation.group != group]
        return Counter(name for names in others for name in names)
