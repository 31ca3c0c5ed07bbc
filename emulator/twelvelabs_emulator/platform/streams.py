"""Streams: made beside the requests of every video that is to be streamed."""

from __future__ import annotations

import errno
import logging
import threading
from typing import TYPE_CHECKING

from ..streaming import hls, pictures
from ..streaming.wholeness import is_whole
from . import tasks
from .shortage import is_shortage

if TYPE_CHECKING:
    from .platform import Platform
    from .tasks import Task

logger = logging.getLogger("twelvelabs_emulator")


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
            self._platform.jobs.submit("stream", task.id, lambda cancelled: self._make(task.id, cancelled))
        else:
            self._platform.files.video(task.id).unlink(missing_ok=True)

    def _make(self, task_id: str, cancelled: threading.Event) -> None:
        files = self._platform.files
        source, folder = files.video(task_id), files.stream(task_id)
        files.remove_stream(task_id)
        outcome: dict[str, object]
        try:
            hls.package(source, folder / "stream" / f"{task_id}.m3u8", cancelled.is_set)
            count = pictures.make_thumbnails(source, folder / "thumbnails", task_id)
            if not is_whole(folder / "stream" / f"{task_id}.m3u8"):
                raise OSError(errno.ENOSPC, "it could not be written to its end")
            outcome = {"hls_status": "COMPLETE", "thumbnails": count}
        except hls.CancelledError:
            files.remove_stream(task_id)
            return
        except Exception as error:  # FFmpeg fails in many ways, and this is the answer to all of them
            files.remove_stream(task_id)
            if is_shortage(error) or not files.has_room():
                raise OSError(errno.ENOSPC, f"No stream can be made of {task_id}: {error}") from error
            logger.warning("No stream can be made of the task %s: %s", task_id, error)
            outcome = {"hls_status": "ERROR"}
        with self._platform.store.writing() as db:
            known = tasks.update(db, task_id, hls_updated_at=self._platform.clock.now(), **outcome)
        source.unlink(missing_ok=True)
        if not known or outcome["hls_status"] == "ERROR":
            files.remove_stream(task_id)
