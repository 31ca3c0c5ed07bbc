"""Shortages of the machine, which pass: no space on the disk, no descriptors, no memory."""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
import time

__all__ = ["RETRY_SECONDS", "is_shortage", "report_shortage"]

RETRY_SECONDS = 1.0
"""After how long to try again, in seconds."""

_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
_PRIMARY = 0xFF
"""The part of an error code of SQLite that says what is wrong; the rest says where."""
_SILENCE = 10.0
"""For how long a shortage is not reported again, in seconds."""

logger = logging.getLogger("twelvelabs_emulator")


def is_shortage(error: BaseException | None) -> bool:
    """Whether an error, or what it was raised from, is one that passes when the machine has room again."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _CODES:
            return True
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        error = error.__cause__ or error.__context__
    return False


def report_shortage(error: BaseException) -> None:
    """Log a shortage in one line, and not again for a while, however often it is met."""
    now = time.monotonic()
    with _lock:
        if now < _reported.get(type(error), -_SILENCE) + _SILENCE:
            return
        _reported[type(error)] = now
    logger.warning("The machine is short of something: %s. What needs it is refused or put off.", error)


_lock = threading.Lock()
_reported: dict[type[BaseException], float] = {}
