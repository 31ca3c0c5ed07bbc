"""Signals that ask a process to end, as by ctrl-C, and what happens if there is more than one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

__all__ = ["ENDING", "hold_signals", "ignore_signals"]

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def hold_signals(notify: Callable[[], object]) -> Iterator[None]:
    """Have a block be told when the process is asked to end, and deliver the first of these signals after it.

    Further ones change nothing. It does nothing outside of the main thread, which alone receives signals.

    Args:
        notify: Called for each signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        notify()

    # Under nohup, the process is not to notice that its terminal is gone.
    handlers = {number: signal.getsignal(number) for number in ENDING}
    held = {number: handler for number, handler in handlers.items() if handler not in (signal.SIG_IGN, None)}
    for number in held:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])


def ignore_signals() -> None:
    """Ignore further signals that ask the process to end, which it is about to do."""
    for number in ENDING:
        with suppress(ValueError):  # Only the main thread may do so.
            signal.signal(number, signal.SIG_IGN)
