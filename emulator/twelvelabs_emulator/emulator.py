"""The emulator as an object: started, used and stopped within a program."""

from __future__ import annotations

import logging
import os
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from twelvelabs_tasks.video import MAX_BYTES

from .controls import Controls
from .http.contract import load_contract
from .http.guard import Guard, checked_hosts, checked_origins, is_loopback
from .http.scenarios import Scenario
from .http.server import Server, listen
from .http.traffic import Received
from .platform.tasks import Failure
from .running import Running
from .settings import Settings

_ANY_KEY = "emulator"
_TOKEN = re.compile("[!-~]+", re.ASCII)

logger = logging.getLogger("twelvelabs_emulator")


class Emulator:
    """The platform on this machine.

    It starts when a ``with`` block is entered, or with `start`, and listens until that is left, or until `stop`.

    Args:
        data_dir: Where its state is kept. By default a temporary folder, removed at the end.
        host: Where to listen. Default: the loopback address. Other machines may reach any other one, which is warned
            of, and needs an `api_key`.
        port: The port to listen at. Default: 0, a free one.
        integrations: Folders, or URLs that fsspec can list, by the identifiers (24 hexadecimal digits) of integrations.
        stage_seconds: How long a task spends in each status, in seconds, at most 1,000,000,000. Default: 1.
        api_key: The API key to ask for; by default any that is not empty will do.
        rate_limit: How many requests a minute are answered for a key; by default all.
        credit_seconds: How many seconds of video may be indexed; by default as many as one likes.
        max_bytes: The greatest size of a video, in bytes. Default: 2,000,000,000.
        index_id: The identifier of the index that is there from the start; by default a random one.
        allowed_hosts: Host names, beside `localhost` and `host`, under which it may be reached, such as the name of a
            container. Requests to other hosts are refused, since a page may have made its own name lead here.
        cors_origins: The origins whose pages may use the API, such as `http://localhost:3000`, or `*` for all. Default:
            none but its own documentation.
        token: What programs have to know to control it over HTTP, under `/_emulator`; by default a random one.

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
        max_bytes: int = MAX_BYTES,
        index_id: str | None = None,
        allowed_hosts: Collection[str] = (),
        cors_origins: Collection[str] = (),
        token: str | None = None,
    ) -> None:
        if token is not None and not _TOKEN.fullmatch(token):
            raise ValueError("token must be a text of printable ASCII characters without spaces.")
        self._token = token or secrets.token_urlsafe(24)
        self._origins = checked_origins(cors_origins)
        self._guard = Guard([*checked_hosts(allowed_hosts), host], self._origins)
        self._settings = Settings(
            stage_seconds=stage_seconds,
            api_key=api_key,
            rate_limit=rate_limit,
            credit_seconds=credit_seconds,
            max_bytes=max_bytes,
            integrations=integrations,
            index_id=index_id,
        )
        self._data_dir = Path(data_dir) if data_dir is not None else None
        self._host = host
        self._port = port
        self._running: Running | None = None

    def start(self) -> Self:
        """Start, and return when requests are answered.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
            ValueError: Other machines could reach it, and any API key would do.
        """
        self._open().start()
        return self

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Start, and answer requests on this thread until the process is told to stop, as by ctrl-C.

        Args:
            ready: Called when requests are answered.

        Raises:
            AddressError: The address is in use.
            DataFolderError: The data folder cannot be used, or another emulator uses it.
            ValueError: Other machines could reach it, and any API key would do.
        """
        server = self._open()
        try:
            server.run(ready)
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop answering, and remove the data folder if it was a temporary one."""
        running, self._running = self._running, None
        if running:
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
    def url(self) -> str:
        """Where it is reached, such as ``http://127.0.0.1:8000``."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    @property
    def base_url(self) -> str:
        """What a client takes as its ``base_url``, such as ``http://127.0.0.1:8000/v1.3``."""
        return self.url + load_contract().prefix

    @property
    def documentation_url(self) -> str:
        """Where a browser finds the interactive documentation of the API."""
        return f"{self.url}/docs"

    @property
    def api_key(self) -> str:
        """A key that is valid."""
        return self._controls.settings()["api_key"] or _ANY_KEY

    @property
    def index_id(self) -> str:
        """The index that is there from the start."""
        return self._controls.index_id()

    @property
    def token(self) -> str:
        """What controls it over HTTP, in the header ``Authorization: Bearer <token>``."""
        return self._token

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that lead a client here, and a program to its controls."""
        return {
            "TWELVELABS_BASE_URL": self.base_url,
            "TWELVELABS_EMULATOR_TOKEN": self.token,
            "TWELVE_LABS_API_KEY": self.api_key,
        }

    # For tests

    @property
    def now(self) -> str:
        """The time on the emulator's clock, in the RFC 3339 format."""
        return self._controls.now()

    def advance(self, seconds: float) -> None:
        """Move the clock of tasks forward instead of waiting.

        Work that is going on (fetching videos, making streams) is waited for, so that afterwards every task is where
        it would be if the time had passed.

        Args:
            seconds: By how much; not less than 0.

        Raises:
            ValueError: It cannot be moved by that.

        Example:
            >>> emulator.advance(60)
            >>> client.tasks.retrieve(task.id).status
            'ready'
        """
        self._controls.advance(seconds)

    def scenario(
        self,
        operation: str = "*",
        *,
        times: int = 1,
        status: int | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        retry_after: float | str | None = None,
        delay: float = 0.0,
        disconnect: Literal["before", "after"] | None = None,
    ) -> None:
        """Make the next calls of an operation go differently. Scenarios happen in the order they were added.

        Args:
            operation: The ``operationId`` of the contract, such as ``create_task``, or ``*`` for any.
            times: How many calls it holds for. Default: 1.
            status: The status to answer with. By default the operation is carried out.
            body: The body to answer with: text as it is, anything else as JSON. By default an error body, where the
                status is one of an error.
            headers: Headers to answer with.
            retry_after: The header ``Retry-After``, in seconds or as text.
            delay: How long to wait first, in real seconds. Default: 0.
            disconnect: Cut the connection, ``before`` the operation is carried out or ``after`` it was, so that only
                the answer is lost.

        Raises:
            ValueError: There is no such operation, or a value is not what it has to be.
            TypeError: A value is of the wrong type.

        Example:
            >>> emulator.scenario("create_task", status=503, retry_after=2, times=3)
        """
        self._controls.scenario(
            Scenario(
                operation=operation,
                times=times,
                status=status,
                body=body,
                headers=headers or {},
                retry_after=retry_after,
                delay=delay,
                disconnect=disconnect,
            )
        )

    @property
    def scenarios(self) -> list[Scenario]:
        """The scenarios still to come."""
        return self._controls.scenarios()

    @property
    def received(self) -> list[Received]:
        """The latest requests to the API, the oldest first: at most 10,000, and as many as 16 MiB hold."""
        return self._controls.received()

    @property
    def failures(self) -> list[Failure]:
        """The latest 1,000 tasks that failed and why, the oldest first. The platform itself gives no reason.

        Example:
            >>> [failure.reason for failure in emulator.failures]
            ['http://127.0.0.1:9/holiday.mp4 was answered 404.']
        """
        return self._controls.failures()

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Make another index.

        Args:
            name: Its name, which the logs of imports show.
            index_id: Its identifier, 24 hexadecimal digits; by default a random one.

        Returns:
            Its identifier.

        Raises:
            ValueError: The identifier is none.
        """
        return self._controls.create_index(name, index_id)

    def configure(self, **changes: Any) -> None:
        """Change how it is set up, until the next `reset`.

        Args:
            changes: ``stage_seconds``, ``api_key``, ``rate_limit``, ``credit_seconds``, ``max_bytes``,
                ``integrations`` or ``index_id``, as when it was made.

        Raises:
            TypeError: There is no such setting.
            ValueError: A value is not what it has to be.

        Example:
            >>> emulator.configure(rate_limit=10)
        """
        self._controls.configure(changes)

    def reset(self, **changes: Any) -> None:
        """Forget everything: tasks, imports, indexes, scenarios, requests, the time that was skipped.

        Args:
            changes: How it is to be set up differently than when it was made, as with `configure`.

        Raises:
            TypeError: There is no such setting.
            ValueError: A value is not what it has to be.
        """
        self._controls.reset(changes)

    def renew(self, **changes: Any) -> None:
        """Forget everything, as `reset` does, and go on at another port.

        What was sent before is cut, and what is still sent to the old port reaches nobody: a thread that a test has
        left running does not disturb the next one.

        Args:
            changes: How it is to be set up differently than when it was made, as with `configure`.

        Raises:
            AddressError: There is no free port.
            TypeError: There is no such setting.
            ValueError: A value is not what it has to be.
        """
        controls = self._controls
        assert self._running is not None
        listening = listen(self._host, 0)
        self._port = listening.getsockname()[1]
        self._running.server.move(listening)
        controls.reset(changes)

    @property
    def _controls(self) -> Controls:
        if self._running is None:
            raise RuntimeError("The emulator is not running. Use it in a `with` block, or call start().")
        return self._running.controls

    def _open(self) -> Server:
        if self._running:
            raise RuntimeError("The emulator is running already.")
        listening = listen(self._host, self._port)
        try:
            address, self._port, *_ = listening.getsockname()
            if not is_loopback(address):
                self._warn_of(address)
            self._running = Running(
                self._data_dir,
                self._settings,
                listening,
                guard=self._guard,
                origins=self._origins,
                token=self._token,
            )
        except BaseException:
            listening.close()
            raise
        return self._running.server

    def _warn_of(self, address: str) -> None:
        if self._settings.api_key is None:
            raise ValueError(f"Other machines can reach {address}: say which API key they need, with api_key.")
        logger.warning("Other machines can reach the emulator at %s: they can use it with its API key.", address)
