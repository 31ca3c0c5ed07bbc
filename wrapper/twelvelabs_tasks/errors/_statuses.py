"""The exceptions for refusals, by their status code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._base import TwelveLabsError

if TYPE_CHECKING:
    from twelvelabs_tasks_api.http import httpx

__all__ = [
    "BY_STATUS",
    "ApiError",
    "BadGatewayError",
    "BadRequestError",
    "ConflictError",
    "ContentTooLargeError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "NotFoundError",
    "ServiceUnavailableError",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnprocessableEntityError",
]


class ApiError(TwelveLabsError):
    """The API refused a request. `str(error)` is the API's own message, with its code and status.

    Attributes:
        message: What went wrong, in the API's words, fit for a user interface.
        code: What went wrong, for programs, such as `"parameter_invalid"`; `None` if the response has no code.
        docs_url: Where the API's documentation says more, if the response says so.
        status_code: The HTTP status code of the response; `None` if the error was found before anything was sent.
        headers: The headers of the response.
        body: The body of the response: the parsed JSON, or the text if it is not JSON.
        request: The request, its API key removed.
        response: The response.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        docs_url: str | None = None,
        status_code: int | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.docs_url = docs_url
        self.status_code = status_code
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.body = body
        self.request = request
        self.response = response

    def __str__(self) -> str:
        details = [str(detail) for detail in (self.code, self.status_code) if detail is not None]
        return f"{self.message} ({', '.join(details)})" if details else self.message


class BadRequestError(ApiError):
    """400: the request or the video does not meet the API's requirements. Some codes have a class of their own."""


class UnauthorizedError(ApiError):
    """401: the API key is missing, invalid or expired."""


class ForbiddenError(ApiError):
    """403: the API key does not allow this."""


class NotFoundError(ApiError):
    """404: what the request names does not exist."""


class ConflictError(ApiError):
    """409: the request contradicts the present state."""


class GoneError(ApiError):
    """410: what the request names does not exist any more."""


class ContentTooLargeError(ApiError):
    """413: the request is too large."""


class UnprocessableEntityError(ApiError):
    """422: the request is of the right form but cannot be processed."""


class TooManyRequestsError(ApiError):
    """429: the rate limit was still exceeded after all retries."""


class InternalServerError(ApiError):
    """500 and all other 5xx: the API failed."""


class BadGatewayError(InternalServerError):
    """502: a server between here and the API got no valid response."""


class ServiceUnavailableError(InternalServerError):
    """503: the API is overloaded or down for maintenance."""


class GatewayTimeoutError(InternalServerError):
    """504: a server between here and the API got no response in time."""


BY_STATUS: Mapping[int, type[ApiError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    413: ContentTooLargeError,
    422: UnprocessableEntityError,
    429: TooManyRequestsError,
    502: BadGatewayError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
}
