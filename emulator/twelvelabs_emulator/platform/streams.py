"""Streams: made beside the requests of every video that is to be streamed."""

from __future__ import annotations

import errno
import logging
import os
import threading
from typing import TYPE_CHECKING

from ..streaming.wholeness import is_whole
from ..workers.pool import CancelledError, OutOfTimeError, WorkerError
from . import tasks

if TYPE_CHECKING:
    from .platform import Platform
    from .tasks import Task

logger = logging.getLogger("twelvelabs_emulator")

_QUICK = 10.0
"""How long, in seconds, the stream of a video may take without others waiting for it."""
_PATIENCE, _PATIENCE_A_SECOND = 60.0, 5.0
"""How long that of a slow one may take, in seconds, and for each second that the video lasts."""


class Streams:
    """Makes streams, and keeps book of it.

    Args:
        platform: What they are made for.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def start(self, task: Task) -> None:
        """Begin to make the stream of a task whose video is here; a video that needs none is not kept."""
        if task.hls_status:
            self._submit("stream", task, patient=False)
        else:
            self._platform.files.video(task.id).unlink(missing_ok=True)

    def _submit(self, lane: str, task: Task, *, patient: bool) -> None:
        self._platform.jobs.submit(lane, task.id, lambda cancelled: self._make(task, cancelled, patient=patient))

    def _make(self, task: Task, cancelled: threading.Event, *, patient: bool) -> None:
        files = self._platform.files
        source, folder = files.video(task.id), files.stream(task.id)
        files.remove_stream(task.id)
        duration = task.duration or 0.0
        outcome: dict[str, object]
        try:
            seconds = _PATIENCE + _PATIENCE_A_SECOND * duration if patient else _QUICK
            count = self._platform.workers.package(
                source, folder, task.id, duration, seconds, cancelled, patient=patient
            )
            if count and not is_whole(folder / "stream" / f"{task.id}.m3u8"):
                raise OSError(errno.ENOSPC, "It could not be written to its end.")
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
                logger.warning("No stream can be made of the task %s: %s", task.id, error)
        if count is None:
            self._submit("slow-stream", task, patient=True)
            return
        outcome = {"hls_status": "COMPLETE", "thumbnails": count} if count else {"hls_status": "ERROR"}
        with self._platform.store.writing() as db:
            known = tasks.update(db, task.id, hls_updated_at=self._platform.clock.now(), **outcome)
        source.unlink(missing_ok=True)
        if not known or outcome["hls_status"] == "ERROR":
            files.remove_stream(task.id)
