"""A bulk creation, apart from who sends, sleeps and lists: it says what to do next, and is told how that went.

Inputs are sent as they come; those whose outcome is unknown wait until all others are done, and until the list shows
what there is. Those that provably have no task are sent again.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ... import errors
from ...bulk_result import BulkResult
from ...core.outcomes import cannot_have_acted
from ...types import TasksCreateResponse
from ..calls import TaskPage
from .ledger import Key, Ledger
from .listing import newest_page
from .pace import Pace
from .plan import Plan
from .progress import Progress
from .searching import Search, Unsettled
from .steps import Ask, Collect, Reply, Send, Sleep, Step, Steps
from .uploads import BulkUpload, Outcome

__all__ = ["Bulk"]

LOOKS = 2  # at the list: one may miss a task, if another one is deleted between two pages


class Bulk:
    """One bulk creation.

    Args:
        plan: What is to be done.
        ledger: What is known of each input, also from earlier runs.
        progress: How far all of them got.
        only_paths: Whether files must be given as paths.
    """

    def __init__(self, plan: Plan, ledger: Ledger, progress: Progress, *, only_paths: bool) -> None:
        self._plan = plan
        self._ledger = ledger
        self._progress = progress
        self._only_paths = only_paths or ledger.is_lasting
        self._pace = Pace()
        self._began = time.monotonic()
        self._queue: deque[BulkUpload] = deque()  # what is sent next: the one to come, and those told to wait
        self._unsettled: dict[Key, Unsettled] = {}
        self._results: dict[int, BulkResult] = {}
        self._steps = self._all_steps(plan.uploads)

    def advance(self, reply: Reply) -> Step | list[BulkResult]:
        """Return what to do next, in the end the results. It reads and writes files.

        Args:
            reply: How the last step went; `None` at first.
        """
        try:
            return self._steps.send(reply)
        except StopIteration:
            return [self._results[position] for position in sorted(self._results)]

    def note(self, upload: BulkUpload, outcome: Outcome) -> None:
        """Write into the ledger how an upload ended, when there will be no next step."""
        if isinstance(outcome.result, TasksCreateResponse):
            self._ledger.create(upload.key, outcome.result)
        elif outcome.is_failure:  # pragma: no branch - an unknown one stays `started`; no test times that moment
            self._ledger.fail(upload.key, outcome.result)

    def _all_steps(self, uploads: Iterable[BulkUpload]) -> Steps[None]:
        yield from self._send(self._new(uploads))
        while self._unsettled:
            to_send = yield from self._settle()
            yield from self._send(iter(to_send))

    def _new(self, uploads: Iterable[BulkUpload]) -> Iterator[BulkUpload]:
        """Yield the inputs that are to be sent: those that are not created already, and may not have been."""
        for upload in uploads:
            try:
                upload.prepare(self._plan.index_id, lasting=self._ledger.is_lasting, only_paths=self._only_paths)
            except (OSError, TypeError, ValueError) as error:
                self._results[upload.position] = BulkResult(upload.given, error=error)
                continue
            entry = self._ledger[upload.key]
            if entry is not None and entry.task is not None:
                self._results[upload.position] = BulkResult(upload.given, task=entry.task)
                continue
            self._progress.expect(upload)
            if entry is None or entry.state == "failed":
                yield upload
            else:  # started by an earlier run that did not end it, or as an input of this one
                self._put_aside(upload, self._began)
        self._progress.is_complete = True

    def _send(self, uploads: Iterator[BulkUpload]) -> Steps[None]:
        """Send uploads, as many at once as may be, and none during a pause."""
        on_their_way = 0
        while True:
            while on_their_way < self._plan.max_concurrency and not self._pace.pause:
                upload = self._next(uploads)
                if upload is None:
                    break
                yield Send(upload)
                on_their_way += 1
            if on_their_way:
                ended = yield Collect(self._pace.pause or None)
                assert isinstance(ended, list)
                for each, outcome in ended:
                    self._record(each, outcome)
                on_their_way -= len(ended)
            elif self._queue:
                yield Sleep(self._pace.pause)
            else:
                return

    def _next(self, uploads: Iterator[BulkUpload]) -> BulkUpload | None:
        """Return the next upload, which the ledger calls started from now on; `None` if there is no other."""
        self._fill_queue(uploads)
        if not self._queue:
            return None
        upload = self._queue.popleft()
        self._ledger.start(upload.key, upload.filename, datetime.now(UTC))
        self._fill_queue(uploads)  # already now, so that the total is known before the last upload begins
        return upload

    def _fill_queue(self, uploads: Iterator[BulkUpload]) -> None:
        if not self._queue:
            self._queue.extend(itertools.islice(uploads, 1))

    def _record(self, upload: BulkUpload, outcome: Outcome) -> None:
        result = outcome.result
        if isinstance(result, TasksCreateResponse):
            self._pace.go_on()
            self._finish(upload, result)
        elif not outcome.is_failure:
            self._put_aside(upload, time.monotonic(), result)
        elif self._may_repeat(upload, result):
            self._pace.slow_down(result)
            self._queue.append(upload)
        else:
            self._ledger.fail(upload.key, result)
            self._finish(upload, result)

    def _may_repeat(self, upload: BulkUpload, error: Exception) -> bool:
        """Whether to send an upload again: always if it was told to wait, a few times if it found no connection."""
        if not cannot_have_acted(error):
            return False
        upload.failures += not isinstance(error, errors.ApiError)
        return upload.failures <= self._plan.max_retries and upload.rewind()

    def _put_aside(self, upload: BulkUpload, since: float, error: Exception | None = None) -> None:
        """Let an upload wait until its outcome is known, together with those of the same file."""
        entry = self._ledger[upload.key]
        assert entry is not None
        each = self._unsettled.setdefault(upload.key, Unsettled(upload.key, entry, is_url=upload.is_url))
        each.uploads.append(upload)
        upload.losses += error is not None
        each.since = max(each.since, since)
        each.error = error or each.error

    def _settle(self) -> Steps[list[BulkUpload]]:
        """Find out what became of the uploads that were put aside; return those to be sent again."""
        to_send = self._follow_twins()
        unsettled, self._unsettled = self._unsettled, {}
        if not unsettled:
            return to_send
        settled_at = max(each.since for each in unsettled.values()) + self._plan.settling_seconds
        yield Sleep(max(0.0, settled_at - time.monotonic()))
        search = Search(unsettled.values(), self._ledger)
        trouble = yield from self._look(search)
        found = {} if trouble else search.found
        for key, each in unsettled.items():
            candidates = [] if trouble else search.candidates(each)
            if key in found:
                self._finish_all(each, found[key])
            elif trouble or candidates:
                self._finish_all(each, each.report(candidates, trouble or f"{len(candidates)} tasks may be it"))
            elif obstacle := each.obstacle():
                self._finish_all(each, each.report((), obstacle))
            else:
                self._unsettled[key] = each
                to_send.append(self._take_first(key))
        return to_send

    def _take_first(self, key: Key) -> BulkUpload:
        """Return the first of the inputs of the same file that were put aside, which is to be sent."""
        each = self._unsettled[key]
        upload = each.uploads.pop(0)
        if not each.uploads:
            del self._unsettled[key]
        return upload

    def _follow_twins(self) -> list[BulkUpload]:
        """Give inputs of the same file the task that one of them got; return those that are sent because it failed."""
        to_send: list[BulkUpload] = []
        for key, each in list(self._unsettled.items()):
            entry = self._ledger[key]
            assert entry is not None
            if entry.task is not None:
                del self._unsettled[key]
                self._finish_all(each, entry.task)
            elif entry.state == "failed":
                to_send.append(self._take_first(key))
        return to_send

    def _look(self, search: Search) -> Steps[str | None]:
        """Page through the list as far as it may show what is searched; return what is in the way of that."""
        for _ in range(LOOKS):
            page: TaskPage | None = newest_page(self._plan.index_id, self._plan.options)
            while page is not None:
                asked_at = datetime.now(UTC)
                reply = yield Ask(page.call)
                if not isinstance(reply, tuple):
                    return f"the list cannot be read: {reply}"
                answer, response = reply
                tasks, has_next, _ = page.contents(answer)
                page = page.next() if search.take(tasks, response, asked_at) and has_next else None
        return None

    def _finish_all(self, each: Unsettled, result: TasksCreateResponse | Exception) -> None:
        for upload in each.uploads:
            self._finish(upload, result)

    def _finish(self, upload: BulkUpload, result: TasksCreateResponse | Exception) -> None:
        if isinstance(result, TasksCreateResponse):
            self._ledger.create(upload.key, result)
            self._results[upload.position] = BulkResult(upload.given, task=result)
        else:
            self._results[upload.position] = BulkResult(upload.given, error=result)
        self._progress.end(upload, is_sent=isinstance(result, TasksCreateResponse))
