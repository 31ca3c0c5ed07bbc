"""Starting and ending worker processes."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from .channel import Channel
from .orders import AWAIT, FORK, KILL, NUMBER, ORDER, YIELD

__all__ = ["Spawner", "Worker"]

_PROGRAM = """\
import sys
sys.path[:] = {path!r}
from twelvelabs_emulator.workers.spawner import main
main({number}, {folder!a})
"""
_PATIENCE = 2.0


@attrs.frozen(eq=False)
class Worker:
    """A process that does one job at a time.

    Attributes:
        channel: The channel to it.
        number: Its process id.
        spawner: The process that started it.
    """

    channel: Channel
    number: int
    spawner: Spawner

    @property
    def is_alive(self) -> bool:
        """Whether an idle worker is still there: it sends nothing until its end."""
        ready = select.poll()
        ready.register(self.channel.fileno(), select.POLLIN)
        return not ready.poll(0)

    def processor_seconds(self) -> float:
        """Return the CPU time it has used, in seconds, or the time that has passed where that is unknown."""
        try:
            fields = Path(f"/proc/{self.number}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def was_killed(self) -> bool:
        """Whether somebody else killed it, which says nothing about its job. Waits for its end, which has begun."""
        signal_number = self.spawner.wait(self.number)
        return signal_number is None or signal_number == signal.SIGKILL

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self.spawner.order(KILL, self.number)
        self.channel.close()

    def lower_priority(self) -> None:
        """Leave it hardly more than the CPU time that nobody else wants."""
        self.spawner.order(YIELD, self.number)


class Spawner:
    """The process that starts workers. It ends with the emulator, and the workers end with it.

    Args:
        folder: The folder to work in. Default: that of this process.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._control, theirs = socket.socketpair()
        self._talking = threading.Lock()
        with theirs:
            # It finds modules where this process does; a new interpreter might search elsewhere.
            program = _PROGRAM.format(path=sys.path, number=theirs.fileno(), folder=str(folder or "."))
            with _block_ctrl_c():
                self._process = subprocess.Popen(
                    [sys.executable, "-c", program],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def spawn(self) -> Worker:
        """Start a worker.

        Raises:
            OSError: It cannot be started, or this process has ended.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._talking:
                socket.send_fds(self._control, [ORDER.pack(FORK, 0)], [theirs.fileno()])
                number = self._receive()
            if not number:
                raise BlockingIOError("The system has no room for another process.")
        except BaseException:
            ours.close()
            raise
        return Worker(Channel(ours), number, self)

    def order(self, what: bytes, number: int) -> None:
        """Do something to a worker, if it is still there."""
        with suppress(OSError), self._talking:
            self._control.sendall(ORDER.pack(what, number))

    def wait(self, number: int) -> int | None:
        """Wait for the end of a worker that is ending, and return the signal that ended it, 0 if none did.

        Returns:
            `None` if this process has ended, and its workers with it.
        """
        try:
            with self._talking:
                self._control.sendall(ORDER.pack(AWAIT, number))
                return self._receive()
        except OSError:
            return None

    def _receive(self) -> int:
        reply = self._control.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(reply) < NUMBER.size:
            raise BrokenPipeError("The process that starts workers has ended.")
        number: int
        (number,) = NUMBER.unpack(reply)
        return number

    def close(self) -> None:
        """End it, and all workers with it."""
        # Does not wait for its turn: this tells a thread that waits for a reply that none will come.
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._talking:
            self._control.close()


@contextmanager
def _block_ctrl_c() -> Iterator[None]:
    """Keep a ctrl-C from the process that is started in the block: it is for the emulator, which then ends that one.

    The process inherits this, and so do its workers. To ignore it there would be too late while it starts.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # in this thread only, which still gets it later
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
