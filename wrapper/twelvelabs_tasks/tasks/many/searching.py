"""Looks for the tasks of uploads whose outcome is unknown, apart from who lists.

An upload is settled if the list shows exactly one task that can be its, or, long enough after it ended, none. A task
that the ledger knows to be another upload's is not its. Whatever is less clear is reported and not sent again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import httpx

from twelvelabs_tasks_api.errors import InvalidBody
from twelvelabs_tasks_api.types import decode_datetime

from ... import errors
from ...types import TasksCreateResponse, VideoIndexingTask
from ..reconciling import clock_offset
from .ledger import Entry, Key, Ledger
from .uploads import BulkUpload

__all__ = ["Search", "Unsettled"]

MOST_LOSSES = 3  # of an input that turned out to have no task, before it is given up
CLOCK_SLACK = timedelta(seconds=5)  # by which clocks may differ without anyone noticing


@dataclass
class Unsettled:
    """An upload whose outcome is unknown.

    Attributes:
        key: What the ledger knows it by.
        entry: What the ledger says of it.
        is_url: Whether the platform fetches it, and so may call it something else.
        since: When it was certainly over, on the monotonic clock, in seconds.
        uploads: The inputs that wait for the outcome.
        error: How it ended, if that was in this run.
    """

    key: Key
    entry: Entry
    is_url: bool
    since: float = 0.0
    uploads: list[BulkUpload] = field(default_factory=list)
    error: Exception | None = None

    def obstacle(self) -> str | None:
        """Make its first input ready to be sent again, as it has no task; return what is in the way of that."""
        if self.uploads[0].losses >= MOST_LOSSES:
            return f"the list shows none, after {MOST_LOSSES} uploads"
        if not self.uploads[0].rewind():
            return "the list shows none, but its stream cannot be rewound to be sent again"
        return None

    def report(self, candidates: Sequence[VideoIndexingTask], why: str) -> errors.CreateOutcomeUnknown:
        """Return the exception that says that its outcome stays unknown."""
        lost = errors.CreateOutcomeUnknown(
            f"There may be a task of {self.entry.filename!r} or none: {why}",
            index_id=self.key.index_id,
            filename=self.entry.filename,
            started_at=self.entry.started_at,
            candidates=candidates,
        )
        lost.__cause__ = self.error
        return lost


class Search:
    """The search for the tasks of several uploads in the list of their index.

    Args:
        unsettled: The uploads.
        ledger: What is known of all others.
    """

    def __init__(self, unsettled: Iterable[Unsettled], ledger: Ledger) -> None:
        self._unsettled = list(unsettled)
        self._ledger = ledger
        self._possible: dict[Key, dict[str, VideoIndexingTask]] = {each.key: {} for each in self._unsettled}

    def take(self, tasks: Sequence[VideoIndexingTask], response: httpx.Response, asked_at: datetime) -> bool:
        """Take in a page of the list, the newest tasks first; return whether the next one may have more."""
        shift = clock_offset(response, asked_at, datetime.now(UTC)) - CLOCK_SLACK
        for task in tasks:
            if task.id is None or self._ledger.holds_task(task.id):
                continue
            for each in self._unsettled:
                if may_be_named(task, each) and may_be_since(task, each.entry.started_at + shift):
                    self._possible[each.key][task.id] = task
        earliest = min(each.entry.started_at for each in self._unsettled)
        return bool(tasks) and may_be_since(tasks[-1], earliest + shift)

    @cached_property
    def found(self) -> dict[Key, TasksCreateResponse]:
        """The tasks that were found, after the last page: each the only one of the filename of just one upload."""
        named = {each.key: self._named(each) for each in self._unsettled}
        claims = Counter(task_id for task_ids in named.values() for task_id in task_ids)
        return {
            key: TasksCreateResponse(id=task_ids[0], video_id=self._possible[key][task_ids[0]].video_id or task_ids[0])
            for key, task_ids in named.items()
            if len(task_ids) == 1 and claims[task_ids[0]] == 1
        }

    def candidates(self, each: Unsettled) -> list[VideoIndexingTask]:
        """Return the tasks of which each may be that of an upload that was not found; none proves that it has none."""
        return [task for task_id, task in self._possible[each.key].items() if task_id not in self._found_ids]

    @cached_property
    def _found_ids(self) -> set[str]:
        return {task.id for task in self.found.values()}

    def _named(self, each: Unsettled) -> list[str]:
        return [task_id for task_id, task in self._possible[each.key].items() if filename(task) == each.entry.filename]


def may_be_since(task: VideoIndexingTask, time: datetime) -> bool:
    """Whether a task may have been created since then: it was, or it does not tell."""
    try:
        return decode_datetime("created_at", task.created_at) >= time
    except InvalidBody:
        return True


def may_be_named(task: VideoIndexingTask, each: Unsettled) -> bool:
    """Whether a task may have the filename of an upload. Lists may leave it out, and only files keep theirs."""
    return each.is_url or filename(task) in (None, each.entry.filename)


def filename(task: VideoIndexingTask) -> str | None:
    """Return the filename of the video of a task, as far as the list tells."""
    return task.system_metadata.filename if task.system_metadata else None
