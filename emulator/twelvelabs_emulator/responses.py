"""Responses in JSON, and errors in the contract's form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

__all__ = [
    "SERVICE_UNAVAILABLE",
    "USAGE_LIMIT_EXCEEDED",
    "ApiError",
    "JsonResponse",
    "api_key_invalid",
    "internal_error",
    "method_not_allowed",
    "not_found",
    "parameter_invalid",
    "parameter_not_provided",
    "parameter_unknown",
    "service_unavailable",
    "too_many_requests",
]


class JsonResponse(Response):
    """A response whose body is JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the body; text that is not valid Unicode does not prevent it from being sent."""
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


class ApiError(Exception):
    """The platform did not do what it was asked to do.

    Args:
        status: The status code.
        code: The error code, one of the contract's `ErrorCode`.
        message: What went wrong, fit for a user interface.
        headers: Further headers.
    """

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.response = JsonResponse({"code": code, "message": message}, status, headers)


def parameter_invalid(name: str) -> ApiError:
    """Return the error for a parameter of the wrong form."""
    return ApiError(400, "parameter_invalid", f"The `{name}` parameter is invalid.")


def parameter_not_provided(name: str) -> ApiError:
    """Return the error for a required parameter that is missing."""
    return ApiError(400, "parameter_not_provided", f"The `{name}` parameter is required but was not provided.")


def parameter_unknown(name: str) -> ApiError:
    """Return the error for a parameter that does not exist."""
    return ApiError(400, "parameter_unknown", f"The `{name}` parameter is unknown.")


def not_found(identifier: str, collection: str, why: str = "") -> ApiError:
    """Return the error for a resource that does not exist."""
    message = f"Resource with id `{identifier}` does not exist in `{collection}`."
    return ApiError(404, "resource_not_exist", f"{message} {why}".rstrip())


def method_not_allowed(method: str, allowed: list[str]) -> ApiError:
    """Return the error for a method that the path does not have."""
    methods = ", ".join(sorted(allowed))
    message = f"The method `{method}` is not allowed here. Allowed: {methods}."
    return ApiError(405, "method_not_allowed", message, {"Allow": methods})


def api_key_invalid() -> ApiError:
    """Return the error for a missing or wrong API key."""
    message = "API Key is either invalid or expired. Please check the API key or generate a new one."
    return ApiError(401, "api_key_invalid", message)


def too_many_requests(limit: int, retry_at: str, retry_after: int) -> ApiError:
    """Return the error for an exceeded rate limit."""
    message = (
        f"You have exceeded the rate limit (`{limit} requests per minute`). Please try again later after `{retry_at}`."
    )
    return ApiError(429, "too_many_requests", message, {"Retry-After": str(retry_after)})


def service_unavailable(retry_after: int) -> ApiError:
    """Return the error for a request that the machine has no room for."""
    return ApiError(503, "service_unavailable", SERVICE_UNAVAILABLE, {"Retry-After": str(retry_after)})


def internal_error() -> ApiError:
    """Return the error for a bug of the emulator."""
    return ApiError(500, "internal_error", "The emulator has a bug; its log describes it.")


SERVICE_UNAVAILABLE = (
    "The machine is short of disk space, file descriptors or memory. Nothing was done; please try again later."
)
USAGE_LIMIT_EXCEEDED = "Not enough free credit. Please register a payment method or contact sales@twelvelabs.io."
