"""How uploads of unknown outcome are settled: found in the list, sent again, or reported."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from ... import errors
from ...core._creations import CreationKey
from ...core._steps import Sleep, Steps
from ...core._transport import Transport
from ...types import TasksCreateResponse
from .._searching import Search, Verdict, search_steps
from .plan import Plan
from .records import Key, Records
from .unsettled import Unsettled
from .uploads import BulkUpload, Outcome

__all__ = ["Settling"]

logger = logging.getLogger("twelvelabs_tasks")

LOOKS = 2  # at the list: one may miss a task, if another one is deleted between two pages
MARGIN = timedelta(days=1)  # by which clocks may be wrong, where nothing better is known of when an upload began
NOTABLE_WAIT = 120.0  # seconds; a longer one is logged as a warning

Finish: TypeAlias = Callable[[BulkUpload, TasksCreateResponse | Exception], None]


class Settling:
    """The uploads of a bulk creation whose outcome is unknown.

    Args:
        plan: What is to be done.
        records: What is known of each input, also from earlier runs.
        transport: What lists.
        finish: Takes note of how an input ended.
    """

    def __init__(self, plan: Plan, records: Records, transport: Transport[Any], finish: Finish) -> None:
        self._plan = plan
        self._records = records
        self._transport = transport
        self._finish = finish
        self._began = time.monotonic()
        self._unsettled: dict[Key, Unsettled] = {}

    @property
    def is_over(self) -> bool:
        """Whether no outcome is unknown any more."""
        return not self._unsettled

    def put_aside(self, upload: BulkUpload, outcome: Outcome | None = None) -> None:
        """Let an upload wait until its outcome is known, together with those of the same file.

        Args:
            upload: The upload.
            outcome: How it ended; `None` if it was started by an earlier run, or as another input of this one.
        """
        entry = self._records[upload.key]
        assert entry is not None
        each = self._unsettled.get(upload.key)
        if each is None:
            each = self._unsettled[upload.key] = Unsettled.from_earlier_run(upload.key, entry, self._began)
        each.uploads.append(upload)
        if outcome is not None:
            upload.losses += 1
            each.end(entry, outcome)

    def steps(self) -> Steps[list[BulkUpload]]:
        """Find out what became of them; the result is those to be sent again."""
        to_send = self._follow_twins()
        if to_send:
            return to_send  # the others, twins of these among them, have their turn when these have ended
        unsettled, self._unsettled = list(self._unsettled.values()), {}
        if not unsettled:
            return []
        yield self._pause(unsettled)
        trouble, verdicts = yield from self._look(unsettled)
        for each, verdict in zip(unsettled, verdicts, strict=True):
            task = verdict.task
            if task is not None and self._transport.creations.give(task.id, CreationKey(self._records.name, each.key)):
                logger.info("Found the task of %s, whose response was lost: %s", each.entry.filename, task.id)
                self._finish_all(each, task)
                continue
            if each.over_at + self._plan.settling_seconds > time.monotonic():
                each.look_at = each.over_at  # somebody may still send it
                self._unsettled[each.key] = each
                continue
            why = trouble or (f"{len(verdict.candidates)} tasks may be it" if verdict.candidates else None)
            obstacle = each.make_ready() if why is None or self._plan.on_unclear == "send" else None
            if obstacle or (why and self._plan.on_unclear == "report"):
                reason = "; ".join(text for text in (why or "the list shows none", obstacle) if text)
                logger.info("Unclear whether there is a task of %s: %s", each.entry.filename, reason)
                self._finish_all(each, each.report(verdict.candidates, reason))
            else:
                logger.info("Sending %s again: %s", each.entry.filename, why or "the list shows no task of it")
                self._unsettled[each.key] = each
                to_send.append(self._take_first(each))
        return to_send

    def _pause(self, unsettled: list[Unsettled]) -> Sleep:
        """Return the pause until the list may show what became of them."""
        look_at = max(each.look_at for each in unsettled) + self._plan.settling_seconds
        seconds = max(0.0, look_at - time.monotonic())
        level = logging.WARNING if seconds > NOTABLE_WAIT else logging.INFO
        logger.log(level, "Waiting %.0f s until nobody sends %d uploads any more", seconds, len(unsettled))
        return Sleep(seconds)

    def _look(self, unsettled: list[Unsettled]) -> Steps[tuple[str | None, list[Verdict]]]:
        """Look at the list; the result is what prevents that, and what the list says of each."""
        creations, index_id = self._transport.creations, self._plan.index_id
        search = Search(
            [each.claim() for each in unsettled],
            is_given=lambda task_id: (
                creations.is_of_others(task_id, self._records.name) or self._records.holds_task(task_id)
            ),
            contenders=lambda: self._records.contenders(index_id) + creations.names_of_others(self._records.name),
            margin=MARGIN,
        )
        for _ in range(LOOKS):
            trouble = yield from search_steps(self._transport, search, index_id, self._plan.options)
            if trouble is not None:
                return f"the list cannot be read: {trouble}", [Verdict() for _ in unsettled]
        return None, search.verdicts()

    def _take_first(self, each: Unsettled) -> BulkUpload:
        """Return the first of the inputs of the same file that were put aside, which is to be sent."""
        upload = each.uploads.pop(0)
        if not each.uploads:
            del self._unsettled[each.key]
        return upload

    def _follow_twins(self) -> list[BulkUpload]:
        """Give inputs of the same file the task that one of them got; return those that are sent because it failed."""
        to_send: list[BulkUpload] = []
        for key, each in list(self._unsettled.items()):
            entry = self._records[key]
            assert entry is not None
            if entry.task is not None:
                del self._unsettled[key]
                self._finish_all(each, entry.task)
            elif entry.state == "failed":
                to_send.append(self._take_first(each))
        return to_send

    def _finish_all(self, each: Unsettled, result: TasksCreateResponse | errors.CreateOutcomeUnknown) -> None:
        for upload in each.uploads:
            self._finish(upload, result)
