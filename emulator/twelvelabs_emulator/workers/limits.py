"""What a process may use up for one video. The kernel enforces it: it ends the process, or gives it no more."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

__all__ = ["Limits", "examination_limits", "limit_process", "lower_priority", "packaging_limits"]


@attrs.frozen
class Limits:
    """What may be used up.

    Attributes:
        processor_seconds: Processor time, in seconds; the process is ended after it.
        seconds: Time, in seconds; likewise.
        memory: Memory in addition to what the process has, in bytes; it gets no more.
        may_open: Whether files and sockets may be opened.
    """

    processor_seconds: float
    seconds: float
    memory: int
    may_open: bool = False


_MIB = 2**20
_GRACE = 5.0
_MAX_NICE = 19


def examination_limits(size: int) -> Limits:
    """Return the limits for examining a file of a size, in bytes."""
    # One second is many times what a video needs whose container states its duration; others are read to the end.
    return Limits(processor_seconds=1.0 + size / (256 * _MIB), seconds=30.0 + size / _MIB, memory=240 * _MIB)


def packaging_limits(seconds: float) -> Limits:
    """Return the limits for making a stream within a time limit, in seconds."""
    # The emulator ends the process when its time is over; if the emulator is gone, it ends itself a little later.
    late = seconds + _GRACE
    return Limits(processor_seconds=late * (os.cpu_count() or 1), seconds=late, memory=1024 * _MIB, may_open=True)


@contextmanager
def limit_process(limits: Limits) -> Iterator[None]:
    """Limit this process within a block."""
    import resource  # here, because not all systems have it

    data, files = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_NOFILE)
    # Both timers end the process unless it handles their signals; a handler could not interrupt FFmpeg.
    signal.setitimer(signal.ITIMER_PROF, limits.processor_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    _limit(resource.RLIMIT_DATA, _memory(resource.getpagesize()) + limits.memory, data[1])
    if not limits.may_open:
        _limit(resource.RLIMIT_NOFILE, 0, files[1])
    try:
        yield
    finally:
        _limit(resource.RLIMIT_NOFILE, *files)
        _limit(resource.RLIMIT_DATA, *data)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def lower_priority(number: int) -> None:
    """Leave a process hardly more than the processor time that nobody else wants."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, number, _MAX_NICE)


def _limit(what: int, soft: int, hard: int) -> None:
    import resource

    with suppress(ValueError, OSError):  # Not all systems limit all of it; time always is limited.
        resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _memory(page: int) -> int:
    """Return how much memory this process has for itself, in bytes."""
    try:
        return page * int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except OSError:
        return 2**30  # not Linux
