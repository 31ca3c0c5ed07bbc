"""What all workers have in common: the jobs they do, and how these can fail."""

from __future__ import annotations

import io
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import IO

import attrs

from twelvelabs_tasks import video

__all__ = ["CancelledError", "NoWorkerError", "OutOfTimeError", "Packaging", "WorkerError", "Workers"]

logger = logging.getLogger("twelvelabs_emulator")


class WorkerError(Exception):
    """A worker did not finish a job; the message says why."""


class OutOfTimeError(WorkerError):
    """A job took longer than it may."""


class NoWorkerError(OSError):
    """No worker can be started, because the machine is short of something."""


class CancelledError(Exception):
    """The job is no longer wanted."""


@attrs.frozen
class Packaging:
    """A stream and thumbnails to make.

    Attributes:
        source: The video.
        folder: The folder to make `stream` and `thumbnails` in.
        name: The beginning of their filenames.
        duration: The duration of the video, in seconds.
        patient: Whether to begin even if it will take long.
    """

    source: Path
    folder: Path
    name: str
    duration: float
    patient: bool


class Workers(ABC):
    """Reads video, several files at once.

    Args:
        seats: The maximum number of jobs at a time; further ones wait.
    """

    def __init__(self, seats: int) -> None:
        self._seats = threading.BoundedSemaphore(seats)

    def examine(
        self, file: IO[bytes], max_bytes: int, cancelled: threading.Event | None = None
    ) -> video.Video | video.Fault:
        """Find out whether the platform accepts a file, and what is known about it.

        Args:
            file: A seekable file; its position changes.
            max_bytes: The maximum size, in bytes.
            cancelled: Set when the result is no longer wanted.

        Returns:
            The video, or why it is rejected. A video counts as broken if reading it takes too much time or memory.

        Raises:
            CancelledError: The result is no longer wanted.
            NoWorkerError: No worker can be started.
        """
        size = file.seek(0, io.SEEK_END)
        if fault := video.check_size(size, max_bytes=max_bytes):
            return fault
        try:
            with self._seats:
                return self._examine(file, size, max_bytes, cancelled)
        except WorkerError as error:
            logger.info("A video was rejected as broken: %s", error)
            return video.broken()

    def package(
        self, packaging: Packaging, seconds: float, cancelled: threading.Event, prepare: Callable[[], object]
    ) -> int | None:
        """Make a stream and thumbnails of a video.

        Args:
            packaging: What to make.
            seconds: The time limit, in seconds.
            cancelled: Set when the result is no longer wanted.
            prepare: Called before each attempt, to remove what an earlier one has left.

        Returns:
            The number of thumbnails, or `None` if it would take long.

        Raises:
            CancelledError: The result is no longer wanted.
            NoWorkerError: No worker can be started.
            OutOfTimeError: The stream cannot be made within the time limit.
            WorkerError: The stream cannot be made.
        """
        with self._seats:
            return self._package(packaging, seconds, cancelled, prepare)

    @abstractmethod
    def close(self) -> None:
        """End all jobs."""

    @abstractmethod
    def _examine(
        self, file: IO[bytes], size: int, max_bytes: int, cancelled: threading.Event | None
    ) -> video.Video | video.Fault: ...

    @abstractmethod
    def _package(
        self, packaging: Packaging, seconds: float, cancelled: threading.Event, prepare: Callable[[], object]
    ) -> int | None: ...
