"""The calls of `tasks.transfers`, the same for the sync and the async client."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from types import FrameType
from typing import Any

from twelvelabs_tasks_api.api.transfers import import_videos, retrieve_import_logs, retrieve_import_status
from twelvelabs_tasks_api.models import TransfersCreateRequest, UserMetadata

from ...core.calls import Call, json_object, not_empty
from ...core.request_options import RequestOptions
from ...types import TransfersCreateResponse, TransfersGetLogsResponse, TransfersGetStatusResponse

__all__ = ["create_call", "get_logs_call", "get_status_call"]


def create_call(
    integration_id: str,
    *,
    index_id: str,
    incremental_import: bool | None,
    retry_failed: bool | None,
    user_metadata: Mapping[str, Any] | None,
    request_options: RequestOptions | None,
) -> Call[TransfersCreateResponse]:
    """Return the call that starts an import."""
    _warn_deprecated("create")
    body = TransfersCreateRequest(
        index_id=not_empty("index_id", index_id),
        incremental_import=incremental_import,
        retry_failed=retry_failed,
        user_metadata=None if user_metadata is None else UserMetadata(additional_properties=dict(user_metadata)),
    )
    request = import_videos.get_kwargs(integration_id, body=body)
    return Call(request, json_object(TransfersCreateResponse), request_options, repeatable=False)


def get_status_call(
    integration_id: str, *, index_id: str, request_options: RequestOptions | None
) -> Call[TransfersGetStatusResponse]:
    """Return the call that retrieves the status of imports."""
    _warn_deprecated("get_status")
    request = retrieve_import_status.get_kwargs(integration_id, index_id=not_empty("index_id", index_id))
    return Call(request, json_object(TransfersGetStatusResponse), request_options)


def get_logs_call(integration_id: str, *, request_options: RequestOptions | None) -> Call[TransfersGetLogsResponse]:
    """Return the call that retrieves the logs of imports."""
    _warn_deprecated("get_logs")
    request = retrieve_import_logs.get_kwargs(integration_id)
    return Call(request, json_object(TransfersGetLogsResponse), request_options)


def _warn_deprecated(method: str) -> None:
    """Warn at the line of the caller's that called a method of the client."""
    warnings.warn(
        f"tasks.transfers.{method} is deprecated: the platform announced the end of cloud-to-cloud integrations for "
        "October 31, 2025. Upload the videos with tasks.create instead.",
        DeprecationWarning,
        stacklevel=_frames_of_the_library(),
    )


def is_of_the_library(frame: FrameType) -> bool:
    """Whether code is of the library. Code that was given to `exec` may belong to no module."""
    return str(frame.f_globals.get("__name__", "")).startswith("twelvelabs_tasks.")


def _frames_of_the_library() -> int:
    """Return how many calls up, from that of `warnings.warn`, the caller of the library is."""
    frame, count = sys._getframe(1), 1
    while frame.f_back is not None and is_of_the_library(frame):
        frame, count = frame.f_back, count + 1
    return count
