"""The operations of the contract, by their ``operationId``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..answers import Answer
from ..platform.platform import Platform
from . import tasks, transfers, videos
from .arguments import Arguments

__all__ = ["OPERATIONS", "Arguments"]

OPERATIONS: Mapping[str, Callable[[Platform, Arguments], Answer]] = {
    "create_task": tasks.create_task,
    "list_tasks": tasks.list_tasks,
    "retrieve_task": tasks.retrieve_task,
    "delete_task": tasks.delete_task,
    "import_videos": transfers.import_videos,
    "retrieve_import_status": transfers.retrieve_import_status,
    "retrieve_import_logs": transfers.retrieve_import_logs,
    "delete_video": videos.delete_video,
}
