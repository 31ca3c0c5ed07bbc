"""The ledger of `tasks.create_bulk`, as users see it, who read it or settle what a run could not."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from attrs import frozen

from twelvelabs_tasks_api.operations import non_empty

from .ledger_file import LedgerFile, resolve

__all__ = ["Ledger", "LedgerUpload", "State", "read_offset", "read_time"]

State: TypeAlias = Literal["started", "created", "failed"]

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@frozen
class LedgerUpload:
    """One upload in the ledger of `tasks.create_bulk`.

    Attributes:
        index_id: The index of its task.
        input: The absolute path of the file, or the URL.
        filename: The filename of its video.
        state: `"started"`: there may be a task or none. `"created"`: there is a task. `"failed"`: there is none.
        started_at: When the upload began, by the clock of this machine.
        task_id: The identifier of its task; `None` if there is none, or if it is not known.
        video_id: The identifier of its video; likewise.
        error: Why it failed; `None` if it did not.
    """

    index_id: str
    input: str
    filename: str
    state: State
    started_at: datetime
    task_id: str | None
    video_id: str | None
    error: str | None


class Ledger:
    """The ledger of `tasks.create_bulk`: read what it knows, and settle what it cannot find out.

    One process at a time can have it open: not while `create_bulk` uses it.

    Args:
        path: The file, as it was given to `create_bulk`.

    Raises:
        errors.LedgerError: The file does not exist or is not a valid ledger, cannot be read or written, or is in use;
            so do all methods.

    Example:
        with Ledger("uploads.sqlite") as ledger:
            for upload in ledger.uploads():
                print(upload.input, upload.state, upload.task_id)
            ledger.settle("videos/winter.mp4", task_id=None)  # there is no task: the next run uploads it
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._file = LedgerFile(os.fsdecode(path), must_exist=True)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def uploads(self) -> list[LedgerUpload]:
        """Return all uploads, those that began first coming first."""
        rows = self._file.select(
            "SELECT index_id, source, filename, state, started_at, task_id, video_id, error FROM uploads"
            " ORDER BY started_at, source"
        )
        return [
            LedgerUpload(index_id, source, filename, state, read_time(self._file, started_at), *rest)
            for index_id, source, filename, state, started_at, *rest in rows
        ]

    def settle(
        self,
        input: str | os.PathLike[str],  # noqa: A002 - so it is called in the results, too
        *,
        task_id: str | None,
        video_id: str | None = None,
        index_id: str | None = None,
    ) -> None:
        """Record what became of an upload.

        Args:
            input: The path of the file, or the URL, as it was given to `create_bulk`.
            task_id: The identifier of its task; `None` if there is none, so that the next run uploads it.
            video_id: The identifier of its video. Default: that of the task, as for all tasks that are created here.
            index_id: The index of its task. Default: the only one that the ledger knows the input in.

        Raises:
            LookupError: The ledger does not know the input.
            ValueError: It knows the input in several indexes, and `index_id` is not given; or `task_id` is empty.

        Example:
            ledger.settle("videos/holiday.mp4", task_id="62a1ec6d9ea24f052b971a0f")
        """
        if task_id is not None:
            non_empty("task_id", task_id)
        self._file.change(
            "UPDATE uploads SET state = CAST(? AS TEXT), task_id = CAST(? AS TEXT), video_id = CAST(? AS TEXT),"
            " error = CAST(? AS TEXT) WHERE rowid = ?",
            "failed" if task_id is None else "created",
            task_id,
            video_id or task_id,
            "settled by hand" if task_id is None else None,
            self._row(input, index_id),
        )

    def forget(self, input: str | os.PathLike[str], *, index_id: str | None = None) -> None:  # noqa: A002 - as above
        """Remove an upload that is settled, so that the next run uploads it as if it had never been.

        Args:
            input: The path of the file, or the URL, as it was given to `create_bulk`.
            index_id: The index of its task. Default: the only one that the ledger knows the input in.

        Raises:
            LookupError: The ledger does not know the input.
            ValueError: It knows the input in several indexes, and `index_id` is not given; or there may be a task of
                it, which could then be taken for that of another video: `settle` it instead.

        Example:
            ledger.forget("videos/holiday.mp4")
        """
        row = self._row(input, index_id)
        if not self._file.change("DELETE FROM uploads WHERE rowid = ? AND state <> 'started'", row):
            raise ValueError("there may be a task of this input: settle it instead, with its task_id or None")

    def _row(self, input: str | os.PathLike[str], index_id: str | None) -> int:  # noqa: A002 - as above
        """Return the number of the row of an input: of several versions of a file, of the one not settled, or last."""
        text = os.fsdecode(input)
        rows = self._file.select(
            "SELECT rowid, index_id FROM uploads WHERE source IN (CAST(? AS TEXT), CAST(? AS TEXT))"
            " AND coalesce(index_id = CAST(? AS TEXT), TRUE) ORDER BY state = 'started' DESC, started_at DESC",
            text,
            resolve(text),
            index_id,
        )
        if not rows:
            raise LookupError(f"the ledger does not know {text!r}")
        if len({index for _, index in rows}) > 1:
            raise ValueError(f"the ledger knows {text!r} in several indexes: give index_id")
        row: int = rows[0][0]
        return row


def read_time(file: LedgerFile, text: str) -> datetime:
    """Return a time of the ledger; raise LedgerError if it is not one, because somebody edited it."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None or not EARLIEST < time < LATEST:
        raise file.unusable_error(f"{text!r} in it is not a valid time. Restore it from a copy.")
    return time


def read_offset(file: LedgerFile, seconds: float) -> timedelta:
    """Return the difference of two clocks in the ledger; raise LedgerError if it is nonsense."""
    if not abs(seconds) < 1e10:
        raise file.unusable_error(f"{seconds!r} in it is not a valid difference of clocks. Restore it from a copy.")
    return timedelta(seconds=seconds)
