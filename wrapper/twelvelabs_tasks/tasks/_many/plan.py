"""What a bulk creation is to do: its arguments, checked, the same for the sync and the async client."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, frozen

from twelvelabs_tasks_api.operations import non_empty

from ...core._calls import Call
from ...core._files import File
from ...core._request_options import RequestOptions
from ...core._settings import Settings
from ...core._uploads import OnProgress
from .._creating import check_choice
from .._new_task import NewTask
from .ledger_file import IN_MEMORY
from .uploads import BulkUpload, uploads_of

if TYPE_CHECKING:
    from ...types import TasksCreateResponse

__all__ = ["OnUnclear", "Plan"]

OnUnclear: TypeAlias = Literal["report", "send"]


@frozen
class Plan:
    """What a bulk creation is to do.

    Attributes:
        new_task: What describes the tasks, apart from their videos.
        uploads: The inputs. One more is taken from them than are on their way.
        max_concurrency: How many are on their way at once.
        max_retries: How often an upload is retried for which no connection could be made.
        ledger: The file of the ledger.
        settling_seconds: How long after the end of an upload the list is sure to show its task.
        on_unclear: What to do where it stays unclear whether there is a task.
        worker_timeout: The seconds after which another process gives an upload up.
        on_progress: Called with how far all of them got.
    """

    new_task: NewTask
    uploads: Iterator[BulkUpload]
    max_concurrency: int
    max_retries: int
    ledger: str
    settling_seconds: float
    on_unclear: OnUnclear
    worker_timeout: float
    on_progress: OnProgress | None

    @property
    def index_id(self) -> str:
        """The index of all tasks."""
        return self.new_task.index_id

    @property
    def options(self) -> RequestOptions | None:
        """The caller's options for each request."""
        return self.new_task.options

    @property
    def new_task_once(self) -> NewTask:
        """The same without retries: all uploads wait when one must, and a call that retries would not show that."""
        return evolve(self.new_task, options={**(self.options or {}), "max_retries": 0})

    def call(self, upload: BulkUpload, on_progress: OnProgress) -> Call[TasksCreateResponse]:
        """Return the call that sends an input."""
        return self.new_task_once.call(
            None if upload.is_url else upload.given,
            str(upload.given) if upload.is_url else None,
            on_progress,
            waits_for_connection=True,
        )

    @classmethod
    def of(
        cls,
        settings: Settings,
        new_task: NewTask,
        video_files: Iterable[File] | None,
        video_urls: Iterable[str] | None,
        *,
        max_concurrency: int,
        ledger: str | os.PathLike[str] | None,
        settling_seconds: float,
        on_unclear: OnUnclear,
        on_progress: OnProgress | None,
        worker_timeout: float = math.inf,
    ) -> Plan:
        """Return the plan; raise ValueError or TypeError if an argument is wrong."""
        if max_concurrency < 1:
            raise ValueError(f"max_concurrency must be at least 1, but is {max_concurrency}")
        if not 0 <= settling_seconds < math.inf:
            raise ValueError(f"settling_seconds must be a finite number of at least 0, but is {settling_seconds}")
        if not worker_timeout > 0:
            raise ValueError(f"worker_timeout must be greater than 0, but is {worker_timeout}")
        check_choice("on_unclear", on_unclear, "report", "send")
        non_empty("index_id", new_task.index_id)
        retries = (new_task.options or {}).get("max_retries")
        return cls(
            new_task=new_task,
            uploads=uploads_of(video_files, video_urls),
            max_concurrency=max_concurrency,
            max_retries=settings.max_retries if retries is None else retries,
            ledger=IN_MEMORY if ledger is None else os.fsdecode(ledger),
            settling_seconds=settling_seconds,
            on_unclear=on_unclear,
            worker_timeout=worker_timeout,
            on_progress=on_progress,
        )
