"""What there is instead of workers where a process cannot be copied, as on Windows: threads of the emulator's own."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import IO

from twelvelabs_tasks import video

from .pool import CancelledError, WorkerError

_AT_ONCE = 4


class Direct:
    """Reads video in this process. FFmpeg opens nothing else here either, but nothing limits or ends it."""

    def __init__(self) -> None:
        import av  # noqa: F401 - so that its absence is told at the start

        self._seats = threading.BoundedSemaphore(_AT_ONCE)

    def close(self) -> None:
        """Do nothing: threads end with their process."""

    def examine(
        self, file: IO[bytes], max_bytes: int, cancelled: threading.Event | None = None
    ) -> video.Video | video.Fault:
        """Find out whether the platform takes a file; as with `Workers.examine`."""
        with self._seats:
            _go_on(cancelled)
            return video.examine(file, max_bytes=max_bytes)

    def package(
        self,
        source: Path,
        folder: Path,
        name: str,
        duration: float,
        seconds: float,
        cancelled: threading.Event,
        *,
        patient: bool,
    ) -> int | None:
        """Make a stream and thumbnails of a video; as with `Workers.package`, but in whatever time it takes."""
        from ..streaming.making import make  # here, because where there are workers the emulator itself needs none

        _go_on(cancelled)
        try:
            return make(source, folder, name, duration, patient=patient)
        except Exception as error:
            raise WorkerError(f"{type(error).__name__}: {error}") from error


def _go_on(cancelled: threading.Event | None) -> None:
    if cancelled and cancelled.is_set():
        raise CancelledError
