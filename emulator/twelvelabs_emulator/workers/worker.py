"""What a worker does: one job after the other, each within its limits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import attrs

from twelvelabs_tasks import video
from twelvelabs_tasks.video._piecewise import open_piecewise
from twelvelabs_tasks.video._probing import examine_here

from ..streaming.making import make
from .channel import Channel
from .limits import Limits, limit_process, lower_priority

__all__ = ["serve"]


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
        found = examine_here(file, max_bytes=max_bytes)
    return {"fault" if isinstance(found, video.Fault) else "video": attrs.asdict(found)}


def _open_file(channel: Channel, descriptor: int | None, size: int) -> IO[bytes]:
    if descriptor is not None:
        return os.fdopen(descriptor, "rb")

    def fetch(position: int, length: int) -> bytes:
        channel.send({"read": [position, length]})
        return channel.receive_bytes()[0]

    return open_piecewise(size, fetch)


def _package(
    _channel: Channel, _descriptor: int | None, *, source: str, folder: str, name: str, duration: float, patient: bool
) -> dict[str, Any]:
    """Make a stream and thumbnails, and return `{"thumbnails": ...}`, with `None` if it would take long."""
    if patient:
        lower_priority(os.getpid())
    return {"thumbnails": make(Path(source), Path(folder), name, duration, patient=patient)}


_JOBS: dict[str, Callable[..., dict[str, Any]]] = {"examine": _examine, "package": _package}
