# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Literal, TypeAlias

ErrorCode: TypeAlias = (
    Literal[
        "api_key_invalid",
        "import_in_progress",
        "method_not_allowed",
        "parameter_invalid",
        "parameter_not_provided",
        "parameter_unknown",
        "resource_not_exist",
        "service_unavailable",
        "task_cannot_be_deleted",
        "too_many_requests",
        "usage_limit_exceeded",
        "video_duration_too_long",
        "video_duration_too_short",
        "video_file_broken",
        "video_filesize_too_large",
        "video_resolution_invalid_aspect_ratio",
        "video_resolution_too_high",
        "video_resolution_too_low",
    ]
    | str
)
"""The values the contract lists; others are passed through."""
