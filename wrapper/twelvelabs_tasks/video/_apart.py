"""Reads a video in a process of its own, which ends with whatever the video does to it."""

from __future__ import annotations

import importlib.util
import io
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO, Any

from ._limits import Video
from ._messages import receive, send_bytes
from ._reading import BrokenVideoError, read_video

__all__ = ["read_apart"]

# Finds modules where this process does, and does without the rest of this package, which takes as long as PyAV to load.
_PROGRAM = (
    "import sys, types; sys.path[:] = {path!a}; package = types.ModuleType({name!r}); package.__path__ = {folders!a};"
    " sys.modules[{name!r}] = package; from {name}.video._child import main; main{arguments!r}"
)
_PACKAGE = "twelvelabs_tasks"
_POLL = 0.5  # seconds


class _NotStartedError(Exception):
    """The process could not be started; which says nothing of the video."""


def read_apart(file: IO[bytes], *, whole: bool) -> Video:
    """Find out what is known of a video, in a process of its own with limits on processor time and memory.

    The process is a new interpreter and not a copy of this one, which may have threads, and event loops, and memory
    that it could not use. Where none can be started (on Windows, and in programs that are frozen or embed Python), the
    video is read in this process, without limits.

    Args:
        file: A binary file that can seek; its position may change.
        whole: As for `read_video`.

    Returns:
        What is known.

    Raises:
        BrokenVideoError: The file cannot be read, has no video in it, or takes too much time or memory.
        ImportError: PyAV is not installed.

    Example:
        >>> with open("holiday.mp4", "rb") as file:
        ...     read_apart(file, whole=True)
        Video(duration=20.5, width=640, height=360)
    """
    interpreter = _interpreter()
    if importlib.util.find_spec("av") is None:
        raise ModuleNotFoundError("No module named 'av'", name="av")
    if interpreter:
        try:
            return _read_with(interpreter, file, whole=whole)
        except _NotStartedError:
            pass
    return read_video(file, whole=whole)


def _interpreter() -> str | None:
    """Return what runs a program in Python within limits; `None` if there is no such thing."""
    if not hasattr(os, "fork") or getattr(sys, "frozen", False) or not sys.executable:
        return None
    # A program that embeds Python may name itself here, and would start itself.
    name = PurePath(sys.executable).name.lower()
    return sys.executable if "python" in name or "pypy" in name else None


def _read_with(interpreter: str, file: IO[bytes], *, whole: bool) -> Video:
    size = file.seek(0, os.SEEK_END)
    try:
        ours, theirs = socket.socketpair()
    except OSError as error:
        raise _NotStartedError from error
    with ours, theirs, _start(interpreter, theirs, _descriptor(file), size, whole) as process:
        theirs.close()
        try:
            return _converse(ours, process, file)
        finally:
            process.kill()


def _start(
    interpreter: str, connection: socket.socket, file: int | None, size: int, whole: bool
) -> subprocess.Popen[bytes]:
    program = _PROGRAM.format(
        path=[place for place in sys.path if isinstance(place, str)],
        name=_PACKAGE,
        folders=[str(Path(__file__).parents[1])],
        arguments=(connection.fileno(), file, size, whole),
    )
    try:
        return subprocess.Popen(
            [interpreter, "-I", "-c", program],
            pass_fds=[connection.fileno(), *([] if file is None else [file])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # A ctrl-C is for this process, which then ends that one.
        )
    except OSError as error:
        raise _NotStartedError from error


def _converse(connection: socket.socket, process: subprocess.Popen[bytes], file: IO[bytes]) -> Video:
    """Serve a process pieces of the file, and return what it found out."""
    started = False
    while True:
        try:
            _wait(connection, process)
            message = receive(connection)
        except OSError as error:
            if started:
                raise BrokenVideoError("Reading the video took too much time or memory, or crashed.") from error
            raise _NotStartedError from error
        if "position" in message:
            file.seek(message["position"])
            data = file.read(message["length"])[: message["length"]]
            with suppress(OSError):  # If the other end is gone, that shows at once.
                send_bytes(connection, data)
        elif "started" in message:
            started = True
        else:
            return _result(message)


def _wait(connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
    """Wait for a message.

    Raises:
        OSError: None will come. The connection need not show that: a copy of this process may hold its other end, too.
    """
    ended = False
    connection.settimeout(_POLL)
    while True:
        try:
            connection.recv(1, socket.MSG_PEEK)
            break
        except TimeoutError:
            if ended:
                raise
            ended = process.poll() is not None
    connection.settimeout(None)


def _result(message: dict[str, Any]) -> Video:
    if "failed" in message:
        raise OSError(*message["failed"])
    if "broken" in message:
        raise BrokenVideoError(message["broken"])
    return Video(**message["video"])


def _descriptor(file: IO[bytes]) -> int | None:
    """Return the descriptor of a file of the operating system; others decode what they read, or have it elsewhere."""
    raw = file.raw if type(file) is io.BufferedReader else file
    return raw.fileno() if type(raw) is io.FileIO else None
