"""The emulator as an object: started, used and stopped within a program."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from .http.api import Api
from .http.app import App
from .http.contract import load_contract
from .http.media import Media
from .http.scenarios import Scenarios
from .http.server import Server, listen
from .http.traffic import Traffic
from .platform.integrations import resolved
from .platform.platform import Platform
from .settings import Settings

_ANY_KEY = "emulator"


class Emulator:
    """The platform on this machine.

    It starts when a ``with`` block is entered, or with `start`, and listens until that is left, or until `stop`.

    Args:
        data_dir: Where its state is kept. By default a temporary folder, removed at the end.
        host: Where to listen. Default: the loopback address.
        port: The port to listen at. Default: 0, a free one.
        integrations: Folders, or URLs that fsspec can list, by the identifiers (24 hexadecimal digits) of integrations.
        stage_seconds: How long a task spends in each status, in seconds. Default: 1.
        api_key: The API key to ask for; by default any that is not empty will do.
        rate_limit: How many requests a minute are answered for a key; by default all.
        credit_seconds: How many seconds of video may be indexed; by default as many as one likes.
        max_bytes: The greatest size of a video, in bytes. Default: 2,000,000,000.
        index_id: The identifier of the index that is there from the start; by default a random one.

    Raises:
        ValueError: An argument is not what it has to be.

    Example:
        >>> with Emulator(stage_seconds=0.1) as emulator:
        ...     client = TwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url)
        ...     task = client.tasks.create(index_id=emulator.index_id, video_file="holiday.mp4")
    """

    def __init__(
        self,
        data_dir: str | os.PathLike[str] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        integrations: Mapping[str, str | os.PathLike[str]] | None = None,
        stage_seconds: float = 1.0,
        api_key: str | None = None,
        rate_limit: int | None = None,
        credit_seconds: float | None = None,
        max_bytes: int = Settings().max_bytes,
        index_id: str | None = None,
    ) -> None:
        self._settings = Settings(
            stage_seconds=stage_seconds,
            api_key=api_key,
            rate_limit=rate_limit,
            credit_seconds=credit_seconds,
            max_bytes=max_bytes,
            integrations={name: resolved(os.fspath(place)) for name, place in (integrations or {}).items()},
            index_id=index_id,
        )
        self._data_dir = Path(data_dir) if data_dir is not None else None
        self._host = host
        self._port = port
        self._scenarios = Scenarios()
        self._traffic = Traffic()
        self._platform: Platform | None = None
        self._server: Server | None = None
        self._temporary: str | None = None

    def start(self) -> Self:
        """Start, and return when requests are answered.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
        """
        self._open().start()
        return self

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Start, and answer requests on this thread until the process is told to stop, as by ctrl-C.

        Args:
            ready: Called when the address is known and clients may connect.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
        """
        server = self._open()
        try:
            if ready:
                ready()
            server.run()
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop answering, and remove the data folder if it was a temporary one."""
        if self._server:
            self._server.stop()
        if self._platform:
            self._platform.close()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)
        self._server = self._platform = self._temporary = None

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    @property
    def url(self) -> str:
        """Where it is reached, such as ``http://127.0.0.1:8000``."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    @property
    def base_url(self) -> str:
        """What a client takes as its ``base_url``, such as ``http://127.0.0.1:8000/v1.3``."""
        return self.url + load_contract().prefix

    @property
    def api_key(self) -> str:
        """A key that is valid."""
        return self._state.settings.api_key or _ANY_KEY

    @property
    def index_id(self) -> str:
        """The index that is there from the start."""
        return self._state.index_id

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that lead a client here."""
        return {"TWELVELABS_BASE_URL": self.base_url, "TWELVE_LABS_API_KEY": self.api_key}

    @property
    def _state(self) -> Platform:
        if self._platform is None:
            raise RuntimeError("The emulator is not running. Use it in a `with` block, or call start().")
        return self._platform

    def _open(self) -> Server:
        if self._server:
            raise RuntimeError("The emulator is running already.")
        contract = load_contract()
        listening = listen(self._host, self._port)
        self._port = listening.getsockname()[1]
        try:
            folder = self._data_dir
            if folder is None:
                self._temporary = tempfile.mkdtemp(prefix="twelvelabs-emulator-")
                folder = Path(self._temporary)
            self._platform = Platform(folder, self._settings)
        except BaseException:
            listening.close()
            self.stop()
            raise
        app = App(
            {
                contract.prefix: Api(contract, self._platform, self._scenarios, self._traffic),
                "/media/": Media(self._platform),
            }
        )
        self._server = Server(app, listening, {"X-Api-Version": contract.api_version})
        return self._server
