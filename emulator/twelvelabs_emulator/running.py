"""What there is while an emulator runs, put together."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware

from .controls import Controls
from .http.api import Api
from .http.app import App
from .http.contract import load_contract
from .http.control import PREFIX, Control
from .http.documentation import PATHS, Documentation
from .http.guard import Guard
from .http.media import Media
from .http.scenarios import Scenarios
from .http.server import Server
from .http.traffic import Traffic
from .platform.platform import Platform
from .settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp


class Running:
    """An emulator's platform, its server, and the controls of both.

    Args:
        data_dir: Where state is kept; in a temporary folder, removed at the end, if not given.
        settings: How it is set up.
        listening: The socket to answer at.
        guard: Who may ask.
        origins: The origins whose pages may use the API, or `*` for all.
        token: What who asks for the controls has to know.

    Raises:
        DataFolderError: The data folder cannot be used, or another emulator uses it.
        ValueError: An integration cannot be used.
        ImportError: An integration needs a package that is not installed.
    """

    def __init__(
        self,
        data_dir: Path | None,
        settings: Settings,
        listening: socket.socket,
        *,
        guard: Guard,
        origins: Collection[str],
        token: str,
    ) -> None:
        contract = load_contract()
        self._temporary = None if data_dir else tempfile.mkdtemp(prefix="twelvelabs-emulator-")
        try:
            self.platform = Platform(data_dir or Path(str(self._temporary)), settings)
        except BaseException:
            self._remove_temporary()
            raise
        scenarios, traffic = Scenarios(), Traffic()
        self.controls = Controls(contract, self.platform, settings, scenarios, traffic)
        api: ASGIApp = Api(contract, self.platform, scenarios, traffic)
        if origins:
            api = CORSMiddleware(
                api,
                allow_origins=tuple(origins),
                allow_methods=["*"],
                allow_headers=["*"],
                expose_headers=["Retry-After", "X-Api-Version"],
            )
        app = App(
            {
                contract.prefix: api,
                "/media/": Media(self.platform),
                PREFIX: Control(contract, self.controls, token),
                **dict.fromkeys(PATHS, Documentation(contract)),
            },
            guard,
            shared=contract.prefix,
            own=PREFIX,
        )
        self.server = Server(app, listening, {"X-Api-Version": contract.api_version}, self.platform.workers.close)

    def stop(self) -> None:
        """Stop answering and working."""
        self.server.stop()
        self.platform.close()
        self._remove_temporary()

    def _remove_temporary(self) -> None:
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)
