"""What a worker may use up for one job."""

from __future__ import annotations

import os
from contextlib import suppress

from twelvelabs_tasks.video._resources import Limits, examination_limits, limit_process

__all__ = ["Limits", "examination_limits", "limit_process", "lower_priority", "packaging_limits"]

_MIB = 2**20
_GRACE = 5.0
_MAX_NICE = 19


def packaging_limits(seconds: float) -> Limits:
    """Return the limits for making a stream within a time limit, in seconds."""
    # The emulator ends the process when its time is over; if the emulator is gone, it ends itself a little later.
    late = seconds + _GRACE
    return Limits(processor_seconds=late * (os.cpu_count() or 1), seconds=late, memory=1024 * _MIB, may_open=True)


def lower_priority(number: int) -> None:
    """Leave a process hardly more than the CPU time that nobody else wants."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, number, _MAX_NICE)
