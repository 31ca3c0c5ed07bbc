"""Waiting for something to become true."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["spin", "until"]

PATIENCE = 30.0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, asking all the time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"Waited in vain for {what}"
        time.sleep(0.001)


def spin(seconds: float) -> None:
    """Let a few milliseconds pass, to kill at another moment each time."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
