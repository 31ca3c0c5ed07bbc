"""The choice of workers for this system."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from .pool import WorkerProcesses
from .threads import WorkerThreads
from .workers import Workers

__all__ = ["start_workers"]


def start_workers(folder: Path) -> Workers:
    """Start what reads video.

    Args:
        folder: The data folder.

    Raises:
        ModuleNotFoundError: PyAV is not installed.
    """
    return WorkerProcesses(folder) if hasattr(os, "fork") and hasattr(socket, "send_fds") else WorkerThreads()
