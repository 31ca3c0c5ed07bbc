"""Every exception this library raises. All derive from `TwelveLabsError`.

Wrong arguments are `ValueError` or `TypeError`; your own file may raise `OSError`; what your own callback raises is
passed on as it is.

    from twelvelabs_tasks import errors

    try:
        client.tasks.retrieve(task_id)
    except errors.NotFoundError as error:
        print(error.message)
    except errors.ApiError as error:
        print(error.status_code, error.code)
    except errors.ApiConnectionError:
        print("no answer")
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from .types import TasksRetrieveResponse

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "BadGatewayError",
    "BadRequestError",
    "ConflictError",
    "ContentTooLargeError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "NotFoundError",
    "ResponseError",
    "ServiceUnavailableError",
    "TooManyRequestsError",
    "TwelveLabsError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "WaitTimeoutError",
]


class TwelveLabsError(Exception):
    """The base of all exceptions of this library."""


class ApiError(TwelveLabsError):
    """The platform refused a request. `str(error)` is the platform's own message, with its code and status.

    Attributes:
        message: What went wrong, in the platform's words, fit for a user interface.
        code: What went wrong, for programs, such as `"parameter_invalid"`; `None` if the answer has no code.
        docs_url: Where the platform's documentation says more, if the answer says so.
        status_code: The HTTP status code of the answer; `None` if the error was found without asking the platform.
        headers: The headers of the answer.
        body: The body of the answer: the parsed JSON, or the text if it is not JSON.
        request: The request, its API key removed.
        response: The answer.
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
    """400: the request or the video does not meet the platform's requirements."""


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
    """429: the rate limit was reached, also after the retries that were allowed."""


class InternalServerError(ApiError):
    """500 and all other 5xx: the platform failed."""


class BadGatewayError(InternalServerError):
    """502: a server between here and the platform got no valid answer."""


class ServiceUnavailableError(InternalServerError):
    """503: the platform is overloaded or down for maintenance."""


class GatewayTimeoutError(InternalServerError):
    """504: a server between here and the platform got no answer in time."""


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


class ApiConnectionError(TwelveLabsError):
    """No answer came: the platform cannot be reached, or the connection broke.

    Attributes:
        request: The request, its API key removed; `None` if there was none yet.
    """

    def __init__(self, message: str = "", *, request: httpx.Request | None = None) -> None:
        super().__init__(message)
        self.request = request


class ApiTimeoutError(ApiConnectionError):
    """No answer came in time. Timeouts count the time to connect and the time between bytes, not whole uploads."""


class ResponseError(TwelveLabsError):
    """An answer came that makes no sense: not JSON, not what the contract says, or a redirect that is not followed.

    Attributes:
        request: The request, its API key removed.
        response: The answer.
    """

    def __init__(
        self, message: str = "", *, request: httpx.Request | None = None, response: httpx.Response | None = None
    ) -> None:
        super().__init__(message)
        self.request = request
        self.response = response


class WaitTimeoutError(TwelveLabsError):
    """`wait_for_done` reached its `timeout` before the task was `ready` or `failed`.

    Attributes:
        task: The task as last seen; `None` if it was never seen.
    """

    def __init__(self, message: str = "", *, task: TasksRetrieveResponse | None = None) -> None:
        super().__init__(message)
        self.task = task
