"""Streams, made in the background from every video that is to be streamed."""

from __future__ import annotations

import errno
import logging
import os
import threading
from typing import TYPE_CHECKING

from ..streaming.wholeness import is_whole
from ..workers.workers import CancelledError, OutOfTimeError, Packaging, WorkerError

if TYPE_CHECKING:
    from ..store import Task
    from .platform import Platform

__all__ = ["Streams"]

logger = logging.getLogger("twelvelabs_emulator")

_QUICK = 10.0
"""How long the stream of a video may take in the lane of the quick ones, in seconds."""
_PATIENCE, _PATIENCE_PER_SECOND = 60.0, 5.0
"""How long a slow stream may take, in seconds: a constant, and a factor for each second of the video."""


class Streams:
    """Makes streams, and records their state.

    Args:
        platform: The platform that they are for.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def start(self, task: Task) -> None:
        """Begin to make the stream of a task whose video has arrived; delete a video that needs none."""
        if task.hls_status:
            self._submit("stream", task, patient=False)
        else:
            self._platform.files.video(task.id).unlink(missing_ok=True)

    def _submit(self, lane: str, task: Task, *, patient: bool) -> None:
        self._platform.jobs.submit(
            lane,
            task.id,
            lambda cancelled: self._make(task, cancelled, patient=patient),
            lambda _: self._end(task, 0),
        )

    def _make(self, task: Task, cancelled: threading.Event, *, patient: bool) -> None:
        files = self._platform.files
        source, folder = files.video(task.id), files.stream(task.id)
        duration = task.duration or 0.0
        try:
            seconds = _PATIENCE + _PATIENCE_PER_SECOND * duration if patient else _QUICK
            packaging = Packaging(source, folder, task.id, duration, patient)
            count = self._platform.workers.package(packaging, seconds, cancelled, lambda: files.remove_stream(task.id))
            if count and not is_whole(folder / "stream" / f"{task.id}.m3u8"):
                raise OSError(errno.ENOSPC, "The stream could not be written completely.")
        except CancelledError:
            files.remove_stream(task.id)
            return
        except WorkerError as error:
            slow = isinstance(error, OutOfTimeError)
            count = None if slow and not patient else 0
            if count == 0 and (os.strerror(errno.ENOSPC) in str(error) or not files.has_room()):
                files.remove_stream(task.id)
                raise OSError(errno.ENOSPC, f"There is no room for the stream of {task.id}: {error}") from error
            if count == 0:
                logger.warning("The stream of the task %s cannot be made: %s", task.id, error)
        if count is None:
            self._submit("slow-stream", task, patient=True)
            return
        self._end(task, count)

    def _end(self, task: Task, count: int) -> None:
        """Store that a stream is complete, with its number of thumbnails, or cannot be made; then that is 0."""
        files = self._platform.files
        known = self._platform.store.tasks.update(
            task.id,
            hls_status="COMPLETE" if count else "ERROR",
            hls_updated_at=self._platform.clock.now(),
            thumbnails=count,
        )
        files.video(task.id).unlink(missing_ok=True)
        if not (known and count):
            files.remove_stream(task.id)
