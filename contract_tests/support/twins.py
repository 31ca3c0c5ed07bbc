"""The sync client and its async twin, under asyncio and trio, used in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import attrs
import httpcore as httpcore  # before any thread: if one imports it while another imports trio, it does without trio
import httpx
import httpx2

from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

__all__ = ["API_KEY", "BASE_URL", "TWINS", "Twin", "TwinOfHttpx2"]

API_KEY = "tlk_0123456789ABCDEF"
BASE_URL = "https://platform.test/v1.3"

Use = Callable[[Any], Any]


@attrs.frozen
class Twin:
    """One of the clients, and the event loop it runs in.

    Attributes:
        name: `sync`, `asyncio` or `trio`.
    """

    name: str

    @property
    def is_async(self) -> bool:
        """Whether the client's methods are awaited."""
        return self.name != "sync"

    def __call__(self, use: Use, **options: Any) -> Any:
        """Return what a call returns: `twin(lambda client: client.tasks.retrieve("..."))`.

        `options` are those of a new client, which is closed afterwards.
        """
        options = {"api_key": API_KEY, "base_url": BASE_URL, **options}
        if not self.is_async:
            with TwelveLabs(**options) as client:
                return use(client)

        async def main() -> Any:
            async with AsyncTwelveLabs(**options) as client:
                return await use(client)

        return anyio.run(main, backend=self.name)

    def pages(self, use: Use, **options: Any) -> list[Any]:
        """Return all pages of the pager that a call returns."""

        async def collect(client: Any) -> list[Any]:
            return [page async for page in (await use(client)).iter_pages()]

        found: list[Any] = self(collect if self.is_async else lambda client: list(use(client).iter_pages()), **options)
        return found

    def items(self, use: Use, **options: Any) -> list[Any]:
        """Return all items of the pager that a call returns."""

        async def collect(client: Any) -> list[Any]:
            return [item async for item in await use(client)]

        found: list[Any] = self(collect if self.is_async else lambda client: list(use(client)), **options)
        return found

    def __str__(self) -> str:
        return self.name


class TwinOfHttpx2(Twin):
    """The same, with a client of httpx2 to send with."""

    def __call__(self, use: Use, **options: Any) -> Any:
        """Return what a call returns, as `Twin` does; `timeout` is that of the client of httpx2."""
        given = options.pop("timeout", 5.0)
        timeout = httpx2.Timeout(given.read, connect=given.connect) if isinstance(given, httpx.Timeout) else given
        if not self.is_async:
            with httpx2.Client(timeout=timeout) as client:
                return super().__call__(use, **options, httpx_client=client)
        given_client = httpx2.AsyncClient(timeout=timeout)

        async def use_and_close(client: Any) -> Any:
            async with given_client:
                return await use(client)

        return super().__call__(use_and_close, **options, httpx_client=given_client)

    def __str__(self) -> str:
        return f"{self.name} with httpx2"


TWINS = (Twin("sync"), Twin("asyncio"), Twin("trio"))
