"""What a process may use up for one video. The kernel enforces it: it ends the process, or gives it no more."""

from __future__ import annotations

import importlib
import math
import pkgutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

__all__ = ["Limits", "examination_limits", "limit_process", "load_everything", "processor_seconds"]

_MIB = 2**20


@attrs.frozen
class Limits:
    """What may be used up.

    Attributes:
        processor_seconds: Processor time, in seconds; the process is ended after it.
        seconds: Time, in seconds; likewise. Infinity means unlimited.
        memory: Memory in addition to what the process has, in bytes; it gets no more.
        may_open: Whether files and sockets may be opened.
    """

    processor_seconds: float
    seconds: float
    memory: int
    may_open: bool = False


def processor_seconds(size: int) -> float:
    """Return how much processor time the examination of a file of a size, in bytes, may take, in seconds."""
    # One second is many times what a video needs whose container states its duration; others are read to the end.
    return 1.0 + size / (256 * _MIB)


def examination_limits(size: int) -> Limits:
    """Return the limits for examining a file of a size, in bytes."""
    return Limits(processor_seconds=processor_seconds(size), seconds=30.0 + size / _MIB, memory=240 * _MIB)


@contextmanager
def limit_process(limits: Limits) -> Iterator[None]:
    """Limit this process within a block."""
    import resource  # here, because not all systems have it

    data, files = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_NOFILE)
    # Both timers end the process unless it handles their signals; a handler could not interrupt FFmpeg.
    signal.setitimer(signal.ITIMER_PROF, limits.processor_seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds if math.isfinite(limits.seconds) else 0)
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


def load_everything() -> None:
    """Load what PyAV would load only when it needs it, which is when no file may be opened any more."""
    import av  # here, because the limits are of use without it

    for module in pkgutil.walk_packages(av.__path__, "av."):
        if module.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(module.name)


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
