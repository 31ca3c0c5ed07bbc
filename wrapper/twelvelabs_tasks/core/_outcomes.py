"""What is known after a request that creates something has failed: that nothing was done, or that it may have been.

The API has no idempotency keys, so whether a task was made follows from how far the request and its response got.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ._calls import Call

if TYPE_CHECKING:
    from ._uploads import Upload

__all__ = ["cannot_have_acted", "may_have_acted", "unknown_outcome"]

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def cannot_have_acted(error: BaseException) -> bool:
    """Whether an error proves that the platform did nothing, and that it may do so when the request is retried."""
    if isinstance(error, errors.ApiError):
        if error.status_code == 503:
            return "retry-after" in error.headers
        return error.status_code == 429
    return isinstance(error, errors.ApiConnectionError) and isinstance(error.__cause__, NEVER_SENT)


def may_have_acted(error: Exception) -> bool:
    """Whether the platform may have carried out a request, although a whole request ended in this error.

    What is not an exception of this library was raised by the caller's own code, such as a hook that gets the response.
    """
    if not isinstance(error, errors.TwelveLabsError):
        return True
    if isinstance(error, errors.ResponseError):
        return error.response is None or error.response.status_code < 300
    if isinstance(error, errors.ApiError) and error.status_code is not None and error.status_code < 300:
        return True  # a hook of the caller's made an error of a success
    if isinstance(error, (errors.ApiConnectionError, errors.InternalServerError)):
        return not cannot_have_acted(error)
    return False


def unknown_outcome(error: Exception, call: Call[Any], upload: Upload | None) -> errors.CreateOutcomeUnknown | None:
    """Return the exception for a call that ended in an error after which there may be a task; `None` for others."""
    if upload is not None and error is upload.failure:
        return None  # of the caller's file or callback, before the end was sent
    if call.creation is None or not may_have_acted(error) or (upload is not None and not upload.may_have_created):
        return None
    ours = error if isinstance(error, errors.TwelveLabsError) else None
    return errors.CreateOutcomeUnknown(
        f"The response was lost, so there may be a task or none: {error}",
        index_id=call.creation.index_id,
        filename=call.creation.filename,
        started_at=call.creation.started_at,
        is_url=call.creation.is_url,
        size=None if upload is None else upload.size,
        request=getattr(ours, "request", None),
        response=getattr(ours, "response", None),
    )
