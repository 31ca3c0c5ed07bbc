"""The emulator as an object: started, used and stopped within a program."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal

from twelvelabs_tasks.video import MAX_BYTES

from .access import Access
from .controls import Controls, Failure
from .http.contract import load_contract
from .http.scenarios import Scenario
from .http.traffic import Received
from .lifecycle import Lifecycle
from .settings import Settings

__all__ = ["Emulator"]

_ANY_KEY = "emulator"


class Emulator(Lifecycle):
    """The platform on this machine.

    It listens within a `with` block, or between `start` and `stop`.

    Args:
        data_dir: Where to keep state. Default: a temporary folder, deleted at the end.
        host: The host to listen at. Default: the loopback address. Other machines can reach any other address, which
            logs a warning and requires an `api_key`.
        port: The port to listen at. Default: 0, which means a free one.
        integrations: Folders, or URLs that fsspec can list, by integration id (24 hexadecimal digits).
        stage_seconds: How long a task spends in each status, in seconds, at most 1,000,000,000. Default: 1.
        api_key: The only valid API key. Default: any non-empty key is valid.
        rate_limit: Maximum requests per minute and key. Default: unlimited.
        credit_seconds: Total seconds of video that may be indexed. Default: unlimited.
        max_bytes: The maximum size of a video, in bytes. Default: 2,000,000,000.
        index_id: The id of the index that exists from the start. Default: random.
        allowed_hosts: Host names, in addition to `localhost` and `host`, under which it may be reached, such as the
            name of a container. Requests to other hosts are rejected, since a page may make its own name point here.
        cors_origins: The origins whose pages may use the API, such as `http://localhost:3000`, or `*` for all. Default:
            only its own documentation.
        token: The token that programs need to control it over HTTP, under `/_emulator`. Default: random.

    Raises:
        ValueError: An argument is invalid.

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
        token = secrets.token_urlsafe(24) if token is None else token
        access = Access(host=host, allowed_hosts=allowed_hosts, cors_origins=cors_origins, token=token, port=port)
        settings = Settings(
            stage_seconds=stage_seconds,
            api_key=api_key,
            rate_limit=rate_limit,
            credit_seconds=credit_seconds,
            max_bytes=max_bytes,
            integrations=integrations,
            index_id=index_id,
        )
        super().__init__(Path(data_dir).absolute() if data_dir is not None else None, settings, access)

    @property
    def base_url(self) -> str:
        """The `base_url` for clients, such as `http://127.0.0.1:8000/v1.3`."""
        return self.url + load_contract().prefix

    @property
    def documentation_url(self) -> str:
        """The URL of the interactive documentation of the API, for a browser."""
        return f"{self.url}/docs"

    @property
    def api_key(self) -> str:
        """A valid API key."""
        return self._controls.settings()["api_key"] or _ANY_KEY

    @property
    def index_id(self) -> str:
        """The index that exists from the start."""
        return self._controls.index_id()

    @property
    def token(self) -> str:
        """The token of the controls over HTTP, for the header `Authorization: Bearer <token>`."""
        return self._access.token

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that point a client here, and a program to the controls."""
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

        Waits for work in progress (fetching videos, making streams), so that afterwards every task is where it would
        be if the time had passed.

        Args:
            seconds: How far; not negative.

        Raises:
            ValueError: `seconds` is negative or too large.

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
        """Override the response to the next calls of an operation. Scenarios apply in the order they were added.

        Args:
            operation: The `operationId` of the contract, such as `create_task`, or `*` for any operation.
                Default: `"*"`.
            times: The number of calls. Default: 1.
            status: The status of the response. By default the operation is carried out.
            body: The body of the response: text and bytes are sent as they are, anything else as JSON. By default an
                error body if the status is that of an error.
            headers: Headers of the response.
            retry_after: The header `Retry-After`, in seconds or as text.
            delay: How long to wait first, in real seconds. Default: 0.
            disconnect: Cut the connection: `before` the operation is carried out, or `after` it was, so that only the
                response is lost.

        Raises:
            ValueError: The operation does not exist, or a value is invalid.

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
        """The scenarios to come."""
        return self._controls.scenarios()

    @property
    def received(self) -> list[Received]:
        """The latest requests to the API, the oldest first: at most 10,000, and as many as fit in 16 MiB."""
        return self._controls.list_received()

    @property
    def failures(self) -> list[Failure]:
        """The latest 1,000 tasks that failed and why, the oldest first. The platform itself gives no reason.

        Example:
            >>> [failure.reason for failure in emulator.failures]
            ['http://127.0.0.1:9/holiday.mp4 responded with 404.']
        """
        return self._controls.failures()

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Create another index, and return its id.

        Args:
            name: Its name, which the logs of imports show.
            index_id: Its id, 24 hexadecimal digits. Default: random.

        Raises:
            ValueError: The name or the id is invalid.
        """
        return self._controls.create_index(name, index_id)

    def configure(self, **changes: Any) -> None:
        """Change settings, until the next `reset`.

        Args:
            changes: `stage_seconds`, `api_key`, `rate_limit`, `credit_seconds`, `max_bytes`, `integrations` or
                `index_id`, as in the constructor.

        Raises:
            TypeError: A setting does not exist.
            ValueError: A value is invalid.

        Example:
            >>> emulator.configure(rate_limit=10)
        """
        self._controls.configure(changes)

    def reset(self, **changes: Any) -> None:
        """Clear all state: tasks, imports, indexes, scenarios, requests, and the time that was skipped.

        Args:
            changes: Settings that override the original ones, as in `configure`.

        Raises:
            TypeError: A setting does not exist.
            ValueError: A value is invalid.
        """
        self._controls.reset(changes)

    def renew(self, **changes: Any) -> None:
        """Clear all state, as `reset` does, and continue at another port.

        Cuts all connections, and nothing that is still sent to the old port arrives: a thread that a test has left
        running does not disturb the next test.

        Args:
            changes: Settings that override the original ones, as in `configure`.

        Raises:
            AddressError: There is no free port.
            TypeError: A setting does not exist.
            ValueError: A value is invalid.
        """
        self._move()
        self._controls.reset(changes)

    @property
    def _controls(self) -> Controls:
        return self._get_running().controls
