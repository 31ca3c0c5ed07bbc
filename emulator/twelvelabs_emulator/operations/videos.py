"""The operations on videos."""

from __future__ import annotations

from ..answers import Answer, not_found
from ..platform.platform import Platform
from .arguments import Arguments


def delete_video(platform: Platform, arguments: Arguments) -> Answer:
    """Make the index forget a video; its task stays."""
    index_id, video_id = arguments.path["index-id"], arguments.path["video-id"]
    platform.advance_task(video_id)
    platform.index_name(index_id)
    with platform.store.writing() as db:
        cursor = db.execute(
            "UPDATE tasks SET has_vector = 0 WHERE id = ? AND index_id = ? AND has_vector", (video_id, index_id)
        )
        if not cursor.rowcount:
            raise not_found(video_id, "videos")
    return Answer(204)
