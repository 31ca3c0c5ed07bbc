"""The process that workers are copies of. It has loaded what they need, does nothing itself, and ends with them.

It is started by the emulator and told over a socket what to do. It alone waits for the workers, so that a number it
knows is never that of another process.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import socket
from contextlib import suppress

import av

from .channel import Channel
from .limits import let_others_go_first
from .orders import FORK, KILL, NUMBER, ORDER, YIELD
from .worker import serve


def main(descriptor: int) -> None:
    """Do what the emulator says, until it ends.

    Args:
        descriptor: The socket it speaks at.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # A ctrl-C is for the emulator, which ends this process then.
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
                number = _fork(control, socket.socket(fileno=descriptors[0]))
                workers.add(number)
                control.sendall(NUMBER.pack(number))
            elif number in workers:
                _influence(what, number)
    for number in workers:
        os.kill(number, signal.SIGKILL)
    os._exit(0)  # Nothing is left to be tidied up, and the emulator waits.


def load_everything() -> None:
    """Load what PyAV would load when it comes to it, which is when nothing may be opened any more."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if module.name not in ("av.__main__", "av.datasets"):
            importlib.import_module(module.name)


def _fork(control: socket.socket, connected: socket.socket) -> int:
    number = os.fork()
    if number:
        connected.close()
        return number
    try:
        control.close()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # Whoever reads what the emulator says does not wait for this one.
        serve(Channel(connected))
    finally:
        os._exit(0)


def _influence(what: bytes, number: int) -> None:
    with suppress(OSError):
        if what == KILL:
            os.kill(number, signal.SIGKILL)
        elif what == YIELD:
            let_others_go_first(number)


def _reap(workers: set[int]) -> None:
    while workers:
        number, _ = os.waitpid(-1, os.WNOHANG)
        if not number:
            break
        workers.discard(number)
