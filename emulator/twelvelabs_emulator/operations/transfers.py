"""The operations on transfers, the imports of all videos of an integration."""

from __future__ import annotations

from typing import Any

from ..answers import Answer, ApiError, not_found
from ..platform import imports
from ..platform.clock import rfc3339
from ..platform.integrations import Integration, UnlistableError
from ..platform.platform import Platform
from .arguments import Arguments

_GROUPS = ("validating", "pending", "queued", "indexing", "ready")


def import_videos(platform: Platform, arguments: Arguments) -> Answer:
    """Start to import all videos of an integration."""
    integration_id = arguments.path["integration-id"]
    integration = _find(platform, integration_id)
    body = arguments.body
    index_id = body["index_id"]
    platform.index_name(index_id)
    platform.advance()
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
    return Answer(201, {"videos": videos or None, "failed_files": failed or None})


def retrieve_import_status(platform: Platform, arguments: Arguments) -> Answer:
    """The videos of an integration and an index, grouped by status."""
    integration_id, index_id = arguments.path["integration-id"], arguments.query["index_id"]
    integration = _find(platform, integration_id)
    platform.index_name(index_id)
    platform.advance()
    records = imports.records(platform.store, integration_id=integration_id, index_id=index_id)
    known = {record.filename for record in records}
    try:
        absent = [file.filename for file in integration.files() if file.filename not in known]
    except UnlistableError:
        absent = []
    groups: dict[str, list[Any] | None] = {"not_imported": absent or None}
    for status in _GROUPS:
        groups[status] = [
            {"video_id": record.task_id, "filename": record.filename, "created_at": rfc3339(record.created_at)}
            for record in records
            if record.status == status
        ] or None
    groups["failed"] = [
        {"filename": each.filename, "created_at": rfc3339(each.created_at), "error_message": each.error}
        for each in imports.last_failures(records)
    ] or None
    return Answer(200, groups)


def retrieve_import_logs(platform: Platform, arguments: Arguments) -> Answer:
    """The imports of an integration, the oldest first."""
    integration_id = arguments.path["integration-id"]
    _find(platform, integration_id)
    platform.advance()
    logs = [
        {
            "index_id": each.index_id,
            "index_name": each.index_name,
            "created_at": rfc3339(each.created_at),
            "ended_at": None if each.ended_at is None else rfc3339(each.ended_at),
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
        for each in imports.logs(platform.store, integration_id)
    ]
    return Answer(200, {"data": logs or None})


def _find(platform: Platform, integration_id: str) -> Integration:
    integration = platform.integration(integration_id)
    if integration is None:
        raise not_found(integration_id, "integrations")
    return integration
