"""Pages of a list, fetched one by one as they are reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar

from attr import field, frozen

from .http import httpx

__all__ = ("AsyncPager", "Page", "PageInfo", "SyncPager")

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class PageInfo(Protocol):
    """What a response says about the pages of a list; what it does not say is `None`."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        ...

    @property
    def page(self) -> int | None:
        """The number of this page, counted from 1."""
        ...

    @property
    def limit_per_page(self) -> int | None:
        """The maximum number of items on a page."""
        ...

    @property
    def total_page(self) -> int | None:
        """The number of pages."""
        ...

    @property
    def total_results(self) -> int | None:
        """The number of items on all pages."""
        ...


class Page(Protocol[T_co]):
    """The response of a list."""

    @property
    def data(self) -> Sequence[T_co] | None:
        """The items of this page."""
        ...

    @property
    def page_info(self) -> PageInfo | None:
        """What is said about the pages."""
        ...


@frozen
class SyncPager(Generic[T]):
    """One page of a list, and the way to those after it.

    Iterating over it yields the items of this page and of all that follow, each page fetched when it is reached. No
    extra request is made past the last page, and one page at a time is kept in memory.

    Attributes:
        items: The items of this page.
        has_next: Whether there is a page after this one.
        page_info: What the response says about the pages; `None` if it says nothing.
        response: The response that this page was read from.

    Example:
        for task in client.tasks.list(page_limit=50):
            print(task.id, task.status)
    """

    items: list[T]
    has_next: bool
    page_info: PageInfo | None
    response: httpx.Response = field(repr=False)
    _fetch_next: Callable[[], SyncPager[T]] = field(repr=False)

    def next_page(self) -> SyncPager[T] | None:
        """Return the page after this one, `None` if there is none; raise what `list` raises."""
        return self._fetch_next() if self.has_next else None

    def iter_pages(self) -> Iterator[SyncPager[T]]:
        """Yield this page and all that follow."""
        page: SyncPager[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(page.items for page in self.iter_pages())


@frozen
class AsyncPager(Generic[T]):
    """The async twin of `SyncPager`: `async for`, and `next_page` is awaited.

    Example:
        async for task in await client.tasks.list(page_limit=50):
            print(task.id, task.status)
    """

    items: list[T]
    has_next: bool
    page_info: PageInfo | None
    response: httpx.Response = field(repr=False)
    _fetch_next: Callable[[], Awaitable[AsyncPager[T]]] = field(repr=False)

    async def next_page(self) -> AsyncPager[T] | None:
        """Return the page after this one, `None` if there is none; raise what `list` raises."""
        return await self._fetch_next() if self.has_next else None

    async def iter_pages(self) -> AsyncIterator[AsyncPager[T]]:
        """Yield this page and all that follow."""
        page: AsyncPager[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.iter_pages():
            for item in page.items:
                yield item
