"""Work in the background, on threads of its own: fetching videos and making streams."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping

import attrs

from ..store import DataFolderError
from .shortage import RETRY_SECONDS, is_shortage, report_shortage

__all__ = ["GiveUp", "Job", "Jobs"]

logger = logging.getLogger("twelvelabs_emulator")

Job = Callable[[threading.Event], None]
"""A function that checks its event now and then, and stops when that is set."""
GiveUp = Callable[[Exception], None]
"""A function that is called with the exception, which nobody foresaw, that ended a job."""


class Jobs:
    """Lanes of threads that do one job after the other, and retry a job that met a shortage of the machine.

    The threads are daemons: no job has to be finished, since a restart begins it again.

    Args:
        lanes: The maximum number of threads of each lane.
    """

    def __init__(self, lanes: Mapping[str, int]) -> None:
        self._lanes = {name: _Lane(name, threads, self) for name, threads in lanes.items()}
        self._outstanding: dict[tuple[str, str], threading.Event] = {}
        self._stalled: set[tuple[str, str]] = set()
        self._changed = threading.Condition()
        self._closed = False

    def submit(self, lane: str, key: str, job: Job, give_up: GiveUp = lambda error: None) -> None:
        """Queue a job, unless one with the same key is already waiting or running in the lane.

        Args:
            lane: The name of the lane.
            key: The key.
            job: The job.
            give_up: Called if an exception that is no shortage ends the job, which is logged.
        """
        with self._changed:
            if self._closed or (lane, key) in self._outstanding:
                return
            cancelled = self._outstanding[lane, key] = threading.Event()
        self._lanes[lane].put(_Item(key, job, give_up, cancelled))

    def cancel(self, key: str | None = None) -> None:
        """Tell the jobs with a key, or all jobs, to stop."""
        with self._changed:
            for (_, have), cancelled in self._outstanding.items():
                if key is None or have == key:
                    cancelled.set()
            self._changed.notify_all()

    def settle(self, timeout: float, *, stalled: bool = True) -> bool:
        """Wait until nothing is left to do, except for jobs that were told to stop.

        Args:
            timeout: The maximum time to wait, in seconds.
            stalled: Whether to wait also for jobs that will be retried because the machine was short of something.

        Returns:
            Whether nothing is left.
        """
        with self._changed:
            return self._changed.wait_for(
                lambda: all(
                    each.is_set() or (job in self._stalled and not stalled) for job, each in self._outstanding.items()
                ),
                timeout,
            )

    def close(self, timeout: float = 1.5) -> None:
        """Stop everything, and accept no more jobs.

        Args:
            timeout: The maximum time to wait for running jobs to notice, in seconds.
        """
        with self._changed:
            self._closed = True
        self.cancel()
        with self._changed:
            self._changed.wait_for(lambda: not self._outstanding, timeout)
        for lane in self._lanes.values():
            lane.close()

    def _remove(self, lane: str, key: str) -> None:
        with self._changed:
            self._outstanding.pop((lane, key), None)
            self._stalled.discard((lane, key))
            self._changed.notify_all()

    def run(self, lane: str, item: _Item) -> None:
        """Do a job on the calling thread; for the lanes."""
        try:
            while not item.cancelled.is_set() and not self._attempt(lane, item):
                self._stall(lane, item.key)
                item.cancelled.wait(RETRY_SECONDS)
        finally:
            self._remove(lane, item.key)

    def _attempt(self, lane: str, item: _Item) -> bool:
        """Do a job, and return whether it is over: not if the machine was short of something."""
        try:
            item.do(lane)
        except Exception as error:
            if is_shortage(error):
                report_shortage(error)
                return False
            if not item.cancelled.is_set():
                logger.exception("The job %s of %s failed.", lane, item.key)
        return True

    def _stall(self, lane: str, key: str) -> None:
        with self._changed:
            self._stalled.add((lane, key))
            self._changed.notify_all()


@attrs.frozen
class _Item:
    key: str
    job: Job
    give_up: GiveUp
    cancelled: threading.Event

    def do(self, lane: str) -> None:
        """Do the job, or give it up; a job that was told to stop and one that met a shortage are not given up."""
        try:
            self.job(self.cancelled)
        except Exception as error:
            if is_shortage(error) or self.cancelled.is_set():
                raise
            # A folder that is gone needs no explanation.
            known = isinstance(error, DataFolderError)
            logger.error("The job %s of %s failed: %s", lane, self.key, error, exc_info=None if known else error)
            self.give_up(error)


class _Lane:
    def __init__(self, name: str, threads: int, jobs: Jobs) -> None:
        self._name = name
        self._limit = threads
        self._jobs = jobs
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def put(self, item: _Item) -> None:
        self._queue.put(item)
        if len(self._threads) < self._limit:
            thread = threading.Thread(target=self._work, name=f"emulator-{self._name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        for _ in self._threads:
            self._queue.put(None)

    def _work(self) -> None:
        while item := self._queue.get():
            self._jobs.run(self._name, item)
