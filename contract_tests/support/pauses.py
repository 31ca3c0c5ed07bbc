"""Pauses that take no time, each caller's noted apart from those of others who call at the same time.

Unlike a clock that stands still, this lets timeouts run out, also those of event loops.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import anyio
import pytest

__all__ = ["Pauses", "note_pauses", "skip_pauses"]


class Pauses:
    """The pauses of one caller.

    Args:
        after: Called after each, with their number so far.

    Attributes:
        slept: How long each would have been, in seconds.
    """

    def __init__(self, after: Callable[[int], object]) -> None:
        self.slept: list[float] = []
        self._after = after

    def skip(self, seconds: float) -> None:
        """Take note of a pause."""
        self.slept.append(seconds)
        self._after(len(self.slept))


_noting: ContextVar[Pauses | None] = ContextVar("noting", default=None)


@contextmanager
def skip_pauses() -> Iterator[None]:
    """Skip the pauses of all callers who note them; servers that run next to them take theirs."""
    sleep, sleep_async = time.sleep, anyio.sleep

    def skip(seconds: float) -> None:
        pauses = _noting.get()
        if pauses is None:
            sleep(seconds)
        else:
            pauses.skip(seconds)

    async def skip_async(delay: float) -> None:
        pauses = _noting.get()
        if pauses is None:
            await sleep_async(delay)
        else:
            pauses.skip(delay)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", skip)
        patch.setattr("anyio.sleep", skip_async)
        yield


@contextmanager
def note_pauses(after: Callable[[int], object] = lambda _: None) -> Iterator[Pauses]:
    """Note the pauses of this caller: of this thread, or of the tasks that are begun in it."""
    pauses = Pauses(after)
    token = _noting.set(pauses)
    try:
        yield pauses
    finally:
        _noting.reset(token)
