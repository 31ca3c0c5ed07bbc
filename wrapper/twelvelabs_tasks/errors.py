"""Every exception this library raises. All derive from `TwelveLabsError`, and all can be pickled.

Wrong arguments are `ValueError` or `TypeError`; your own file may raise `OSError`; what your own callback raises is
passed on as it is.

    from twelvelabs_tasks import errors

    try:
        client.tasks.create(index_id=index_id, video_file="holiday.mp4")
    except errors.VideoResolutionTooLowError as error:
        print(error.current_resolution)
    except errors.ApiError as error:
        print(error.status_code, error.code, error.message)
    except errors.CreateOutcomeUnknown:
        print("the answer was lost: there may be a task")
    except errors.ApiConnectionError:
        print("no answer, and no task")
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twelvelabs_tasks_api.http import httpx

    from .types import TasksRetrieveResponse, VideoIndexingTask

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "BadGatewayError",
    "BadRequestError",
    "ConflictError",
    "ContentTooLargeError",
    "CreateOutcomeUnknown",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "LedgerError",
    "NotFoundError",
    "ResponseError",
    "ServiceUnavailableError",
    "TaskCannotBeDeletedError",
    "TooManyRequestsError",
    "TwelveLabsError",
    "UnauthorizedError",
    "UnprocessableEntityError",
    "UsageLimitExceededError",
    "VideoDurationTooLongError",
    "VideoDurationTooShortError",
    "VideoFileBrokenError",
    "VideoFilesizeTooLargeError",
    "VideoResolutionInvalidAspectRatioError",
    "VideoResolutionTooHighError",
    "VideoResolutionTooLowError",
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
    """400: the request or the video does not meet the platform's requirements. Some codes have a class of their own."""


class _ResolutionError(BadRequestError):
    @property
    def current_resolution(self) -> str | None:
        """The resolution of the video, such as `"320x240"`; `None` if the message does not tell."""
        return _value_in(self.message, "Current resolution is")


class VideoResolutionTooLowError(_ResolutionError):
    """`video_resolution_too_low`: the video is smaller than 360x360 pixels; see `current_resolution`."""


class VideoResolutionTooHighError(_ResolutionError):
    """`video_resolution_too_high`: the video is larger than 5184x2160 pixels; see `current_resolution`."""


class VideoResolutionInvalidAspectRatioError(_ResolutionError):
    """`video_resolution_invalid_aspect_ratio`: not between 1:1 and 2.4:1; see `current_resolution`."""


class _DurationError(BadRequestError):
    @property
    def current_duration(self) -> float | None:
        """The duration of the video, in seconds; `None` if the message does not tell."""
        told = _value_in(self.message, "Current duration is")
        return float(told) if told and NUMBER.fullmatch(told) else None


class VideoDurationTooShortError(_DurationError):
    """`video_duration_too_short`: the video lasts less than 10 seconds; see `current_duration`."""


class VideoDurationTooLongError(_DurationError):
    """`video_duration_too_long`: the video lasts more than 2 hours; see `current_duration`."""


class VideoFileBrokenError(BadRequestError):
    """`video_file_broken`: the file cannot be read as a video."""


class VideoFilesizeTooLargeError(BadRequestError):
    """`video_filesize_too_large`: the file is too large; see `maximum_size` and `current_file_size`."""

    @property
    def maximum_size(self) -> str | None:
        """The greatest size, such as `"2.0 GB"`; `None` if the message does not tell."""
        return _value_in(self.message, "a size less than")

    @property
    def current_file_size(self) -> str | None:
        """The size of the file, such as `"2.1 GB"`; `None` if the message does not tell."""
        return _value_in(self.message, "current size is")


class TaskCannotBeDeletedError(BadRequestError):
    """`task_cannot_be_deleted`: the task is not done, or its video vector has not been deleted before."""


class UsageLimitExceededError(BadRequestError):
    """`usage_limit_exceeded`: there is not enough credit."""


NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


def _value_in(message: str, before: str) -> str | None:
    """Return the value that a message of the platform gives, in backticks, behind some words."""
    found = re.search(f"{before} `([^`]+)`", message)
    return found[1] if found else None


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

BY_CODE: Mapping[str, type[BadRequestError]] = {
    "task_cannot_be_deleted": TaskCannotBeDeletedError,
    "usage_limit_exceeded": UsageLimitExceededError,
    "video_duration_too_long": VideoDurationTooLongError,
    "video_duration_too_short": VideoDurationTooShortError,
    "video_file_broken": VideoFileBrokenError,
    "video_filesize_too_large": VideoFilesizeTooLargeError,
    "video_resolution_invalid_aspect_ratio": VideoResolutionInvalidAspectRatioError,
    "video_resolution_too_high": VideoResolutionTooHighError,
    "video_resolution_too_low": VideoResolutionTooLowError,
}


def class_of(status: int, code: object) -> type[ApiError]:
    """Return the class of a refusal: that of its code if it has one, else that of its status."""
    if 400 <= status < 500 and isinstance(code, str) and code in BY_CODE:
        return BY_CODE[code]
    return BY_STATUS.get(status, InternalServerError if status >= 500 else ApiError)


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


class CreateOutcomeUnknown(TwelveLabsError):  # noqa: N818 - it is no failure: the task may be there
    """The answer to `tasks.create` was lost: the platform may have made a task, or none.

    Raised when the connection broke after the whole request had been sent, when the platform failed (5xx), and when its
    answer cannot be read; `__cause__` is what happened. To send the request again could make a second task: look for
    the first one, as `on_unknown="reconcile"` does.

    Attributes:
        index_id: The index that the task would be in.
        filename: The filename that its video would have.
        started_at: When the request began, by the clock of this machine.
        is_url: Whether the video is fetched from a URL, so that the platform may give it another filename.
        size: The size of the file in bytes; `None` for a URL, and if it is not known.
        candidates: Tasks that could be the one created, if they were searched for.
        request: The request, its API key removed.
        response: The answer, if there is one.
    """

    def __init__(
        self,
        message: str = "",
        *,
        index_id: str = "",
        filename: str = "",
        started_at: datetime | None = None,
        is_url: bool = False,
        size: int | None = None,
        candidates: Sequence[VideoIndexingTask] = (),
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.index_id = index_id
        self.filename = filename
        self.started_at = started_at or datetime.now(UTC)
        self.is_url = is_url
        self.size = size
        self.candidates = tuple(candidates)
        self.request = request
        self.response = response


class LedgerError(TwelveLabsError):
    """The ledger of `tasks.create_bulk` is no ledger, cannot be read or written, or is used by another process."""


class WaitTimeoutError(TwelveLabsError):
    """A wait reached its `timeout` before its task, or all of its tasks, were `ready` or `failed`.

    Attributes:
        task: The task of `wait_for_done` as last seen; `None` if it was never seen.
        tasks: The tasks as last seen, done or not, in the order in which they were named; those that were never seen
            are not among them.
    """

    def __init__(
        self,
        message: str = "",
        *,
        task: TasksRetrieveResponse | None = None,
        tasks: Sequence[VideoIndexingTask] = (),
    ) -> None:
        super().__init__(message)
        self.task = task
        self.tasks: Sequence[VideoIndexingTask] = [task] if task is not None else tasks
