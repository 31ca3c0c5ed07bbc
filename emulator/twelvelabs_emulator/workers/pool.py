"""Workers that are processes: enough that no video waits for another, and none for longer than it may."""

from __future__ import annotations

import importlib.util
import io
import select
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import attrs

from twelvelabs_tasks import video

from .limits import Limits, examination_limits, packaging_limits
from .processes import Spawner, Worker
from .workers import CancelledError, NoWorkerError, OutOfTimeError, Packaging, WorkerError, Workers

__all__ = ["WorkerProcesses"]

_SEATS = 64
_MAX_IDLE = 4
_PROMPT = 0.04  # seconds of CPU time, of which an ordinary video takes a few thousandths
_POLL = 0.05  # seconds
_ATTEMPTS = 5
_PAUSE = 0.1
"""How long to wait after a failed attempt to get a worker, in seconds."""


class _KilledError(Exception):
    """Somebody else killed a worker, which says nothing about its job."""


@attrs.frozen
class _Job:
    """A job for a worker.

    Attributes:
        name: The name of the job.
        arguments: Its arguments, as JSON can hold them.
        limits: What the worker may use up.
        seconds: The time limit, in seconds.
        cancelled: Set when the result is no longer wanted.
        file: The file to read, if it is not named in the arguments.
        prepare: Called before each attempt.
    """

    name: str
    arguments: dict[str, Any]
    limits: Limits
    seconds: float
    cancelled: threading.Event | None
    file: IO[bytes] | None = None
    prepare: Callable[[], object] = lambda: None


class WorkerProcesses(Workers):
    """Reads video in separate processes.

    Workers that were prompt are kept for the next video. A worker that takes long continues at a lower priority; one
    that does not finish is killed, and whatever the video did to it ends with it.

    Args:
        folder: The folder that workers work in. Paths in it are given to FFmpeg relative to it, since it takes some
            absolute ones for patterns. Default: that of this process.

    Raises:
        ModuleNotFoundError: PyAV is not installed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if importlib.util.find_spec("av") is None:
            raise ModuleNotFoundError("No module named 'av'", name="av")
        super().__init__(_SEATS)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._folder = folder
        self._spawner = Spawner(folder)
        self._closed = threading.Event()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
            self._spawner.close()
            for worker in self._idle:
                worker.channel.close()
            self._idle.clear()

    def _examine(
        self, file: IO[bytes], size: int, max_bytes: int, cancelled: threading.Event | None
    ) -> video.Video | video.Fault:
        limits = examination_limits(size)
        job = _Job("examine", {"size": size, "max_bytes": max_bytes}, limits, limits.seconds, cancelled, file)
        found = self._do(job)
        return video.Fault(**found["fault"]) if "fault" in found else video.Video(**found["video"])

    def _package(
        self, packaging: Packaging, seconds: float, cancelled: threading.Event, prepare: Callable[[], object]
    ) -> int | None:
        paths = {"source": self._name(packaging.source), "folder": self._name(packaging.folder)}
        arguments = {**attrs.asdict(packaging), **paths}
        limits = packaging_limits(seconds)
        done = self._do(_Job("package", arguments, limits, seconds, cancelled, prepare=prepare))
        thumbnails: int | None = done["thumbnails"]
        return thumbnails

    def _name(self, path: Path) -> str:
        """Return how workers find a path."""
        return str(path.relative_to(self._folder) if self._folder and path.is_relative_to(self._folder) else path)

    def _do(self, job: _Job) -> dict[str, Any]:
        is_alone = False
        for _ in range(_ATTEMPTS):
            worker = self._take()
            job.prepare()
            try:
                return self._hand_over(worker, job)
            except _KilledError as error:
                if self._closed.is_set():
                    raise CancelledError from error
                is_alone = worker.spawner.is_alive
        if is_alone:  # Only the workers are killed, as by a system that is short of memory.
            raise WorkerError(f"{job.name} was killed {_ATTEMPTS} times.")
        raise NoWorkerError("Workers are killed again and again.")

    def _hand_over(self, worker: Worker, job: _Job) -> dict[str, Any]:
        """Have a worker do a job, and return the result; keep the worker for the next job, or kill it."""
        message = {"job": job.name, "limits": attrs.asdict(job.limits), **job.arguments}
        reply: dict[str, Any] = {}
        prompt = False
        try:
            # Only files of the operating system: others decode what they read, or read it from elsewhere.
            worker.channel.send(message, job.file.fileno() if isinstance(job.file, io.BufferedReader) else None)
            reply, prompt = self._converse(worker, job)
        except EOFError as error:
            if worker.was_killed:
                raise _KilledError from error
            raise WorkerError(f"{job.name} took too much time or memory, or crashed.") from error
        finally:
            fit = "done" in reply and prompt and job.name == "examine"
            if not (fit and self._keep(worker)):
                worker.kill()
        if "failed" in reply:
            raise WorkerError(f"{job.name} failed: {reply['failed']}")
        done: dict[str, Any] = reply["done"]
        return done

    def _converse(self, worker: Worker, job: _Job) -> tuple[dict[str, Any], bool]:
        """Return the last message of a worker, and whether it was prompt; serve it pieces of the file until then."""
        deadline = time.monotonic() + job.seconds
        ready = select.poll()
        ready.register(worker.channel.fileno(), select.POLLIN)
        used, prompt = worker.processor_seconds(), True
        while True:
            while not ready.poll(_POLL * 1000):
                if (job.cancelled and job.cancelled.is_set()) or self._closed.is_set():
                    raise CancelledError
                if time.monotonic() > deadline:
                    raise OutOfTimeError("It took too long.")
                if prompt and worker.processor_seconds() - used > _PROMPT:
                    worker.lower_priority()
                    prompt = False
            reply, _ = worker.channel.receive()
            if "read" not in reply or job.file is None:
                return reply, prompt
            position, size = reply["read"]
            job.file.seek(position)
            worker.channel.send_bytes(job.file.read(size))

    def _take(self) -> Worker:
        """Return a worker that has nothing to do, an idle one or a new one."""
        failure: OSError | None = None
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._closed.wait(_PAUSE)
            if worker := self._reuse():
                return worker
            try:
                return self._spawn()
            except OSError as error:
                failure = error
        raise NoWorkerError(f"No worker can be started: {failure}") from failure

    def _reuse(self) -> Worker | None:
        while True:
            with self._lock:
                if self._closed.is_set():
                    raise CancelledError
                if not self._idle:
                    return None
                worker = self._idle.pop()
            if worker.is_alive:
                return worker
            worker.kill()

    def _spawn(self) -> Worker:
        with self._lock:
            if self._closed.is_set():
                raise CancelledError
            if not self._spawner.is_alive:
                self._spawner.close()
                self._spawner = Spawner(self._folder)
            spawner = self._spawner
        return spawner.spawn()

    def _keep(self, worker: Worker) -> bool:
        """Keep a worker for the next job, and return whether there was room for it."""
        with self._lock:
            keep = not self._closed.is_set() and worker.spawner is self._spawner and len(self._idle) < _MAX_IDLE
            if keep:
                self._idle.append(worker)
        return keep
