"""The list of the tasks of an index, as those who look for many tasks ask for it."""

from __future__ import annotations

from twelvelabs_tasks_api.api.tasks import list_tasks

from ...core.request_options import RequestOptions
from ..calls import TaskPage
from ..reconciling import PAGE_LIMIT

__all__ = ["newest_page"]


def newest_page(index_id: str, options: RequestOptions | None) -> TaskPage:
    """Return the page of the newest tasks of an index."""
    request = list_tasks.get_kwargs(page_limit=PAGE_LIMIT, sort_by="created_at", sort_option="desc", index_id=index_id)
    return TaskPage(request, 1, options)
