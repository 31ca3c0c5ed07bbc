"""Work that blocks, on threads: waited for where it uses files, abandoned where it may never end."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, TypeVar

__all__ = ["in_daemon_thread", "in_thread", "start_daemon"]

T = TypeVar("T")


class _Job(Generic[T]):
    """A function that a worker thread is to call once, unless it is withdrawn before."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._lock = threading.Lock()
        self._is_withdrawn = False
        self._has_begun = False
        self.ended = threading.Event()

    def __call__(self) -> T:
        with self._lock:
            if self._is_withdrawn:
                raise RuntimeError("nobody waits for it any more")
            self._has_begun = True
        try:
            return self._function()
        finally:
            self.ended.set()

    def withdraw(self) -> bool:
        """Keep it from beginning; return whether that was in time."""
        with self._lock:
            self._is_withdrawn = True
            return not self._has_begun


async def in_thread(function: Callable[[], T]) -> T:
    """Call a function in a worker thread, and wait for it whatever happens.

    A cancellation comes through only when the function has ended: what it uses may be closed then. A shielded scope is
    not enough for that, because asyncio's own cancellation does not heed it.
    """
    from anyio import CancelScope, get_cancelled_exc_class, to_thread  # only async clients need it, and httpx has it

    job = _Job(function)
    with CancelScope(shield=True):
        try:
            return await to_thread.run_sync(job)
        except get_cancelled_exc_class():
            while not job.withdraw() and not job.ended.is_set():
                with suppress(get_cancelled_exc_class()):
                    await to_thread.run_sync(job.ended.wait)
            raise
    raise AssertionError("nothing is suppressed")


async def in_daemon_thread(function: Callable[[], T]) -> T:
    """Call a function that may never end in a thread of its own, which a cancellation leaves behind.

    The worker threads of anyio under asyncio would keep the process from exiting.
    """
    from anyio import to_thread

    future = start_daemon(function)
    is_over = threading.Event()
    future.add_done_callback(lambda _: is_over.set())
    try:
        await to_thread.run_sync(is_over.wait, abandon_on_cancel=True)
    finally:
        is_over.set()  # so that the worker thread ends, whatever becomes of the other one
    return future.result()


def start_daemon(function: Callable[[], T]) -> Future[T]:
    """Call a function in a thread of its own, which does not keep the process from exiting."""
    future: Future[T] = Future()
    context = contextvars.copy_context()

    def run() -> None:
        try:
            future.set_result(context.run(function))
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)

    threading.Thread(target=run, name="twelvelabs-stream", daemon=True).start()
    return future
