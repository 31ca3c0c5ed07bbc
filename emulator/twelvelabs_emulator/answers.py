"""What is sent back: answers, and errors in the contract's form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs


@attrs.frozen
class Answer:
    """A status, a body and headers.

    Attributes:
        status: The status code.
        body: What to send as JSON; text and bytes are sent as they are, ``None`` is an empty body.
        headers: Further headers.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = attrs.field(factory=dict)

    def encoded(self) -> tuple[bytes, str | None]:
        """The body as bytes, and its media type."""
        match self.body:
            case None:
                return b"", None
            case bytes():
                return self.body, "application/octet-stream"
            case str():
                return self.body.encode(), "text/plain; charset=utf-8"
            case _:
                return json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace"), "application/json"


class ApiError(Exception):
    """An answer that says why the platform did not do what it was asked.

    Args:
        status: The status code.
        code: The error code, one of the contract's `ErrorCode`.
        message: What went wrong, fit for a user interface.
        headers: Further headers.
    """

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.answer = Answer(status, {"code": code, "message": message}, headers or {})


def parameter_invalid(name: str) -> ApiError:
    """A parameter of the wrong form."""
    return ApiError(400, "parameter_invalid", f"The `{name}` parameter is invalid.")


def parameter_not_provided(name: str) -> ApiError:
    """A required parameter that is missing."""
    return ApiError(400, "parameter_not_provided", f"The `{name}` parameter is required but was not provided.")


def parameter_unknown(name: str) -> ApiError:
    """A parameter nobody knows."""
    return ApiError(400, "parameter_unknown", f"The `{name}` parameter is unknown.")


def not_found(identifier: str, collection: str, why: str = "") -> ApiError:
    """Something that does not exist."""
    message = f"Resource with id `{identifier}` does not exist in `{collection}`."
    return ApiError(404, "resource_not_exist", f"{message} {why}".rstrip())


def method_not_allowed(method: str, allowed: list[str]) -> ApiError:
    """A method that the path does not have."""
    methods = ", ".join(sorted(allowed))
    message = f"The method `{method}` is not allowed here. Allowed: {methods}."
    return ApiError(405, "method_not_allowed", message, {"Allow": methods})


def api_key_invalid() -> ApiError:
    """A missing or wrong API key."""
    message = "API Key is either invalid or expired. Please check the API key or generate a new one."
    return ApiError(401, "api_key_invalid", message)


def too_many_requests(limit: int, retry_at: str, retry_after: int) -> ApiError:
    """A rate limit that was reached."""
    message = (
        f"You have exceeded the rate limit (`{limit} requests per minute`). Please try again later after `{retry_at}`."
    )
    return ApiError(429, "too_many_requests", message, {"Retry-After": str(retry_after)})


def service_unavailable(retry_after: int) -> ApiError:
    """Something that the machine has no room for."""
    return ApiError(503, "service_unavailable", SERVICE_UNAVAILABLE, {"Retry-After": str(retry_after)})


def internal_error() -> ApiError:
    """A mistake of the emulator."""
    message = "The emulator made a mistake, which its log describes."
    return ApiError(500, "internal_error", message)


def usage_limit_exceeded() -> ApiError:
    """No credit left."""
    return ApiError(400, "usage_limit_exceeded", USAGE_LIMIT_EXCEEDED)


SERVICE_UNAVAILABLE = (
    "The machine is short of disk space, file descriptors or memory. Nothing was done; please try again later."
)
USAGE_LIMIT_EXCEEDED = "Not enough free credit. Please register a payment method or contact sales@twelvelabs.io."
