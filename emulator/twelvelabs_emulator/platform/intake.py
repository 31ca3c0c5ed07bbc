"""How videos come in: checked, charged, and made durable together with their tasks."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import attrs

from twelvelabs_tasks import video

from ..responses import USAGE_LIMIT_EXCEEDED
from ..workers.workers import CancelledError
from . import reception
from .files import ReceivedFile

if TYPE_CHECKING:
    from ..store import Task
    from .platform import Platform

__all__ = ["Intake", "RejectedError"]

_USED = "used_seconds"

logger = logging.getLogger("twelvelabs_emulator")


class RejectedError(Exception):
    """The platform does not accept a video.

    Args:
        fault: Why.
    """

    def __init__(self, fault: video.Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Intake:
    """Takes in videos.

    Args:
        platform: The platform that they are for.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def accept(self, task: Task, received: ReceivedFile) -> Task:
        """Check a video that was uploaded, and store its task durably.

        Raises:
            RejectedError: The platform does not accept it; nothing is left of it.
        """
        try:
            known = self._check(received)
            task = attrs.evolve(
                task, content_hash=received.content_hash, received_at=self._platform.clock.now(), **known
            )
            self._platform.files.keep(received, task.id, streamed=bool(task.hls_status))
            with self._platform.store.transaction():
                self._platform.check_index(task.index_id)  # A reset may have come in between.
                self._charge(task.duration)
                self._platform.store.tasks.insert(task)
        except BaseException:
            received.discard()
            self._platform.files.remove(task.id)
            raise
        self._platform.streams.start(task)
        return task

    def accept_url(self, task: Task) -> None:
        """Store a task durably, and begin to fetch its video."""
        with self._platform.store.transaction():
            self._platform.check_index(task.index_id)  # A reset may have come in between.
            self._platform.store.tasks.insert(task)
        self.start(task)

    def start(self, task: Task) -> None:
        """Begin to fetch the video of a task that is stored."""
        lane = "download" if task.import_id is None else "copy"
        self._platform.jobs.submit(
            lane,
            task.id,
            lambda cancelled: self._receive(task, cancelled),
            lambda error: self._fail(task, f"The video cannot be taken in: {error or type(error).__name__}"),
        )

    def _receive(self, task: Task, cancelled: threading.Event) -> None:
        try:
            received = self._fetch(task, cancelled)
            try:
                known = self._check(received, cancelled)
                self._platform.files.keep(received, task.id, streamed=bool(task.hls_status))
                with self._platform.store.transaction():
                    self._charge(known["duration"])
                    now = self._platform.clock.now()
                    arrived = {"received_at": now, "content_hash": received.content_hash, **known}
                    if not self._platform.store.tasks.update(task.id, **arrived):
                        raise reception.UnreachableError("The task is gone.")
            except BaseException:
                received.discard()
                self._platform.files.remove(task.id)
                raise
        except CancelledError:
            return
        except RejectedError as error:
            if not cancelled.is_set():
                self._reject(task, str(error))
        except reception.UnreachableError as error:
            if not cancelled.is_set():
                logger.warning("The task %s (%r) failed: %s", task.id, task.filename, error)
                self._fail(task, str(error))
        else:
            self._platform.streams.start(task)

    def _reject(self, task: Task, fault: str, **changes: object) -> None:
        """Store why a task fails, which it does when its video is checked."""
        now = self._platform.clock.now()
        fault = fault.encode("utf-8", "backslashreplace").decode()  # It may name what is not text.
        if task.hls_status:
            changes |= {"hls_status": "CANCELED", "hls_updated_at": now}
        self._platform.store.tasks.update(task.id, fault=fault, received_at=now, **changes)

    def _fail(self, task: Task, fault: str) -> None:
        """Let a task fail at once."""
        self._reject(task, fault, status="failed", updated_at=self._platform.clock.now(), due_at=None)

    def _fetch(self, task: Task, cancelled: threading.Event) -> ReceivedFile:
        source, limit = task.source or "", self._platform.settings.max_bytes
        if task.import_id is None:
            return reception.fetch(source, self._platform.files, task.filename, limit, cancelled)
        integration_id, _, path = source.partition(":")
        place = self._platform.integration(integration_id)
        if place is None:
            raise reception.UnreachableError(f"The integration {integration_id} does not exist any more.")
        return reception.copy(place, path, self._platform.files, task.filename, limit, cancelled)

    def _check(self, received: ReceivedFile, cancelled: threading.Event | None = None) -> dict[str, Any]:
        """Return what is known about a video that meets the requirements."""
        limit = self._platform.settings.max_bytes
        fault = video.check_size(received.size, max_bytes=limit)
        if fault:
            raise RejectedError(fault)
        with received.path.open("rb") as file:
            found = self._platform.workers.examine(file, limit, cancelled)
        if isinstance(found, video.Fault):
            raise RejectedError(found)
        return {"duration": found.duration, "width": found.width, "height": found.height}

    def _charge(self, seconds: float | None) -> None:
        """Deduct the duration of a video from the credit."""
        limit = self._platform.settings.credit_seconds
        used = self._platform.store.numbers.get(_USED) + (seconds or 0)
        if limit is not None and used > limit:
            raise RejectedError(video.Fault("usage_limit_exceeded", USAGE_LIMIT_EXCEEDED))
        self._platform.store.numbers.set(_USED, used)
