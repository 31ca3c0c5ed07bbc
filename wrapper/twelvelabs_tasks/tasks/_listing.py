"""The newest tasks of an index, as the list has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twelvelabs_tasks_api.api.tasks.list_tasks import list_tasks

from ..core._pages import PageCall

if TYPE_CHECKING:
    from ..core._request_options import RequestOptions
    from ..types import VideoIndexingTask

__all__ = ["newest_page"]

PAGE_LIMIT = 50  # tasks a page, the most that the API allows


def newest_page(
    index_id: str, options: RequestOptions | None, *, limit: int = PAGE_LIMIT
) -> PageCall[VideoIndexingTask]:
    """Return the call of the page with the newest tasks of an index."""
    operation = list_tasks(page_limit=limit, sort_by="created_at", sort_option="desc", index_id=index_id)
    return PageCall.first(operation, options)
