"""Workers for systems where a process cannot be forked, such as Windows: threads of the emulator itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import IO

import attrs

from twelvelabs_tasks import video
from twelvelabs_tasks.video._probing import examine_here

from .workers import CancelledError, Packaging, WorkerError, Workers

__all__ = ["WorkerThreads"]

_SEATS = 8


class WorkerThreads(Workers):
    """Reads video in this process. FFmpeg opens no other files here either, but nothing limits or ends it.

    Raises:
        ModuleNotFoundError: PyAV is not installed.
    """

    def __init__(self) -> None:
        import av  # noqa: F401 - to report at the start that it is missing

        super().__init__(_SEATS)

    def close(self) -> None:
        """Do nothing: threads end with their process."""

    def _examine(
        self, file: IO[bytes], size: int, max_bytes: int, cancelled: threading.Event | None
    ) -> video.Video | video.Fault:
        if cancelled and cancelled.is_set():
            raise CancelledError
        return examine_here(file, max_bytes=max_bytes)

    def _package(
        self, packaging: Packaging, seconds: float, cancelled: threading.Event, prepare: Callable[[], object]
    ) -> int | None:
        from ..streaming.making import make  # here, because an emulator with processes never needs it itself

        if cancelled.is_set():
            raise CancelledError
        prepare()
        try:
            return make(**attrs.asdict(packaging))
        except Exception as error:
            raise WorkerError(f"{type(error).__name__}: {error}") from error
