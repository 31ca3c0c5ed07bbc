# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`DELETE /indexes/{index-id}/videos/{video-id}`: Delete a video vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    no_content,
    path_segment,
)

if TYPE_CHECKING:
    pass


def delete_video(index_id: str, video_id: str) -> Operation[None]:
    """Return the operation `delete_video`."""
    return Operation(
        {
            "method": "delete",
            "url": f"/indexes/{path_segment('index_id', index_id)}/videos/{path_segment('video_id', video_id)}",
        },
        no_content,
    )
