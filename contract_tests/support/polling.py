"""Waiting for something to become true."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["until"]

PATIENCE = 30.0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, asking all the time."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"Waited in vain for {what}"
        time.sleep(0.001)
