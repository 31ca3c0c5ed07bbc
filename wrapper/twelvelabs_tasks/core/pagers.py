"""Pages of a list, fetched one by one as they are asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx

if TYPE_CHECKING:
    from twelvelabs_tasks_api.models import TasksListResponsePageInfo as PageInfo

__all__ = ["AsyncPager", "SyncPager"]

T = TypeVar("T")


@dataclass(frozen=True)
class SyncPager(Generic[T]):
    """One page of a list, and the way to those after it.

    Iterating over it yields the items of this page and of all that follow, each fetched when it is reached. It asks
    for exactly the pages that there are, and keeps one in memory at a time.

    Attributes:
        items: The items of this page.
        has_next: Whether there is a page after this one.
        page_info: What the platform says of the pages; `None` if it says nothing.
        response: The answer that this page was read from.

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
        for page in self.iter_pages():
            yield from page.items


@dataclass(frozen=True)
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


def has_next(page: int, page_limit: int | None, count: int, info: PageInfo | None) -> bool:
    """Whether there is a page after the one with the number `page`, which holds `count` items.

    The number of the page that was asked for counts, not the one that came back, so that no answer, however wrong,
    makes a pager ask for ever. Without `page_info`, a page that is empty, or shorter than it may be, is the last.
    """
    if info is not None and info.total_page is not None:
        return page < info.total_page
    limit = info.limit_per_page if info is not None and info.limit_per_page else page_limit
    if info is not None and info.total_results is not None and limit:
        return page * limit < info.total_results
    return count > 0 and (limit is None or count >= limit)
