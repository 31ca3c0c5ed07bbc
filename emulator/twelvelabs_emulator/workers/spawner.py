"""The process that workers are forked from. It has loaded what they need, does nothing itself, and ends with them.

The emulator starts it, and gives it orders over a socket. It alone waits for the workers, so that a number it knows
is never that of another process.
"""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress

from twelvelabs_tasks.video.resources import load_everything

from .channel import Channel
from .limits import lower_priority
from .orders import FORK, KILL, NUMBER, ORDER, YIELD
from .worker import serve

__all__ = ["main"]


def main(descriptor: int) -> None:
    """Follow the orders of the emulator, until it ends.

    Args:
        descriptor: The socket the orders come from.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # A ctrl-C is for the emulator, which then ends this process.
    load_everything()
    workers = set[int]()
    with socket.socket(fileno=descriptor) as control:
        while True:
            order, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1, socket.MSG_WAITALL)
            _reap(workers)
            if len(order) < ORDER.size:
                break
            what, number = ORDER.unpack(order)
            if what == FORK:
                number = _fork(control, descriptors)
                if number:
                    workers.add(number)
                control.sendall(NUMBER.pack(number))
            elif number in workers:
                _influence(what, number)
    for number in workers:
        os.kill(number, signal.SIGKILL)
    os._exit(0)  # There is nothing to tidy up, and the emulator is waiting.


def _fork(control: socket.socket, descriptors: list[int]) -> int:
    """Start a worker at the other end of a socket, and return its number, or 0 if there is no room for it."""
    if not descriptors:
        return 0
    connected = socket.socket(fileno=descriptors[0])
    try:
        number = os.fork()
    except OSError:
        connected.close()
        return 0
    if number:
        connected.close()
        return number
    try:
        control.close()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # Programs that read the emulator's output must not wait for this.
        serve(Channel(connected))
    finally:
        os._exit(0)


def _influence(what: bytes, number: int) -> None:
    with suppress(OSError):
        if what == KILL:
            os.kill(number, signal.SIGKILL)
        elif what == YIELD:
            lower_priority(number)


def _reap(workers: set[int]) -> None:
    while workers:
        number, _ = os.waitpid(-1, os.WNOHANG)
        if not number:
            break
        workers.discard(number)
