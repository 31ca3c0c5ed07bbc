"""The progress of a bulk creation: that of all its uploads, reported as if they were one."""

from __future__ import annotations

import threading
from collections.abc import Awaitable
from functools import cached_property
from inspect import isawaitable, iscoroutine
from typing import TYPE_CHECKING

from ...core._uploads import OnProgress
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from anyio import Lock

__all__ = ["NOT_BEGUN", "Progress", "StoppedError"]


class StoppedError(Exception):
    """Ends an upload that nobody wants any more. It never leaves this library."""


NOT_BEGUN = Outcome(StoppedError("it was not begun"))


class Progress:
    """The bytes that were sent of all files, and the sum of their sizes as soon as the last one is known.

    Args:
        on_progress: Called at every change, by one thread at a time; `None` if nobody wants to know.

    Attributes:
        failure: What the caller's callback raised; it ends the bulk creation.
    """

    def __init__(self, on_progress: OnProgress | None) -> None:
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._sent: dict[BulkUpload, int] = {}  # of the files that are on their way
        self._sent_before = 0
        self._sizes: int | None = 0
        self._is_stopped = False
        self.is_complete = False
        self.failure: BaseException | None = None

    def expect(self, upload: BulkUpload) -> None:
        """Add the size of a file to the total, which cannot be known if that of one file cannot."""
        with self._lock:
            if self._sizes is not None:
                self._sizes = None if upload.size is None else self._sizes + upload.size

    def callback_for(self, upload: BulkUpload) -> OnProgress:
        """Return the callback for the progress of one file."""

        def report(sent: int, _size: int | None) -> object:
            return self.report(upload, sent)

        return report

    def end(self, upload: BulkUpload, *, is_sent: bool) -> None:
        """Take note that a file has been sent; or that it will not be, so that it counts no longer."""
        with self._lock:
            sent = self._sent.pop(upload, 0)
            if is_sent:
                self._sent_before += sent if upload.size is None else upload.size
            elif self._sizes is not None and upload.size is not None:
                self._sizes -= upload.size

    def stop(self) -> None:
        """End all uploads that are on their way, each with its next piece."""
        self._is_stopped = True

    def report(self, upload: BulkUpload, sent: int) -> object:
        """Report how much of a file has been sent; raise StoppedError if it is to be sent no further."""
        with self._lock:
            if self._is_stopped:
                raise StoppedError("the bulk creation was stopped")
            self._sent[upload] = sent
            if self._on_progress is None:
                return None
            try:
                total = self._sizes if self.is_complete else None
                returned = self._on_progress(self._sent_before + sum(self._sent.values()), total)
            except BaseException as error:
                raise self._stop_after(error) from error
        return self._await_callback(returned) if isawaitable(returned) else None

    async def _await_callback(self, returned: Awaitable[object]) -> None:
        from anyio import get_cancelled_exc_class

        try:
            async with self._turn:
                if not self._is_stopped:
                    await returned
        except get_cancelled_exc_class():
            raise
        except BaseException as error:  # ctrl-C too: out of a task, it would come as part of a group
            raise self._stop_after(error) from error
        finally:
            if iscoroutine(returned):
                returned.close()  # its turn may not have come

    @cached_property
    def _turn(self) -> Lock:
        """What lets one call of an async callback run at a time."""
        from anyio import Lock

        return Lock()

    def _stop_after(self, error: BaseException) -> StoppedError:
        self.failure, self._is_stopped = error, True
        return StoppedError("on_progress raised an exception")
