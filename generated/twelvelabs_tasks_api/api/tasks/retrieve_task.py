# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`GET /tasks/{task_id}`: Retrieve a video indexing task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    path_segment,
    read_json,
)

if TYPE_CHECKING:
    from ...models import TasksRetrieveResponse


def retrieve_task(task_id: str) -> Operation[TasksRetrieveResponse]:
    """Return the operation `retrieve_task`."""
    from ...models import TasksRetrieveResponse

    return Operation(
        {
            "method": "get",
            "url": f"/tasks/{path_segment('task_id', task_id)}",
        },
        read_json(TasksRetrieveResponse),
    )
