"""The process that workers are forked from. It has loaded what they need, does nothing itself, and ends with them.

The emulator starts it, and gives it orders over a socket. It alone waits for the workers, so that a number it knows
is never that of another process.
"""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress

from twelvelabs_tasks.video._resources import load_everything

from .channel import Channel
from .limits import lower_priority
from .orders import AWAIT, FORK, KILL, NUMBER, ORDER, YIELD
from .worker import serve

__all__ = ["main"]


def main(descriptor: int, folder: str) -> None:
    """Follow the orders of the emulator, until it ends.

    Args:
        descriptor: The socket the orders come from.
        folder: The folder to work in.
    """
    load_everything()
    with suppress(OSError):  # Without it, there is nothing to be found or made in it.
        os.chdir(folder)
    workers = _Workers()
    with socket.socket(fileno=descriptor) as control:
        while True:
            order, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1, socket.MSG_WAITALL)
            workers.reap()
            if len(order) < ORDER.size:
                break
            what, number = ORDER.unpack(order)
            if what == FORK:
                number = _fork(control, descriptors)
                if number:
                    workers.add(number)
                _reply(control, number)
            elif what == AWAIT:
                _reply(control, workers.wait(number))
            elif what == KILL:
                workers.kill(number)
            elif what == YIELD and number in workers:
                lower_priority(number)
    workers.kill_all()
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


def _reply(control: socket.socket, number: int) -> None:
    with suppress(BrokenPipeError):  # The emulator has stopped listening, and the next order is its end.
        control.sendall(NUMBER.pack(number))


class _Workers:
    """The workers that were started, until somebody has killed them or knows how they ended."""

    def __init__(self) -> None:
        self._running = set[int]()
        self._ended: dict[int, int] = {}  # how

    def __contains__(self, number: int) -> bool:
        return number in self._running

    def add(self, number: int) -> None:
        self._running.add(number)

    def reap(self) -> None:
        """Let the system forget the workers that have ended."""
        with suppress(ChildProcessError):
            while True:
                number, status = os.waitpid(-1, os.WNOHANG)
                if not number:
                    break
                if number in self._running:
                    self._running.remove(number)
                    self._ended[number] = status

    def wait(self, number: int) -> int:
        """Wait for the end of a worker that has left its conversation, and return the signal that ended it, or 0."""
        status = self._ended.pop(number, 0)
        if number in self._running:
            self._running.remove(number)
            os.kill(number, signal.SIGKILL)  # This changes nothing about one that is ending.
            _, status = os.waitpid(number, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def kill(self, number: int) -> None:
        self._ended.pop(number, None)
        if number in self._running:
            self._running.remove(number)
            os.kill(number, signal.SIGKILL)

    def kill_all(self) -> None:
        for number in self._running:
            os.kill(number, signal.SIGKILL)
