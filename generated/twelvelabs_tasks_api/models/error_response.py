# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .error_code import ErrorCode

NAMES: frozenset[str] = frozenset({"code", "message", "docs_url"})


class ErrorResponse(types.Model):
    """Why the platform did not do what it was asked."""

    __slots__ = ("code", "message", "docs_url")

    code: ErrorCode
    """What went wrong, for programs:

    - `video_resolution_too_low`, `video_resolution_too_high`: not between 360x360 and 5184x2160 pixels
    - `video_resolution_invalid_aspect_ratio`: not between 1:1 and 2.4:1
    - `video_duration_too_short`, `video_duration_too_long`: not between 10 and 7,200 seconds
    - `video_file_broken`: the file cannot be read as a video
    - `video_filesize_too_large`: larger than the maximum, 2,000,000,000 bytes
    - `usage_limit_exceeded`: not enough free credit
    - `task_cannot_be_deleted`: not `ready` or `failed`, or its video vector still exists
    - `import_in_progress`: an import is running already for this integration
    - `parameter_invalid`, `parameter_not_provided`, `parameter_unknown`: the message names the parameter
    - `resource_not_exist`: a task, video, index or integration of that identifier does not exist
    - `method_not_allowed`: the path has no such method
    - `api_key_invalid`: the API key is missing, invalid or expired
    - `too_many_requests`: the rate limit was reached
    - `service_unavailable`: the platform cannot act for the moment"""
    message: str
    """What went wrong, fit for a user interface."""
    docs_url: str | None
    """Where the documentation says more."""

    def __init__(
        self,
        *,
        code: ErrorCode,
        message: str,
        docs_url: str | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.code = code
        self.message = message
        self.docs_url = docs_url

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["code"] = self.code
        data["message"] = self.message
        if self.docs_url is not None:
            data["docs_url"] = self.docs_url
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("ErrorResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("code")
        if value.__class__ is not str:
            raise types.mismatch("ErrorResponse.code", "a string", value)
        self.code = value
        value = get("message")
        if value.__class__ is not str:
            raise types.mismatch("ErrorResponse.message", "a string", value)
        self.message = value
        value = get("docs_url")
        if value.__class__ is not str and value is not None:
            raise types.mismatch("ErrorResponse.docs_url", "a string", value)
        self.docs_url = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
