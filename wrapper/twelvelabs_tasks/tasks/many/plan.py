"""What a bulk creation is to do: its arguments, checked, the same for the sync and the async client."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ...core.calls import Call, not_empty
from ...core.files import File
from ...core.request_options import RequestOptions
from ...core.settings import Settings
from ...core.uploads import OnProgress
from ...types import TasksCreateResponse
from ..calls import create_call
from ..creating import check_choice
from .ledger_file import IN_MEMORY
from .uploads import BulkUpload, uploads_of

__all__ = ["OnUnclear", "Plan", "TaskArguments"]

OnUnclear: TypeAlias = Literal["report", "send"]


@dataclass(frozen=True)
class TaskArguments:
    """The arguments of `create` that all tasks have in common. They may travel to other processes."""

    index_id: str
    enable_video_stream: bool | None
    user_metadata: str | Mapping[str, Any] | None
    preflight: bool
    request_options: RequestOptions = field(repr=False)  # among its headers may be secrets

    def call(self, upload: BulkUpload, on_progress: OnProgress) -> Call[TasksCreateResponse]:
        """Return the call that sends an input."""
        return create_call(
            index_id=self.index_id,
            video_file=None if upload.is_url else upload.given,
            video_url=str(upload.given) if upload.is_url else None,
            enable_video_stream=self.enable_video_stream,
            user_metadata=self.user_metadata,
            preflight=self.preflight,
            on_progress=on_progress,
            request_options=self.request_options,
            waits_for_connection=True,
        )


@dataclass(frozen=True)
class Plan:
    """What a bulk creation is to do.

    Attributes:
        index_id: The index of all tasks.
        arguments: What all tasks have in common.
        uploads: The inputs. One more is taken from them than are on their way.
        max_concurrency: How many are on their way at once.
        max_retries: How often an upload is repeated for which no connection could be made.
        ledger: The file of the ledger.
        settling_seconds: How long after the end of an upload the list is sure to show its task.
        on_unclear: What to do where it stays unclear whether there is a task.
        worker_timeout: The seconds after which another process gives an upload up.
        on_progress: Told how far all of them got.
        options: What the caller asked for, for each request.
    """

    index_id: str
    arguments: TaskArguments
    uploads: Iterator[BulkUpload]
    max_concurrency: int
    max_retries: int
    ledger: str
    settling_seconds: float
    on_unclear: OnUnclear
    worker_timeout: float
    on_progress: OnProgress | None
    options: RequestOptions | None = field(repr=False)

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        index_id: str,
        video_files: Iterable[File] | None,
        video_urls: Iterable[str] | None,
        enable_video_stream: bool | None,
        user_metadata: str | Mapping[str, Any] | None,
        preflight: bool,
        max_concurrency: int,
        ledger: str | os.PathLike[str] | None,
        settling_seconds: float,
        on_unclear: OnUnclear,
        on_progress: OnProgress | None,
        request_options: RequestOptions | None,
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
        options: RequestOptions = request_options or {}
        retries = options.get("max_retries")
        # Here, all uploads wait when one is told to; a call that waits by itself would not tell.
        once: RequestOptions = {**options, "max_retries": 0}
        return cls(
            index_id=not_empty("index_id", index_id),
            arguments=TaskArguments(index_id, enable_video_stream, user_metadata, preflight, once),
            uploads=uploads_of(video_files, video_urls),
            max_concurrency=max_concurrency,
            max_retries=settings.max_retries if retries is None else retries,
            ledger=IN_MEMORY if ledger is None else os.fsdecode(ledger),
            settling_seconds=settling_seconds,
            on_unclear=on_unclear,
            worker_timeout=worker_timeout,
            on_progress=on_progress,
            options=request_options,
        )
