"""What a process may use up for one video. The kernel keeps to it: it ends the process, or gives it no more."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs


@attrs.frozen
class Limits:
    """What may be used up.

    Attributes:
        processor_seconds: Time of the processor, in seconds; the process is ended after it.
        seconds: Time, in seconds; likewise.
        memory: Memory beyond what the process has, in bytes; there is no more.
        may_open: Whether files and sockets may be opened.
    """

    processor_seconds: float
    seconds: float
    memory: int
    may_open: bool = False


_MIB = 2**20
_GRACE = 5.0
_NICEST = 19


def to_examine(size: int) -> Limits:
    """What to use up at most to find out what is in a file of that size, in bytes."""
    # A second is many times what any video needs whose container says how long it lasts; others are read to their end.
    return Limits(processor_seconds=1.0 + size / (256 * _MIB), seconds=30.0 + size / _MIB, memory=240 * _MIB)


def to_package(seconds: float) -> Limits:
    """What to use up at most to make a stream that is given so many seconds."""
    # The emulator ends it when its time is over; should that be gone by then, the process ends itself a little later.
    late = seconds + _GRACE
    return Limits(processor_seconds=late * (os.cpu_count() or 1), seconds=late, memory=1024 * _MIB, may_open=True)


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Hold this process to limits for a while."""
    import resource  # here, because not all systems have it

    data, files = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_NOFILE)
    # Both timers end the process unless it handles their signals, which FFmpeg could not be interrupted for.
    signal.setitimer(signal.ITIMER_PROF, limits.processor_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    _limit(resource.RLIMIT_DATA, _data(resource.getpagesize()) + limits.memory, data[1])
    if not limits.may_open:
        _limit(resource.RLIMIT_NOFILE, 0, files[1])
    try:
        yield
    finally:
        _limit(resource.RLIMIT_NOFILE, *files)
        _limit(resource.RLIMIT_DATA, *data)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def let_others_go_first(number: int) -> None:
    """Give a process hardly more than what time of the processor nobody else wants."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, number, _NICEST)


def _limit(what: int, soft: int, hard: int) -> None:
    import resource

    with suppress(ValueError, OSError):  # Not all systems limit all of it; the time always is.
        resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _data(page: int) -> int:
    """How much memory this process has for itself, in bytes."""
    try:
        return page * int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except OSError:
        return 2**30  # not Linux
