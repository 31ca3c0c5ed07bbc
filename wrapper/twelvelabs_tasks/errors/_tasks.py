"""The exceptions of creating tasks and of waiting for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ._base import TwelveLabsError

if TYPE_CHECKING:
    from twelvelabs_tasks_api.http import httpx

    from ..types import TasksRetrieveResponse, VideoIndexingTask

__all__ = ["CreateOutcomeUnknown", "LedgerError", "WaitTimeoutError"]


class CreateOutcomeUnknown(TwelveLabsError):  # noqa: N818 - not an error for certain: the task may be there
    """The response to `tasks.create` was lost: there may be a task or none.

    Raised when the connection broke after the whole request had been sent, when the API failed (5xx, except 503 with
    `Retry-After`), and when its response cannot be read; `__cause__` is what happened. Sending the request again could
    create a second task: search for the first one, as `on_unknown="reconcile"` does.

    Attributes:
        index_id: The index that the task would be in.
        filename: The filename that its video would have.
        started_at: When the request began, by the clock of this machine.
        is_url: Whether the video is fetched from a URL, so that the platform may give it another filename.
        size: The size of the file in bytes; `None` for a URL, and if it is not known.
        candidates: Tasks that could be the one created, if they were searched for.
        request: The request, its API key removed.
        response: The response, if there is one.
    """

    def __init__(
        self,
        message: str = "",
        *,
        index_id: str = "",
        filename: str = "",
        started_at: datetime | None = None,
        is_url: bool = False,
        size: int | None = None,
        candidates: Sequence[VideoIndexingTask] = (),
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.index_id = index_id
        self.filename = filename
        self.started_at = started_at or datetime.now(UTC)
        self.is_url = is_url
        self.size = size
        self.candidates = tuple(candidates)
        self.request = request
        self.response = response


class LedgerError(TwelveLabsError):
    """The ledger of `create_bulk` is not a valid ledger, cannot be read or written, or is in use by another process."""


class WaitTimeoutError(TwelveLabsError):
    """A wait reached its `timeout` before its task, or all of its tasks, were `ready` or `failed`.

    Attributes:
        task: The task of `wait_for_done` as last seen; `None` if it was never seen.
        tasks: The tasks as last seen, done or not, in the order in which they were named; those that were never seen
            are not among them.
    """

    def __init__(
        self,
        message: str = "",
        *,
        task: TasksRetrieveResponse | None = None,
        tasks: Sequence[VideoIndexingTask] = (),
    ) -> None:
        super().__init__(message)
        self.task = task
        self.tasks: Sequence[VideoIndexingTask] = [task] if task is not None else tasks
