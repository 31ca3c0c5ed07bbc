"""The file as FFmpeg sees it: one that never fails, since FFmpeg and PyAV would drop much of what it fails with."""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from inspect import isbuiltin
from typing import IO

__all__ = ["GuardedFile", "TooLaboriousError"]


class TooLaboriousError(ValueError):
    """To read the file takes more time than a video needs."""


class GuardedFile:
    """A file that ends with its first error, which is kept, and raised when FFmpeg is done with it.

    Its name is kept from FFmpeg, which would take a name with a pattern for a sequence of pictures.

    Args:
        file: A binary file that can seek.
        processor_seconds: How much time of the processor this thread may spend until the last read, in seconds. `None`
            means any.
    """

    def __init__(self, file: IO[bytes], processor_seconds: float | None) -> None:
        self._file = file
        self._end = None if processor_seconds is None else time.thread_time() + processor_seconds
        self._error: BaseException | None = None
        reader = self._reader()
        next(reader)
        self.read = reader.send
        # Python raises a ctrl-C where a function of its own begins, outside of its `try`, and PyAV drops it there.
        self.seek = file.seek if isbuiltin(file.seek) else self._seek
        self.tell = file.tell if isbuiltin(file.tell) else self._tell

    def _seek(self, offset: int, whence: int = os.SEEK_SET) -> int | None:
        """Move, unless there was an error."""
        try:
            return 0 if self._error else self._file.seek(offset, whence)
        except BaseException as error:  # noqa: BLE001 - it is raised later
            return self._keep(error)

    def _tell(self) -> int:
        """Return the position, unless there was an error."""
        try:
            return 0 if self._error else self._file.tell()
        except BaseException as error:  # noqa: BLE001 - it is raised later
            return self._keep(error)

    def raise_error(self) -> None:
        """Raise the error that the file ended with, if it did."""
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # which refers to this frame

    def _reader(self) -> Generator[bytes, int, None]:
        # A generator is resumed inside its `try`; a function is not, and a ctrl-C is raised where Python begins again.
        data = b""
        while True:
            try:
                while True:
                    size = yield data
                    data = b"" if self._error else self._read(size)
            except GeneratorExit:
                raise
            except BaseException as error:  # noqa: BLE001 - it is raised later
                data = b""
                self._keep(error)

    def _read(self, size: int) -> bytes:
        if self._end is not None and time.thread_time() > self._end:
            raise TooLaboriousError("To read the file takes too long.")
        # No more than what there is room for, whatever the file gives.
        return bytes(self._file.read(size)[:size])

    def _keep(self, error: BaseException) -> int:
        self._error = self._error or error
        return 0
