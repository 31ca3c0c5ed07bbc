"""Which workers there are on this system."""

from __future__ import annotations

import os
import socket

from .direct import Direct
from .pool import Workers


def start_workers() -> Workers | Direct:
    """Start what reads video.

    Raises:
        ModuleNotFoundError: PyAV is not installed.
    """
    return Workers() if hasattr(os, "fork") and hasattr(socket, "send_fds") else Direct()
