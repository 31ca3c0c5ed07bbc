"""The pages of a list: how each is requested, and whether there is another after it."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import field, frozen

from twelvelabs_tasks_api.operations import Operation, RequestOptions
from twelvelabs_tasks_api.pagers import Page, PageInfo

from ._calls import Call
from ._request_options import without_query_parameter

__all__ = ["PageCall"]

T = TypeVar("T")


@frozen
class PageCall(Generic[T]):
    """The call of one page of a list.

    Attributes:
        operation: The operation that requests this page.
        number: The number of this page, counted from 1.
        options: The caller's options for the request of each page.
    """

    operation: Operation[Page[T]]
    number: int
    options: RequestOptions | None = field(repr=False)  # among its headers may be secrets

    @classmethod
    def first(cls, operation: Operation[Page[T]], options: RequestOptions | None) -> PageCall[T]:
        """Return the call of the page that a list begins with."""
        additional = (options or {}).get("additional_query_parameters", {})
        number = additional.get("page", operation.request["params"].get("page", 1))
        try:
            return cls(operation, int(number), options)
        except (TypeError, ValueError):  # the API will refuse it
            return cls(operation, 1, options)

    @property
    def call(self) -> Call[Page[T]]:
        """The call that requests this page."""
        return Call(self.operation, self.options)

    def contents(self, page: Page[T]) -> tuple[list[T], bool, PageInfo | None]:
        """Return the items of this page, whether there is another after it, and what is said about the pages."""
        items = list(page.data or ())
        page_limit = self.operation.request["params"].get("page_limit")
        return items, has_next(self.number, page_limit, len(items), page.page_info), page.page_info

    def next(self) -> PageCall[T]:
        """Return the call of the page after this one."""
        number = self.number + 1
        # A page among the additional parameters says where to begin; kept, it would be requested again and again.
        options = without_query_parameter(self.options, "page")
        return PageCall(self.operation.with_query(page=number), number, options)


def has_next(page: int, page_limit: int | None, count: int, info: PageInfo | None) -> bool:
    """Whether there is a page after the one with the number `page`, which holds `count` items.

    The number of the page that was requested counts, not the one that came back, so that no response, however wrong,
    makes a pager go on for ever. Without `page_info`, a page that is empty, or shorter than it may be, is the last.
    """
    if info is not None and info.total_page is not None:
        return page < info.total_page
    limit = info.limit_per_page if info is not None and info.limit_per_page else page_limit
    if info is not None and info.total_results is not None and limit:
        return page * limit < info.total_results
    return count > 0 and (limit is None or count >= limit)
