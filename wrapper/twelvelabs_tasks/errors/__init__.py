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
        print("the response was lost: there may be a task")
    except errors.ApiConnectionError:
        print("no response, and no task")
"""

from ._base import TwelveLabsError
from ._codes import BY_CODE as BY_CODE
from ._codes import (
    TaskCannotBeDeletedError,
    UsageLimitExceededError,
    VideoDurationTooLongError,
    VideoDurationTooShortError,
    VideoFileBrokenError,
    VideoFilesizeTooLargeError,
    VideoResolutionInvalidAspectRatioError,
    VideoResolutionTooHighError,
    VideoResolutionTooLowError,
)
from ._codes import class_of as class_of
from ._responses import ApiConnectionError, ApiTimeoutError, ResponseError
from ._statuses import BY_STATUS as BY_STATUS
from ._statuses import (
    ApiError,
    BadGatewayError,
    BadRequestError,
    ConflictError,
    ContentTooLargeError,
    ForbiddenError,
    GatewayTimeoutError,
    GoneError,
    InternalServerError,
    NotFoundError,
    ServiceUnavailableError,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableEntityError,
)
from ._tasks import CreateOutcomeUnknown, LedgerError, WaitTimeoutError

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

for _name in __all__:  # so that tracebacks and pickles name the module that users import from
    globals()[_name].__module__ = __name__
