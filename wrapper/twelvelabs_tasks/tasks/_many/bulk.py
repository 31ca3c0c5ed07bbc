"""A bulk creation as steps: what to send, when to pause, when to find out what became of it.

Inputs are sent as they come; those whose outcome is unknown wait until all others are done, and until the list shows
what there is.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from ... import errors
from ..._bulk_result import BulkResult
from ...core._attempts import call_steps
from ...core._creations import CreationKey
from ...core._steps import Carrier, Sleep, Steps
from ...core._transport import Transport
from ...types import TasksCreateResponse
from .._filenames import contended_names
from .._listing import newest_page
from .._searching import clock_offset, creation_time
from .pace import Pace
from .plan import Plan
from .progress import NOT_BEGUN, Progress
from .records import Records
from .senders import Senders
from .settling import Settling
from .steps import Collect, Ended, Send, Stop
from .unsettled import HEARTBEAT
from .uploads import BulkUpload, Outcome

__all__ = ["bulk_steps"]

LONGEST_LEASE = timedelta(days=3650)
LONGEST_LOOK = 10.0  # seconds for the look around before the first upload, which only helps


def bulk_steps(plan: Plan, transport: Transport[Any], progress: Progress, senders: Senders) -> Steps[list[BulkResult]]:
    """Return the steps of a bulk creation, which use files; their result is a result for each input.

    Args:
        plan: What is to be done.
        transport: What lists; and what all uploads of this process are sent with.
        progress: How far all of them got.
        senders: Who sends.
    """
    records = Records(plan.ledger)
    try:
        return (yield from Bulk(plan, transport, progress, senders, records).steps())
    finally:
        records.close()


class Bulk:
    """One bulk creation, with what is known of each input in `records`."""

    def __init__(
        self, plan: Plan, transport: Transport[Any], progress: Progress, senders: Senders, records: Records
    ) -> None:
        self._plan = plan
        self._transport = transport
        self._progress = progress
        self._senders = senders
        self._records = records
        self._pace = Pace(plan.max_concurrency)
        self._queue: deque[BulkUpload] = deque()  # what is sent next: the one to come, and those that had to wait
        self._on_their_way: dict[BulkUpload, None] = {}
        self._ended: deque[tuple[BulkUpload, Outcome]] = deque()  # that are not recorded yet
        self._seen_at = -HEARTBEAT
        self._settling = Settling(plan, records, transport, self._finish)
        self._results: dict[int, BulkResult] = {}

    def steps(self) -> Steps[list[BulkResult]]:
        """Return the steps. What ends them early leaves in the ledger what is known."""
        try:
            yield from self._all_steps()
        except BaseException:
            self._progress.stop()
            with suppress(errors.LedgerError):  # there is something worse to report
                yield from self._stop()
            raise
        finally:
            self._transport.creations.end_group(self._records.name)
        return [self._results[position] for position in sorted(self._results)]

    def _all_steps(self) -> Steps[None]:
        if self._records.is_lasting:
            yield from self._look_around()
        yield from self._send_all(self._new_uploads(self._plan.uploads))
        while not self._settling.is_over:
            to_send = yield from self._settling.steps()
            yield from self._send_all(iter(to_send))

    def _look_around(self) -> Steps[None]:
        """Note the time of the platform, and its newest task: no upload of this run can have made an older one."""
        asked_at = datetime.now(UTC)
        page = newest_page(self._plan.index_id, self._plan.options, limit=1)
        try:
            listed, response = yield from call_steps(self._transport, page.call, time.monotonic() + LONGEST_LOOK)
        except errors.TwelveLabsError:
            return  # it only helps
        now = datetime.now(UTC)
        offset = clock_offset(response, asked_at, now)
        newest_at = creation_time(listed.data[0]) if listed.data else None
        self._records.see(offset, None if newest_at is None else min(newest_at, now + offset))

    def _new_uploads(self, uploads: Iterable[BulkUpload]) -> Iterator[BulkUpload]:
        """Yield the inputs that are to be sent: those that are not created already, and may not have been."""
        only_paths = self._records.is_lasting or self._senders is not Senders.HERE
        for upload in uploads:
            try:
                upload.prepare(self._plan.index_id, lasting=self._records.is_lasting, only_paths=only_paths)
            except Exception as error:  # noqa: BLE001 - also what the caller's own file raises
                self._results[upload.position] = BulkResult(upload.given, error=error)
                continue
            entry = self._records[upload.key]
            if entry is not None and entry.task is not None:
                self._results[upload.position] = BulkResult(upload.given, task=entry.task)
                continue
            self._progress.expect(upload)
            if entry is None or entry.state == "failed":
                yield upload
            else:  # started by an earlier run that did not end it, or as another input of this one
                self._settling.put_aside(upload)
        self._progress.is_complete = True

    def _send_all(self, uploads: Iterator[BulkUpload]) -> Steps[None]:
        """Send uploads, as many at once as may be, and none during a pause."""
        while True:
            while len(self._on_their_way) < self._pace.concurrency and not self._pace.pause:
                upload = self._next(uploads)
                if upload is None:
                    break
                yield from self._send(upload)
            if self._on_their_way:
                yield from self._collect()
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
        upload.given_up_at = self._given_up_at()
        lease = upload.given_up_at if self._senders is Senders.WORKERS else None
        self._records.start(upload.key, upload.filename, is_url=upload.is_url, given_up_at=lease)
        self._transport.creations.begin(self._creation(upload), contended_names(upload.filename, is_url=upload.is_url))
        try:
            self._fill_queue(uploads)  # already now, so that the total is known before the last upload begins
        except BaseException:
            self._note(upload, NOT_BEGUN)
            raise
        return upload

    def _creation(self, upload: BulkUpload) -> CreationKey:
        return CreationKey(self._records.name, upload.key)

    def _fill_queue(self, uploads: Iterator[BulkUpload]) -> None:
        if not self._queue:
            self._queue.extend(itertools.islice(uploads, 1))

    def _send(self, upload: BulkUpload) -> Steps[None]:
        """Begin to send an upload."""
        self._on_their_way[upload] = None
        try:
            yield Send(upload)
        except BaseException as error:
            if not isinstance(error, KeyboardInterrupt):  # which may come when it has begun
                del self._on_their_way[upload]
                self._note(upload, NOT_BEGUN)
            raise

    def _given_up_at(self) -> datetime:
        """Return when another process gives up an upload that begins now."""
        return datetime.now(UTC) + min(timedelta(seconds=min(self._plan.worker_timeout, 1e9)), LONGEST_LEASE)

    def _collect(self) -> Steps[None]:
        """Wait until an upload has ended, or a pause, or for a while, and take note of how those ended that have."""
        limits = [self._pace.pause or None, HEARTBEAT if self._records.is_lasting else None]
        ended: Ended = yield Collect(min((limit for limit in limits if limit is not None), default=None))
        self._ended.extend(ended)
        while self._ended:
            self._record(*self._ended[0])
            upload, _ = self._ended.popleft()
            del self._on_their_way[upload]
        if self._progress.failure is not None:
            raise Carrier.wrap(self._progress.failure)
        if self._records.is_lasting and time.monotonic() - self._seen_at >= HEARTBEAT:
            self._seen_at = time.monotonic()
            self._records.see()

    def _record(self, upload: BulkUpload, outcome: Outcome) -> None:
        result = outcome.result
        if isinstance(result, TasksCreateResponse):
            self._pace.go_on()
            self._finish(upload, result)
        elif not outcome.is_failure:
            self._settling.put_aside(upload, outcome)
        elif self._may_retry(upload, outcome):
            self._pace.slow_down(result)
            self._queue.append(upload)
        else:
            self._finish(upload, result)

    def _may_retry(self, upload: BulkUpload, outcome: Outcome) -> bool:
        """Whether to retry an upload: several times if it was refused for now, fewer if there was no connection."""
        error = outcome.result
        if not outcome.may_retry or not isinstance(error, Exception):
            return False
        is_refusal = isinstance(error, errors.ApiError)
        upload.failures += not is_refusal
        if is_refusal and self._pace.is_hopeless(upload):
            error.add_note(f"It was given up after {upload.refusals} refusals.")
            return False
        return upload.failures <= self._plan.max_retries and upload.rewind()

    def _stop(self) -> Steps[None]:
        """Begin no more uploads, and write down how those end that are on their way."""
        if self._senders is not Senders.HERE:
            with suppress(errors.LedgerError):  # there is something worse to report
                for upload in self._on_their_way:  # in case that nobody waits for their end
                    self._records.lend(upload.key, upload.given_up_at)
        for upload in self._queue:
            if upload.refusals or upload.failures:  # they wait to be sent again
                self._note_end(upload, NOT_BEGUN)
        for upload, outcome in self._ended:
            self._note_end(upload, outcome)
        ended: Ended = yield Stop()
        for upload, outcome in ended:
            self._note_end(upload, outcome)

    def _note_end(self, upload: BulkUpload, outcome: Outcome) -> None:
        with suppress(errors.LedgerError):  # there is something worse to report
            self._note(upload, outcome)
            if outcome.is_known or self._senders is Senders.CHILDREN:
                self._records.lend(upload.key, datetime.now(UTC))  # it is over
        self._on_their_way.pop(upload, None)

    def _note(self, upload: BulkUpload, outcome: Outcome) -> None:
        """Write into the ledger how an upload ended, if that is known."""
        result, creations, creation = outcome.result, self._transport.creations, self._creation(upload)
        if isinstance(result, TasksCreateResponse):
            self._records.create(upload.key, result)
            creations.give(result.id, creation)
        elif outcome.is_failure:
            self._records.fail(upload.key, result)
        creations.end(creation, is_known=isinstance(result, TasksCreateResponse) or outcome.is_failure)

    def _finish(self, upload: BulkUpload, result: TasksCreateResponse | Exception) -> None:
        """Take note of the result of an input."""
        self._note(upload, Outcome(result))
        if isinstance(result, TasksCreateResponse):
            self._results[upload.position] = BulkResult(upload.given, task=result)
        else:
            self._results[upload.position] = BulkResult(upload.given, error=result)
        self._progress.end(upload, is_sent=isinstance(result, TasksCreateResponse))
