"""Uploads of a bulk creation whose outcome is unknown, put aside until all others are done and the list shows it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from attrs import define, field

from ... import errors
from ...types import VideoIndexingTask
from .._searching import SLACK, Claim
from .records import Entry, Key
from .uploads import BulkUpload, Outcome

__all__ = ["HEARTBEAT", "Unsettled"]

MOST_LOSSES = 3  # of an input that turned out to have no task, before it is given up
HEARTBEAT = 1.0  # seconds between two signs of life that a run writes into its ledger


@define
class Unsettled:
    """An upload whose outcome is unknown.

    Attributes:
        key: What the ledger knows it by.
        entry: What the ledger says of it.
        look_at: When its task may have been created, on the monotonic clock, in seconds.
        over_at: When nobody sends it any more, likewise.
        uploads: The inputs that wait for the outcome.
        ended_at: When it ended in this run, by the clock of this machine; `None` if it did not.
        error: How it ended then.
    """

    key: Key
    entry: Entry
    look_at: float
    over_at: float
    uploads: list[BulkUpload] = field(factory=list)
    ended_at: datetime | None = None
    error: Exception | None = None

    @classmethod
    def from_earlier_run(cls, key: Key, entry: Entry, began: float) -> Unsettled:
        """Return an upload that an earlier run left, given when this run began, on the monotonic clock, in seconds."""
        if entry.given_up_at is None:
            return cls(key, entry, began, began)  # its run is over: only one at a time can use the ledger
        left = min(entry.given_up_at - datetime.now(UTC), entry.given_up_at - entry.started_at)
        return cls(key, entry, began, max(began, time.monotonic() + left.total_seconds()))

    def claim(self) -> Claim:
        """Return what is searched for."""
        upload, entry = self.uploads[0], self.entry
        return Claim(
            filename=entry.filename,
            started_at=entry.started_at,
            ended_by=self._ended_by(),
            is_url=upload.is_url,
            size=upload.size or None,
            offset=entry.offset,
            not_before=None if entry.newest_at is None else entry.newest_at - SLACK,
        )

    def _ended_by(self) -> datetime:
        entry = self.entry
        if self.ended_at is not None:
            return self.ended_at
        if entry.given_up_at is not None or entry.seen_at is None:
            return entry.given_up_at or datetime.now(UTC)
        return max(entry.seen_at, entry.started_at) + timedelta(seconds=2 * HEARTBEAT)

    def end(self, entry: Entry, outcome: Outcome) -> None:
        """Take note that it ended in this run, and how. An executor that failed does not know whether it did."""
        assert isinstance(outcome.result, Exception)
        self.entry, self.error = entry, outcome.result
        self.look_at = time.monotonic()
        if outcome.is_known or entry.given_up_at is None:
            self.ended_at, self.over_at = datetime.now(UTC), self.look_at
        else:  # a worker may go on until its lease ends
            self.ended_at = None
            self.over_at = max(self.over_at, Unsettled.from_earlier_run(self.key, entry, self.look_at).over_at)

    def make_ready(self) -> str | None:
        """Make its first input ready to be sent again; return what prevents that."""
        if self.uploads[0].losses >= MOST_LOSSES:
            return f"it was uploaded {MOST_LOSSES} times"
        if not self.uploads[0].rewind():
            return "its stream cannot be rewound to be sent again"
        return None

    def report(self, candidates: Sequence[VideoIndexingTask], why: str) -> errors.CreateOutcomeUnknown:
        """Return the exception that says that its outcome stays unknown."""
        lost = errors.CreateOutcomeUnknown(
            f"There may be a task of {self.entry.filename!r} or none: {why}",
            index_id=self.key.index_id,
            filename=self.entry.filename,
            started_at=self.entry.started_at,
            is_url=self.uploads[0].is_url,
            size=self.uploads[0].size or None,
            candidates=candidates,
        )
        lost.__cause__ = self.error
        return lost
