# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`DELETE /tasks/{task_id}`: Delete a video indexing task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    no_content,
    path_segment,
)

if TYPE_CHECKING:
    pass


def delete_task(task_id: str) -> Operation[None]:
    """Return the operation `delete_task`."""
    return Operation(
        {
            "method": "delete",
            "url": f"/tasks/{path_segment('task_id', task_id)}",
        },
        no_content,
    )
