"""What `create_bulk` returns for each of its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from .core._files import File
    from .types import TasksCreateResponse

__all__ = ["BulkResult"]


@frozen
class BulkResult:
    """The outcome of one input of `tasks.create_bulk`: either a task or an exception.

    Attributes:
        input: The file or the URL, as it was given.
        task: The task that was created, now or in an earlier run with the same ledger.
        error: Why there is no task. `errors.CreateOutcomeUnknown` if there may be one: its `candidates` are the tasks
            that could be it.

    Example:
        for result in client.tasks.create_bulk(index_id="6298d673f1090f1100476d4c", video_files=["a.mp4", "b.mp4"]):
            print(result.input, result.task.id if result.task else result.error)
    """

    input: File
    task: TasksCreateResponse | None = None
    error: Exception | None = None
