"""What a worker does: one job after the other, each within its limits."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import attrs

from twelvelabs_tasks import video

from ..streaming.making import make
from .channel import Channel
from .limits import Limits, limit_process, lower_priority

__all__ = ["serve"]

_PIECE = 2**18


def serve(channel: Channel) -> None:
    """Do jobs until the emulator closes the channel.

    Args:
        channel: Where the jobs come from.
    """
    while True:
        try:
            message, descriptor = channel.receive()
        except EOFError:
            return
        job = _JOBS[message.pop("job")]
        try:
            with limit_process(Limits(**message.pop("limits"))):
                reply: dict[str, Any] = {"done": job(channel, descriptor, **message)}
        except Exception as error:  # noqa: BLE001 - FFmpeg fails in many ways, and the emulator is told about all
            reply = {"failed": f"{type(error).__name__}: {error}"}
        channel.send(reply)


def _examine(channel: Channel, descriptor: int | None, *, size: int, max_bytes: int) -> dict[str, Any]:
    """Find out whether the platform accepts a video, and return `{"video": ...}` or `{"fault": ...}`."""
    with _open_file(channel, descriptor, size) as file:
        found = video.examine(file, max_bytes=max_bytes)
    return {"fault" if isinstance(found, video.Fault) else "video": attrs.asdict(found)}


def _open_file(channel: Channel, descriptor: int | None, size: int) -> IO[bytes]:
    if descriptor is None:
        return io.BufferedReader(_RemoteReader(channel, size), _PIECE)
    return os.fdopen(descriptor, "rb")


def _package(
    _channel: Channel, _descriptor: int | None, *, source: str, folder: str, name: str, duration: float, patient: bool
) -> dict[str, Any]:
    """Make a stream and thumbnails, and return `{"thumbnails": ...}`, with `None` if it would take long."""
    if patient:
        lower_priority(os.getpid())
    return {"thumbnails": make(Path(source), Path(folder), name, duration, patient=patient)}


_JOBS: dict[str, Callable[..., dict[str, Any]]] = {"examine": _examine, "package": _package}


class _RemoteReader(io.RawIOBase):
    """A file that the emulator reads for a worker, because only the emulator can reach it."""

    def __init__(self, channel: Channel, size: int) -> None:
        self._channel = channel
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer).cast("B")
        self._channel.send({"read": [self._position, len(room)]})
        data, _ = self._channel.receive_bytes()
        room[: len(data)] = data
        self._position += len(data)
        return len(data)
