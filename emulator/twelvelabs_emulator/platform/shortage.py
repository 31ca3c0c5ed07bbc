"""Shortages of the machine, which pass: no space on the disk, no descriptors, no memory, no processes."""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
import time

from ..workers.workers import NoWorkerError

__all__ = ["RETRY_SECONDS", "is_shortage", "report_shortage"]

RETRY_SECONDS = 1.0
"""How long to wait before a retry, in seconds."""

_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
_PRIMARY = 0xFF
"""The part of an SQLite error code that says what is wrong; the rest says where."""
_SILENCE = 10.0
"""How long a shortage is not reported again, in seconds."""

logger = logging.getLogger("twelvelabs_emulator")


def is_shortage(error: BaseException | None) -> bool:
    """Return whether an error, or its cause, passes when the machine has room again."""
    while error is not None:
        if isinstance(error, MemoryError | NoWorkerError):
            return True
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _CODES:
            return True
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        error = error.__cause__ or error.__context__
    return False


def report_shortage(error: BaseException) -> None:
    """Log a shortage in one line, and not again for a while, however often it occurs."""
    now = time.monotonic()
    with _lock:
        if now < _reported.get(type(error), -_SILENCE) + _SILENCE:
            return
        _reported[type(error)] = now
    logger.warning("The machine is short of a resource: %s. Work that needs it is rejected or postponed.", error)


_lock = threading.Lock()
_reported: dict[type[BaseException], float] = {}
