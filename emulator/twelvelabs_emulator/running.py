"""What carries out a running emulator: its parts, put together."""

from __future__ import annotations

import logging
import shutil
import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from .access import Access
from .controls import Controls
from .http.api import Api
from .http.app import App
from .http.contract import load_contract
from .http.control import Control
from .http.cors import Cors
from .http.documentation import documentation_routes
from .http.guard import Guard, is_loopback
from .http.media import media_route
from .http.scenarios import Scenarios
from .http.server import Server, listen
from .http.traffic import Traffic
from .platform.platform import Platform
from .settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["Running"]

logger = logging.getLogger("twelvelabs_emulator")


class Running:
    """The platform of an emulator, its server, and the controls of both.

    Args:
        data_dir: The data folder; by default a temporary one, deleted at the end.
        settings: The settings.
        access: How it is reached, and by whom.
        port: The port to listen at; 0 means a free one.

    Raises:
        AddressError: The address is in use, or not one of this machine.
        DataFolderError: The data folder cannot be used, or another emulator uses it.
        ValueError: An integration cannot be used, or other machines could use the emulator with any API key.
        ImportError: An integration needs a package that is not installed.
    """

    def __init__(self, data_dir: Path | None, settings: Settings, access: Access, port: int) -> None:
        self._host = access.host
        self._temporary: str | None = None
        listening = listen(access.host, port)
        self.port: int
        with ExitStack() as undo:
            undo.callback(listening.close)
            address, self.port, *_ = listening.getsockname()
            _check_reach(address, settings)
            undo.callback(self._remove_temporary)
            if data_dir is None:
                self._temporary = tempfile.mkdtemp(prefix="twelvelabs-emulator-")
            self.platform = Platform(data_dir or Path(str(self._temporary)), settings)
            undo.callback(self.platform.close)
            self._assemble(settings, access, listening, needs_key=not is_loopback(address))
            undo.pop_all()

    def _assemble(self, settings: Settings, access: Access, listening: socket.socket, *, needs_key: bool) -> None:
        """Put together what responds to requests."""
        contract, scenarios, traffic = load_contract(), Scenarios(), Traffic()
        self.controls = Controls(contract, self.platform, settings, scenarios, traffic, needs_key=needs_key)
        api: ASGIApp = Api(contract, self.platform, scenarios, traffic)
        if access.cors_origins:
            api = Cors(api, access.cors_origins)
        guard = Guard([*access.allowed_hosts, access.host], access.cors_origins)
        control = Control(contract, self.controls, access.token, guard)
        routes = [*documentation_routes(contract), media_route(self.platform.files), *control.routes]
        app = App(api, contract.prefix, routes, guard)
        self.server = Server(app, listening, {"X-Api-Version": contract.api_version}, self.platform.workers.close)

    def move(self) -> int:
        """Cut all connections, listen at another port, and return it.

        Raises:
            AddressError: There is no free port.
        """
        listening = listen(self._host, 0)
        self.port = listening.getsockname()[1]
        self.server.move(listening)
        return self.port

    def stop(self) -> None:
        """Stop serving and working."""
        with ExitStack() as steps:  # the last one first, and all of them
            steps.callback(self._remove_temporary)
            steps.callback(self.platform.close)
            steps.callback(self.server.stop)

    def _remove_temporary(self) -> None:
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)


def _check_reach(address: str, settings: Settings) -> None:
    """Check whether other machines can reach an address: reject it if any API key is valid, or else log a warning."""
    if is_loopback(address):
        return
    if settings.api_key is None:
        raise ValueError(f"Other machines can reach {address}: pass the API key that they need as api_key.")
    logger.warning("Other machines can reach the emulator at %s: they can use it with its API key.", address)
