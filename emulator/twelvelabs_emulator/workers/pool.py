"""The workers of an emulator: enough that no video waits for another, and none for longer than it may."""

from __future__ import annotations

import importlib.util
import io
import logging
import select
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import attrs

from twelvelabs_tasks import video

from .limits import Limits, to_examine, to_package
from .processes import Spawner, Worker

logger = logging.getLogger("twelvelabs_emulator")

_AT_ONCE = 64
_KEPT = 4
_PROMPT = 0.04  # seconds of the processor, of which an ordinary video takes a few thousandths
_LOOK = 0.05  # seconds


class WorkerError(Exception):
    """A worker did not get to the end of a job; the message says why."""


class OutOfTimeError(WorkerError):
    """It took longer than it may."""


class CancelledError(Exception):
    """The job is not wanted any more."""


class Workers:
    """Processes that read video.

    Those that were prompt are kept for the next video. One that took long goes on while others go first; one that did
    not come to an end is ended, and whatever it did to itself ends with it.

    Raises:
        ModuleNotFoundError: PyAV is not installed.
    """

    def __init__(self) -> None:
        if importlib.util.find_spec("av") is None:
            raise ModuleNotFoundError("No module named 'av'", name="av")
        self._seats = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._spawner = Spawner()
        self._closed = threading.Event()

    def close(self) -> None:
        """End all of them, whatever they do."""
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
            self._spawner.close()
            for worker in self._idle:
                worker.channel.close()
            self._idle.clear()

    def examine(
        self, file: IO[bytes], max_bytes: int, cancelled: threading.Event | None = None
    ) -> video.Video | video.Fault:
        """Find out whether the platform takes a file, and what is known of it then.

        Args:
            file: A file that can seek; its position changes.
            max_bytes: The greatest size, in bytes.
            cancelled: Set when it is not wanted any more.

        Returns:
            The video, or why it is refused: that it is broken too if reading it took too long or too much memory.

        Raises:
            CancelledError: It is not wanted any more.
        """
        size = file.seek(0, io.SEEK_END)
        fault = video.check_size(size, max_bytes=max_bytes)
        if fault:
            return fault
        limits = to_examine(size)
        message = {"job": "examine", "size": size, "max_bytes": max_bytes}
        try:
            found = self._do(message, limits, limits.seconds, cancelled, file)
        except WorkerError as error:
            logger.info("A video was refused as broken: %s", error)
            return video.broken()
        return video.Fault(**found["fault"]) if "fault" in found else video.Video(**found["video"])

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
        """Make a stream and thumbnails of a video.

        Args:
            source: The video.
            folder: The folder to make them in, ``stream`` and ``thumbnails``.
            name: What their names begin with.
            duration: How long the video lasts, in seconds.
            seconds: How long it may take, in seconds.
            cancelled: Set when it is not wanted any more.
            patient: Whether to begin even if it will take long.

        Returns:
            How many thumbnails there are, or ``None`` if it would take long.

        Raises:
            CancelledError: It is not wanted any more.
            OutOfTimeError: It cannot be made in that time.
            WorkerError: It cannot be made.
        """
        message = {
            "job": "package",
            "source": str(source),
            "folder": str(folder),
            "name": name,
            "duration": duration,
            "patient": patient,
        }
        thumbnails: int | None = self._do(message, to_package(seconds), seconds, cancelled)["thumbnails"]
        return thumbnails

    def _do(
        self,
        message: dict[str, Any],
        limits: Limits,
        seconds: float,
        cancelled: threading.Event | None,
        file: IO[bytes] | None = None,
    ) -> dict[str, Any]:
        message = {**message, "limits": attrs.asdict(limits)}
        with self._seats:
            while True:
                worker = self._take()
                try:
                    return self._have_done(worker, message, seconds, cancelled, file)
                except EOFError as error:
                    if self._closed.is_set():
                        raise CancelledError from error
                    if worker.spawner.is_alive:
                        raise WorkerError(f"{message['job']} took too much time or memory, or crashed.") from error
                    # Something else ended all workers, which says nothing of this video.

    def _have_done(
        self,
        worker: Worker,
        message: dict[str, Any],
        seconds: float,
        cancelled: threading.Event | None,
        file: IO[bytes] | None,
    ) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        prompt = False
        try:
            # Only a file of the system itself: others decode what they read, or read it from elsewhere.
            worker.channel.send(message, file.fileno() if isinstance(file, io.BufferedReader) else None)
            answer, prompt = self._conversation(worker, time.monotonic() + seconds, cancelled, file)
        finally:
            fit = "done" in answer and prompt and message["job"] == "examine"
            if not (fit and self._keep(worker)):
                worker.kill()
        if "failed" in answer:
            raise WorkerError(f"{message['job']} failed: {answer['failed']}")
        done: dict[str, Any] = answer["done"]
        return done

    def _conversation(
        self, worker: Worker, deadline: float, cancelled: threading.Event | None, file: IO[bytes] | None
    ) -> tuple[dict[str, Any], bool]:
        """What a worker answers in the end, and whether it was prompt; on the way it may ask for pieces of the file."""
        ready = select.poll()
        ready.register(worker.channel.fileno(), select.POLLIN)
        used, prompt = worker.used(), True
        while True:
            while not ready.poll(_LOOK * 1000):
                if (cancelled and cancelled.is_set()) or self._closed.is_set():
                    raise CancelledError
                if time.monotonic() > deadline:
                    raise OutOfTimeError("It took too long.")
                if prompt and worker.used() - used > _PROMPT:
                    worker.let_others_go_first()
                    prompt = False
            answer, _ = worker.channel.receive()
            if "read" not in answer or file is None:
                return answer, prompt
            position, size = answer["read"]
            file.seek(position)
            worker.channel.send_bytes(file.read(size))

    def _take(self) -> Worker:
        while True:
            with self._lock:
                if self._closed.is_set():
                    raise CancelledError
                worker = self._idle.pop() if self._idle else None
                spawner = self._spawner
            if worker is not None:
                if worker.is_alive:
                    return worker
                worker.kill()
                continue
            with suppress(OSError):
                return spawner.spawn()
            with self._lock:
                if self._spawner is spawner and not self._closed.is_set():
                    spawner.close()
                    self._spawner = Spawner()

    def _keep(self, worker: Worker) -> bool:
        with self._lock:
            keep = not self._closed.is_set() and worker.spawner is self._spawner and len(self._idle) < _KEPT
            if keep:
                self._idle.append(worker)
        return keep
