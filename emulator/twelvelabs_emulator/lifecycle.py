"""Starting and stopping an emulator."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from .access import Access
from .http.server import AddressError, Server
from .running import Running
from .settings import Settings
from .signals import hold_signals

__all__ = ["Lifecycle"]


class Lifecycle:
    """What can be started and stopped, any number of times.

    Args:
        data_dir: The data folder; by default a temporary one for each start.
        settings: The settings.
        access: How it is reached, and by whom. A port that was free stays the same at every start, if it still is.
    """

    def __init__(self, data_dir: Path | None, settings: Settings, access: Access) -> None:
        self._data_dir = data_dir
        self._settings = settings
        self._access = access
        self._port = access.port
        self._pid = os.getpid()
        self._running: Running | None = None

    def start(self) -> Self:
        """Start, and return when requests are accepted.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
            ValueError: Other machines could use it with any API key.
        """
        self._open().start()
        return self

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Start, and serve on this thread until the process is told to stop, as by ctrl-C.

        Args:
            ready: Called when requests are accepted.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
            ValueError: Other machines could use it with any API key.
        """
        server = self._open()
        try:
            with hold_signals(server.exit):
                try:
                    server.run(ready)
                finally:
                    self.stop()
        finally:
            self.stop()  # in case a signal came just before

    def stop(self) -> None:
        """Stop, and delete the data folder if it is a temporary one."""
        running, self._running = self._running, None
        if running and self._pid == os.getpid():  # In a copy of the process, it belongs to the original.
            running.stop()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not stopped since then."""
        return self._running is not None

    @property
    def url(self) -> str:
        """The URL of the server, such as `http://127.0.0.1:8000`."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._access.host, self._access.host)
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    def _move(self) -> None:
        """Cut all connections, and continue at another port."""
        self._port = self._get_running().move()

    def _make_running(self) -> Running:
        try:
            return Running(self._data_dir, self._settings, self._access, self._port)
        except AddressError:
            if self._port == self._access.port:
                raise
        return Running(self._data_dir, self._settings, self._access, self._access.port)

    def _get_running(self) -> Running:
        if self._running is None:
            raise RuntimeError("The emulator is not running. Use it in a `with` block, or call start().")
        return self._running

    def _open(self) -> Server:
        if self._running:
            raise RuntimeError("The emulator is already running.")
        self._pid = os.getpid()
        self._running = self._make_running()
        self._port = self._running.port
        return self._running.server
