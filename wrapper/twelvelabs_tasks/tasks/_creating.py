"""The steps of `create`: the upload, and the search for its task if the response was lost.

What no search can find out: whether somebody else created a task of the same filename in the same index at the same
time, and whether a task becomes visible only after the last look.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from .. import errors
from ..core._attempts import call_steps
from ..core._calls import Call
from ..core._creations import CreationKey
from ..core._steps import Sleep, Steps
from ..core._transport import Transport
from ..types import TasksCreateResponse
from ._filenames import contended_names
from ._searching import Claim, Search, Verdict, search_steps

__all__ = ["OnUnknown", "check_choice", "create_steps"]

logger = logging.getLogger("twelvelabs_tasks")

OnUnknown: TypeAlias = Literal["raise", "reconcile"]

PAUSES = (0.0, 1.0, 2.0, 4.0)  # seconds before each look


def check_choice(name: str, choice: str, *choices: str) -> None:
    """Raise ValueError unless an argument is one of its choices."""
    if choice not in choices:
        raise ValueError(f"{name} must be {' or '.join(map(repr, choices))}, but is {choice!r}")


def create_steps(
    transport: Transport[Any], call: Call[TasksCreateResponse], on_unknown: OnUnknown
) -> Steps[TasksCreateResponse]:
    """Return the steps of a creation; their result is its task."""
    assert call.creation is not None
    creations = transport.creations
    creation = CreationKey(group=object())
    is_known = False
    creations.begin(creation, contended_names(call.creation.filename, is_url=call.creation.is_url))
    try:
        try:
            task, _ = yield from call_steps(transport, call)
        except errors.CreateOutcomeUnknown as lost:
            if on_unknown == "raise":
                raise
            task = yield from _reconcile_steps(transport, call, lost, creation)
        is_known = True
        if not creations.give(task.id, creation):
            logger.error("The platform gave task %s to another creation of this client, too", task.id)
        return task
    except errors.CreateOutcomeUnknown:
        raise
    except Exception:
        is_known = True  # that there is none
        raise
    finally:
        creations.end(creation, is_known=is_known)


def _reconcile_steps(
    transport: Transport[Any], call: Call[TasksCreateResponse], lost: errors.CreateOutcomeUnknown, creation: CreationKey
) -> Steps[TasksCreateResponse]:
    """Return the steps of several looks at the list; their result is the task, if it is found."""
    creations = transport.creations
    claim = Claim(lost.filename, lost.started_at, ended_by=datetime.now(UTC), is_url=lost.is_url, size=lost.size)
    verdict = Verdict()
    for pause in PAUSES:
        yield Sleep(pause)
        search = Search(
            [claim],
            is_given=lambda task_id: creations.is_of_others(task_id, creation.group),
            contenders=lambda: (
                creations.names_of_others(creation.group) + Counter(contended_names(lost.filename, is_url=lost.is_url))
            ),
        )
        trouble = yield from search_steps(transport, search, lost.index_id, call.options)
        if trouble is not None:
            logger.warning("The list of tasks could not be searched for %s: %s", lost.filename, trouble)
            continue
        (verdict,) = search.verdicts()
        if verdict.task is not None and creations.give(verdict.task.id, creation):
            logger.info("Found the task whose response was lost: %s", verdict.task.id)
            return verdict.task
    lost.candidates = tuple(verdict.candidates)
    lost.add_note(f"{len(lost.candidates)} tasks in the list may be the one that was created.")
    raise lost
