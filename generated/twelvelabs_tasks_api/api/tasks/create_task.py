# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`POST /tasks`: Create a video indexing task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    File,
    Operation,
    encode_form,
    non_empty,
    read_json,
)

if TYPE_CHECKING:
    from ...models import TasksCreateResponse


def create_task(
    *,
    index_id: str,
    video_file: File | None = None,
    video_url: str | None = None,
    enable_video_stream: bool | None = None,
    user_metadata: str | None = None,
) -> Operation[TasksCreateResponse]:
    """Return the operation `create_task`."""
    from ...models import TasksCreateResponse

    return Operation(
        {
            "method": "post",
            "url": "/tasks",
            "files": encode_form(
                {
                    "index_id": non_empty("index_id", index_id),
                    "video_file": video_file,
                    "video_url": video_url,
                    "enable_video_stream": enable_video_stream,
                    "user_metadata": user_metadata,
                }
            ),
        },
        read_json(TasksCreateResponse),
    )
