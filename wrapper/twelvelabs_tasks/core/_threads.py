"""Work that blocks, on threads: waited for where it uses files, abandoned where it may never end."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

__all__ = ["run_in_daemon_thread", "run_in_thread", "start_daemon"]

T = TypeVar("T")


class _Job(Generic[T]):
    """A function that is called once, by the first of the threads that try to."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._lock = threading.Lock()
        self._has_begun = False
        self.outcome: Future[T] = Future()

    def run_once(self) -> None:
        """Call the function, or wait until another thread has."""
        with self._lock:
            is_first, self._has_begun = not self._has_begun, True
        if is_first:
            fulfil(self.outcome, self._function)
        else:
            wait([self.outcome])


async def run_in_thread(function: Callable[[], T]) -> T:
    """Call a function in a worker thread, and wait for it whatever happens.

    A cancellation comes through only when the function has been called and has ended: it may close something, and what
    it uses may be closed afterwards. A shielded scope is not enough for that: asyncio's own cancellation passes it.
    """
    from anyio import CancelScope, CapacityLimiter, get_cancelled_exc_class, to_thread  # httpx has it

    job = _Job(function)
    cancellation: BaseException | None = None
    limiter: CapacityLimiter | None = None
    with CancelScope(shield=True):
        while not job.outcome.done():
            try:
                await to_thread.run_sync(job.run_once, limiter=limiter)
            except get_cancelled_exc_class() as error:
                cancellation = error
                limiter = CapacityLimiter(1)  # who is cancelled waits for no thread that others use
    try:
        if cancellation is not None:
            raise cancellation
        return job.outcome.result()
    finally:
        del cancellation  # which refers to this frame


async def run_in_daemon_thread(function: Callable[[], T]) -> T:
    """Call a function that may never end in a thread of its own, which a cancellation leaves behind.

    The worker threads of anyio under asyncio would keep the process from exiting.
    """
    from anyio import CapacityLimiter, to_thread

    future = start_daemon(function)
    is_over = threading.Event()
    future.add_done_callback(lambda _: is_over.set())
    try:
        # With a limiter of its own, so that streams that stall keep no thread from the rest of the program.
        await to_thread.run_sync(is_over.wait, abandon_on_cancel=True, limiter=CapacityLimiter(1))
    finally:
        is_over.set()  # so that the worker thread ends, whatever becomes of the other one
    return future.result()


def start_daemon(function: Callable[[], T]) -> Future[T]:
    """Call a function in a thread of its own, which does not keep the process from exiting."""
    future: Future[T] = Future()
    context = contextvars.copy_context()

    threading.Thread(target=context.run, args=(fulfil, future, function), name="twelvelabs-daemon", daemon=True).start()
    return future


def fulfil(future: Future[T], function: Callable[[], T]) -> None:
    """Call a function and give its result, or what it raises, to a future."""
    try:
        future.set_result(function())
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(error)
