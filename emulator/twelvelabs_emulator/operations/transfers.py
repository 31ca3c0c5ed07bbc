"""The operations on transfers, which are imports of all videos of an integration."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..platform import imports
from ..platform.integrations import Integration, UnlistableError
from ..platform.platform import Platform
from ..responses import ApiError, JsonResponse, not_found
from ..times import format_time
from .arguments import Arguments

__all__ = ["import_videos", "retrieve_import_logs", "retrieve_import_status"]

_GROUPS = ("validating", "pending", "queued", "indexing", "ready")


def import_videos(platform: Platform, arguments: Arguments) -> Response:
    """Start to import all videos of an integration."""
    integration_id = arguments.path["integration-id"]
    integration = _find(platform, integration_id)
    body = arguments.body
    index_id = body["index_id"]
    platform.check_index(index_id)
    try:
        outcomes = imports.start(
            platform,
            integration,
            integration_id,
            index_id,
            incremental=body.get("incremental_import", True),
            retry_failed=body.get("retry_failed", False),
            user_metadata=body.get("user_metadata"),
        )
    except imports.ImportInProgressError as error:
        message = "An import is already running for this integration. Please try again when it has ended."
        raise ApiError(400, "import_in_progress", message) from error
    except UnlistableError as error:
        raise not_found(integration_id, "integrations", why=str(error)) from error
    videos = [{"video_id": each.task_id, "filename": each.filename} for each in outcomes if each.task_id]
    failed = [{"filename": each.filename, "error_message": each.error} for each in outcomes if each.error]
    return JsonResponse({"videos": videos or None, "failed_files": failed or None}, 201)


def retrieve_import_status(platform: Platform, arguments: Arguments) -> Response:
    """Return the videos of an integration and an index, grouped by status."""
    integration_id, index_id = arguments.path["integration-id"], arguments.query["index_id"]
    integration = _find(platform, integration_id)
    platform.check_index(index_id)
    records = imports.read_records(platform.store, integration_id, index_id)
    known = {record.filename for record in records}
    try:
        absent = [file.filename for file in integration.files() if file.filename not in known]
    except UnlistableError:
        absent = []
    groups: dict[str, list[Any] | None] = {"not_imported": absent or None}
    for status in _GROUPS:
        groups[status] = [
            {"video_id": record.task_id, "filename": record.filename, "created_at": format_time(record.created_at)}
            for record in records
            if record.status == status
        ] or None
    groups["failed"] = [
        {"filename": each.filename, "created_at": format_time(each.created_at), "error_message": each.error}
        for each in imports.filter_failures(records)
    ] or None
    return JsonResponse(groups)


def retrieve_import_logs(platform: Platform, arguments: Arguments) -> Response:
    """Return the imports of an integration, the oldest first."""
    integration_id = arguments.path["integration-id"]
    _find(platform, integration_id)
    logs = [
        {
            "index_id": each.index_id,
            "index_name": each.index_name,
            "created_at": format_time(each.created_at),
            "ended_at": None if each.ended_at is None else format_time(each.ended_at),
            "video_status": {
                status: sum(record.status == status for record in each.records) for status in (*_GROUPS, "failed")
            },
            "failed_files": [
                {"filename": record.filename, "error_message": record.error}
                for record in each.records
                if record.status == "failed"
            ]
            or None,
        }
        for each in imports.read_logs(platform.store, integration_id)
    ]
    return JsonResponse({"data": logs or None})


def _find(platform: Platform, integration_id: str) -> Integration:
    integration = platform.integration(integration_id)
    if integration is None:
        raise not_found(integration_id, "integrations")
    return integration
