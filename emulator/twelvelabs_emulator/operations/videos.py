"""The operations on videos."""

from __future__ import annotations

from starlette.responses import Response

from ..platform.platform import Platform
from ..responses import not_found
from .arguments import Arguments

__all__ = ["delete_video"]


def delete_video(platform: Platform, arguments: Arguments) -> Response:
    """Remove a video from its index; its task stays."""
    index_id, video_id = arguments.path["index-id"], arguments.path["video-id"]
    platform.check_index(index_id)
    if not platform.store.tasks.delete_vector(index_id, video_id):
        raise not_found(video_id, "videos")
    return Response(status_code=204)
