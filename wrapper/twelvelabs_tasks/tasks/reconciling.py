"""Looks for the task of a `create` whose answer was lost, apart from who lists and who sleeps.

What this finds is the one task of that index and filename which was created since the call began. What it cannot tell:
whether somebody else, at the same time, created a task of the same filename in the same index, and whether a task is
made that only becomes visible after the last look.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from twelvelabs_tasks_api.errors import InvalidBody
from twelvelabs_tasks_api.types import decode_datetime

from .. import errors
from ..types import TasksCreateResponse, VideoIndexingTask

__all__ = ["PAGE_LIMIT", "Search", "candidates", "check_choice", "clock_offset"]

logger = logging.getLogger("twelvelabs_tasks")

PAGE_LIMIT = 50  # tasks a page, the most that the platform allows
PAUSES = (0.0, 1.0, 2.0, 4.0)  # seconds before each look


def check_choice(on_unknown: str) -> None:
    """Raise ValueError unless it says what to do if an answer was lost."""
    if on_unknown not in ("raise", "reconcile"):
        raise ValueError(f"on_unknown must be 'raise' or 'reconcile', but is {on_unknown!r}")


class Search:
    """The search for one task, in several looks at the list, the newest task first.

    Args:
        lost: The exception that says that its answer was lost.
    """

    def __init__(self, lost: errors.CreateOutcomeUnknown) -> None:
        self._lost = lost
        self._found: dict[str, VideoIndexingTask] = {}
        self._asked_at = datetime.now(UTC)

    def pauses(self) -> Iterator[float]:
        """Yield the seconds to wait before each look, as long as nothing was found."""
        for pause in PAUSES:
            if not self._found:
                yield pause

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Log an error of the list, so that the search goes on with its next look."""
        self._asked_at = datetime.now(UTC)
        try:
            yield
        except errors.TwelveLabsError as error:
            logger.warning("The list of tasks could not be searched for %s: %s", self._lost.filename, error)

    def take(self, tasks: Iterable[VideoIndexingTask], response: httpx.Response) -> bool:
        """Take in a page of the list; return whether the next one may have more."""
        tasks = list(tasks)
        offset = clock_offset(response, self._asked_at, datetime.now(UTC))
        started_at = self._lost.started_at + offset
        for task in candidates(tasks, filename=self._lost.filename, started_at=started_at):
            if task.id is not None:
                self._found[task.id] = task
        return bool(tasks) and is_since(tasks[-1], started_at)

    def result(self) -> TasksCreateResponse:
        """Return what `create` would have returned; raise CreateOutcomeUnknown unless exactly one task was found."""
        if len(self._found) == 1:
            ((task_id, task),) = self._found.items()
            logger.info("Found the task whose answer was lost: %s", task_id)
            return TasksCreateResponse(id=task_id, video_id=task.video_id or task_id)
        self._lost.candidates = tuple(self._found.values())
        self._lost.add_note(f"{len(self._found)} tasks in the list may be the one that was created.")
        raise self._lost


def candidates(tasks: Iterable[VideoIndexingTask], *, filename: str, started_at: datetime) -> list[VideoIndexingTask]:
    """Return the tasks that a call may have created.

    Args:
        tasks: Tasks of its index.
        filename: The filename of its video.
        started_at: When it began, by the clock of the platform.
    """
    return [task for task in tasks if is_since(task, started_at) and _filename(task) == filename]


def is_since(task: VideoIndexingTask, started_at: datetime) -> bool:
    """Whether a task was created since then. The platform counts in milliseconds."""
    try:
        created_at = decode_datetime("created_at", task.created_at)
    except InvalidBody:
        return False
    return created_at >= started_at.replace(microsecond=started_at.microsecond // 1000 * 1000)


def clock_offset(response: httpx.Response, asked_at: datetime, answered_at: datetime) -> timedelta:
    """Return by how much the platform's clock is ahead of this machine's, as far as an answer shows it.

    Its header `Date` counts in whole seconds, and the answer took its time: a difference that these explain is none.
    """
    try:
        date = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return timedelta(0)
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    if date - answered_at <= timedelta(0) <= date - asked_at + timedelta(seconds=1):
        return timedelta(0)
    return date - answered_at


def _filename(task: VideoIndexingTask) -> str | None:
    return task.system_metadata.filename if task.system_metadata else None
