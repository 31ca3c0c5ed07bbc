"""What a bulk creation writes into its ledger, and reads from it, so that a later run can go on from there.

A row says `started` before the first byte is sent, and `created` or `failed` when the platform has responded; each is
on the disk before anything else happens, so that neither SIGKILL nor a power failure loses it. A row that still says
`started` in a later run is an upload whose outcome is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta

from attrs import astuple, frozen

from ...types import TasksCreateResponse
from .._filenames import contended_names
from .ledger import State, read_offset, read_time
from .ledger_file import LedgerFile

__all__ = ["Entry", "Key", "Records"]

KEY = "index_id = CAST(? AS TEXT) AND source = CAST(? AS TEXT) AND version = CAST(? AS TEXT)"


@frozen
class Key:
    """What makes two uploads the same.

    Attributes:
        index_id: The index.
        source: The absolute path of the file, or the URL.
        version: The size and the time of modification of a file: one that was changed since is another upload.
    """

    index_id: str
    source: str
    version: str = ""


@frozen
class Entry:
    """What the ledger says of an upload.

    Attributes:
        state: `started`, `created` or `failed`.
        filename: The filename of its video.
        started_at: When it began, by the clock of this machine.
        given_up_at: When nobody sends it any more; `None` if the end of its run decides that.
        seen_at: When its run was last known to go on; `None` if that is not known.
        offset: By how much the clock of the platform was ahead when its run began; `None` if that was not seen.
        newest_at: When the newest task in the list had been created when its run began, by the clock of the platform.
        task: The task, if it was created.
    """

    state: State
    filename: str
    started_at: datetime
    given_up_at: datetime | None
    seen_at: datetime | None
    offset: timedelta | None
    newest_at: datetime | None
    task: TasksCreateResponse | None


class Records:
    """The rows of one run of a bulk creation, and what earlier runs left. One thread at a time may use them.

    Args:
        path: The file of the ledger; `IN_MEMORY` for none.

    Attributes:
        is_lasting: Whether a later run can read them.
        name: What distinguishes the ledger from all others, the same for all of its runs.

    Raises:
        errors.LedgerError: The ledger cannot be used; so do all methods.
    """

    def __init__(self, path: str) -> None:
        self._file = LedgerFile(path)
        self._run = self._file.insert("INSERT INTO runs (seen_at) VALUES (CAST(? AS TEXT))", _now())
        self.is_lasting = self._file.is_lasting
        self.name: Hashable = self._file.path if self.is_lasting else object()

    def __getitem__(self, key: Key) -> Entry | None:
        """Return what is known of an upload, `None` if it was never started."""
        rows = self._file.select(
            "SELECT state, filename, started_at, given_up_at, seen_at, clock_offset, newest_at, task_id, video_id"
            f" FROM uploads LEFT JOIN runs ON runs.id = run WHERE {KEY}",
            *astuple(key),
        )
        return self._entry(*rows[0]) if rows else None

    def _entry(
        self,
        state: State,
        filename: str,
        started_at: str,
        given_up_at: str | None,
        seen_at: str | None,
        clock_offset: float | None,
        newest_at: str | None,
        task_id: str | None,
        video_id: str | None,
    ) -> Entry:
        return Entry(
            state=state,
            filename=filename,
            started_at=read_time(self._file, started_at),
            given_up_at=None if given_up_at is None else read_time(self._file, given_up_at),
            seen_at=None if seen_at is None else read_time(self._file, seen_at),
            offset=None if clock_offset is None else read_offset(self._file, clock_offset),
            newest_at=None if newest_at is None else read_time(self._file, newest_at),
            task=None if task_id is None else TasksCreateResponse(id=task_id, video_id=video_id or task_id),
        )

    def holds_task(self, task_id: str) -> bool:
        """Whether a task is known to be that of some upload."""
        return bool(self._file.select("SELECT 1 FROM uploads WHERE task_id = CAST(? AS TEXT) LIMIT 1", task_id))

    def contenders(self, index_id: str) -> Counter[str]:
        """Return how many uploads of unknown outcome, of all runs, may have made a task of each name."""
        started = "SELECT filename, is_url FROM uploads WHERE state = 'started' AND index_id = CAST(? AS TEXT)"
        rows = self._file.select(started, index_id)
        return Counter(name for filename, is_url in rows for name in contended_names(filename, is_url=bool(is_url)))

    def see(self, offset: timedelta | None = None, newest_at: datetime | None = None) -> None:
        """Note that the run goes on, and what it saw when it began."""
        self._file.change(
            "UPDATE runs SET seen_at = CAST(? AS TEXT), clock_offset = coalesce(?, clock_offset),"
            " newest_at = coalesce(CAST(? AS TEXT), newest_at) WHERE id = ?",
            _now(),
            None if offset is None else offset.total_seconds(),
            None if newest_at is None else newest_at.isoformat(),
            self._run,
        )

    def start(self, key: Key, filename: str, *, is_url: bool = False, given_up_at: datetime | None = None) -> None:
        """Note that an upload is about to begin; from now on, its outcome is unknown."""
        self._file.change(
            "INSERT OR REPLACE INTO uploads"
            " (index_id, source, version, filename, is_url, state, started_at, given_up_at, run)"
            " VALUES (CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, 'started',"
            " CAST(? AS TEXT), CAST(? AS TEXT), ?)",
            *astuple(key),
            filename,
            is_url,
            _now(),
            None if given_up_at is None else given_up_at.isoformat(),
            self._run,
        )

    def lend(self, key: Key, until: datetime) -> None:
        """Note that an upload may go on after this run, but not longer than until then."""
        self._file.change(
            f"UPDATE uploads SET given_up_at = CAST(? AS TEXT) WHERE {KEY}", until.isoformat(), *astuple(key)
        )

    def create(self, key: Key, task: TasksCreateResponse) -> None:
        """Note the task of an upload."""
        self._file.change(
            f"UPDATE uploads SET state = 'created', task_id = CAST(? AS TEXT), video_id = CAST(? AS TEXT) WHERE {KEY}",
            task.id,
            task.video_id,
            *astuple(key),
        )

    def fail(self, key: Key, error: BaseException) -> None:
        """Note that an upload made no task, so that a later run sends it again."""
        self._file.change(
            f"UPDATE uploads SET state = 'failed', error = CAST(? AS TEXT) WHERE {KEY}",
            f"{type(error).__name__}: {error}",
            *astuple(key),
        )

    def close(self) -> None:
        """Close the ledger."""
        self._file.close()


def _now() -> str:
    return datetime.now(UTC).isoformat()
