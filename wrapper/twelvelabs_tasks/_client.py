"""The clients: `TwelveLabs` and its async twin.

What a client offers is imported when it is first used, because that takes as long as half of importing httpx does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from twelvelabs_tasks_api.http import httpx

from .core._connections import make_client
from .core._settings import MAX_RESPONSE_BYTES, MAX_UPLOAD_BYTES, Settings

if TYPE_CHECKING:
    from .core._async_transport import AsyncTransport
    from .core._sync_transport import SyncTransport
    from .indexes import AsyncIndexesClient, IndexesClient
    from .tasks import AsyncTasksClient, TasksClient

__all__ = ["AsyncTwelveLabs", "TwelveLabs"]


class TwelveLabs:
    """A client of the TwelveLabs API. It may be used from several threads at once.

    Args:
        api_key: The API key. Default: the environment variable `TWELVE_LABS_API_KEY`.
        base_url: Where the API is. Default: the environment variable `TWELVELABS_BASE_URL`, or else
            `https://api.twelvelabs.io/v1.3`.
        headers: Headers to send with every request.
        timeout: The time to wait to connect and between bytes, in seconds, or an `httpx.Timeout`; it never bounds a
            whole upload. Default: 10 s to connect, 60 s between bytes; that of `httpx_client` if one is given.
        max_retries: The number of retries after a failed request; 0 disables them. Default: 2.
        follow_redirects: Whether requests that change nothing follow redirects within the same origin. All other
            redirects are refused. Default: True.
        max_upload_bytes: The maximum size of a video, in bytes; a larger one is refused before it is sent. Default:
            2,000,000,000, the API's own limit.
        max_response_bytes: The maximum size of the body of a response, in bytes, decoded. Default: 16 MiB.
        httpx_client: The `httpx.Client` to send with, for proxies, certificates, event hooks or tests. You own it:
            closing this client does not close it. Default: an internal client.

    Raises:
        ValueError: There is no API key, or an argument is invalid.

    Warns:
        UserWarning: `base_url` begins with `http://` and does not lead to this machine, or does so through a proxy.

    Example:
        with TwelveLabs() as client:
            task = client.tasks.create(index_id="6298d673f1090f1100476d4c", video_file="holiday.mp4")
            task = client.tasks.wait_for_done(task.id)
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        max_retries: int = 2,
        follow_redirects: bool = True,
        max_upload_bytes: int = MAX_UPLOAD_BYTES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        httpx_client: httpx.Client | None = None,
    ) -> None:
        self._settings = Settings(
            api_key=api_key,
            base_url=base_url,
            headers=headers,
            timeout=timeout,
            max_retries=max_retries,
            follow_redirects=follow_redirects,
            max_upload_bytes=max_upload_bytes,
            max_response_bytes=max_response_bytes,
        )
        self._owns_client = httpx_client is None
        self._first_client = make_client(httpx.Client, httpx_client)

    @cached_property
    def _transport(self) -> SyncTransport:
        from .core._sync_transport import SyncTransport

        make = (lambda: make_client(httpx.Client)) if self._owns_client else None
        return SyncTransport(self._settings, self._first_client, make)

    @cached_property
    def tasks(self) -> TasksClient:
        """Video indexing tasks, with `tasks.transfers`, the imports."""
        from .tasks import TasksClient

        return TasksClient(self._transport)

    @cached_property
    def indexes(self) -> IndexesClient:
        """Indexes, with `indexes.videos.delete`."""
        from .indexes import IndexesClient

        return IndexesClient(self._transport)

    def close(self) -> None:
        """Close the connections, but not those of your own `httpx_client`.

        A client whose connections have been closed cannot be used any more.
        """
        if self._transport.owns_client:
            self._transport.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return represent(self)


class AsyncTwelveLabs:
    """The async twin of `TwelveLabs`, for asyncio and trio: the same arguments, the same methods, awaited.

    `httpx_client` is an `httpx.AsyncClient`.

    Example:
        async with AsyncTwelveLabs() as client:
            task = await client.tasks.create(index_id="6298d673f1090f1100476d4c", video_file="holiday.mp4")
            task = await client.tasks.wait_for_done(task.id)
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        max_retries: int = 2,
        follow_redirects: bool = True,
        max_upload_bytes: int = MAX_UPLOAD_BYTES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        httpx_client: httpx.AsyncClient | None = None,
    ) -> None:
        self._settings = Settings(
            api_key=api_key,
            base_url=base_url,
            headers=headers,
            timeout=timeout,
            max_retries=max_retries,
            follow_redirects=follow_redirects,
            max_upload_bytes=max_upload_bytes,
            max_response_bytes=max_response_bytes,
        )
        self._owns_client = httpx_client is None
        self._first_client = make_client(httpx.AsyncClient, httpx_client)

    @cached_property
    def _transport(self) -> AsyncTransport:
        from .core._async_transport import AsyncTransport

        make = (lambda: make_client(httpx.AsyncClient)) if self._owns_client else None
        return AsyncTransport(self._settings, self._first_client, make)

    @cached_property
    def tasks(self) -> AsyncTasksClient:
        """Video indexing tasks, with `tasks.transfers`, the imports."""
        from .tasks import AsyncTasksClient

        return AsyncTasksClient(self._transport)

    @cached_property
    def indexes(self) -> AsyncIndexesClient:
        """Indexes, with `indexes.videos.delete`."""
        from .indexes import AsyncIndexesClient

        return AsyncIndexesClient(self._transport)

    async def aclose(self) -> None:
        """Close the connections, but not those of your own `httpx_client`.

        A client whose connections have been closed cannot be used any more.
        """
        if self._transport.owns_client:
            self._transport.check_event_loop()
            await self._transport.client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return represent(self)


def represent(client: TwelveLabs | AsyncTwelveLabs) -> str:
    """Return the representation of a client, also of one whose `__init__` has not ended."""
    settings = getattr(client, "_settings", None)
    where = "" if settings is None else f"base_url={settings.base_url!r}"
    name = "TwelveLabs" if isinstance(client, TwelveLabs) else "AsyncTwelveLabs"
    return f"{name}({where})"
