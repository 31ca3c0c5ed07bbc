"""What a process does that is started to read one video, within limits."""

from __future__ import annotations

import math
import os
import socket
from typing import Any

import attrs

from ._messages import receive_bytes, send
from ._piecewise import open_piecewise
from ._reading import BrokenVideoError, read_video
from ._resources import examination_limits, limit_process, load_everything

__all__ = ["main"]


def main(descriptor: int, file: int | None, size: int, whole: bool) -> None:
    """Read a video, and report what is known of it.

    Args:
        descriptor: The socket of whoever wants to know.
        file: The descriptor of the video, whose position is left alone; `None` if pieces of it are to be asked for.
        size: Its size, in bytes.
        whole: As for `read_video`.
    """
    with socket.socket(fileno=descriptor) as connection:
        load_everything()
        # How long the file lets it wait is not the fault of the video.
        limits = attrs.evolve(examination_limits(size), seconds=math.inf)

        def fetch(position: int, length: int) -> bytes:
            if file is not None:
                return os.pread(file, length, position)
            send(connection, {"position": position, "length": length})
            return receive_bytes(connection)

        with open_piecewise(size, fetch) as source, limit_process(limits):
            send(connection, {"started": True})
            send(connection, _read(source, whole=whole))


def _read(source: Any, *, whole: bool) -> dict[str, Any]:
    try:
        return {"video": attrs.asdict(read_video(source, whole=whole))}
    except OSError as error:
        return {"failed": [error.errno, error.strerror]}
    except BrokenVideoError as error:
        return {"broken": str(error)}
    except Exception as error:  # noqa: BLE001 - FFmpeg fails in many ways
        return {"broken": f"Cannot read the video: {type(error).__name__}: {error}"}
