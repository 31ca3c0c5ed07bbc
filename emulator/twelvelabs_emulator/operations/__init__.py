"""The operations of the contract, and how they are carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from ..platform.platform import Platform
from ..responses import ApiError
from ..workers.workers import CancelledError
from . import tasks, transfers, videos
from .arguments import Arguments

__all__ = ["OPERATIONS", "Arguments", "carry_out"]

OPERATIONS: Mapping[str, Callable[[Platform, Arguments], Response]] = {
    "create_task": tasks.create_task,
    "list_tasks": tasks.list_tasks,
    "retrieve_task": tasks.retrieve_task,
    "delete_task": tasks.delete_task,
    "import_videos": transfers.import_videos,
    "retrieve_import_status": transfers.retrieve_import_status,
    "retrieve_import_logs": transfers.retrieve_import_logs,
    "delete_video": videos.delete_video,
}


def carry_out(platform: Platform, operation_id: str, arguments: Arguments) -> Response:
    """Bring tasks up to date, carry out an operation, and discard the files that it did not keep.

    This is the only place that does so for all operations, which need not know that tasks move.

    Raises:
        ApiError: The operation was rejected.
    """
    try:
        platform.advance(*arguments.path.values())
        return OPERATIONS[operation_id](platform, arguments)
    except CancelledError as error:
        raise ApiError(503, "service_unavailable", "The emulator is stopping.") from error
    finally:
        for file in arguments.files.values():
            file.discard()
