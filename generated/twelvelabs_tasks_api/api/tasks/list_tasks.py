# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`GET /tasks`: List video indexing tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    encode_query,
    read_json,
)

if TYPE_CHECKING:
    from ...models import (
        ListTasksSortBy,
        ListTasksSortOption,
        TasksListRequestStatusItem,
        TasksListResponse,
    )


def list_tasks(
    *,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: TasksListRequestStatusItem | Sequence[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> Operation[TasksListResponse]:
    """Return the operation `list_tasks`."""
    from ...models import TasksListResponse

    return Operation(
        {
            "method": "get",
            "url": "/tasks",
            "params": encode_query(
                {
                    "page": page,
                    "page_limit": page_limit,
                    "sort_by": sort_by,
                    "sort_option": sort_option,
                    "index_id": index_id,
                    "status": status,
                    "filename": filename,
                    "duration": duration,
                    "width": width,
                    "height": height,
                    "created_at": created_at,
                    "updated_at": updated_at,
                },
                arrays=frozenset(["status"]),
            ),
        },
        read_json(TasksListResponse),
    )
