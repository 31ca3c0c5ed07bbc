"""When a request is sent again, and how long is waited before. The only place that decides it.

Requests that change nothing are repeated after connection errors, timeouts, 429, 502, 503 and 504. A request that
creates something is repeated only if the platform cannot have acted on it: the connection could not be made, or the
answer was 429, or 503 with `Retry-After`.
"""

from __future__ import annotations

import logging
import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import tenacity

from .. import errors
from .outcomes import cannot_have_acted
from .uploads import Upload

__all__ = ["retry_arguments"]

logger = logging.getLogger("twelvelabs_tasks")

PASSING_STATUSES = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = 60.0  # seconds; a platform that asks for more is asked again after these all the same

_backoff = tenacity.wait_exponential(multiplier=0.5, max=7.5) + tenacity.wait_random(0, 0.5)  # seconds


def retry_arguments(max_retries: int, *, repeatable: bool, upload: Upload | None = None) -> dict[str, Any]:
    """Return the arguments of a `tenacity.Retrying` or `AsyncRetrying` for one call.

    Args:
        max_retries: How often to send the request again.
        repeatable: Whether doing it twice is the same as doing it once.
        upload: The file in the request; one that cannot be rewound is sent once.
    """
    may_repeat = is_passing if repeatable else cannot_have_acted

    def retry(error: BaseException) -> bool:
        if (upload is not None and error is upload.failure) or not may_repeat(error):
            return False
        if upload is not None and not upload.can_repeat:
            error.add_note("The request was not sent again, because video_file cannot be rewound.")
            return False
        return True

    return {
        "stop": tenacity.stop_after_attempt(1 + max_retries),
        "wait": _seconds_to_wait,
        "retry": tenacity.retry_if_exception(retry),
        "before_sleep": _log,
        "reraise": True,
    }


def is_passing(error: BaseException) -> bool:
    """Whether an error may be gone when the request is sent again."""
    if isinstance(error, errors.ApiError):
        return error.status_code in PASSING_STATUSES
    return isinstance(error, errors.ApiConnectionError)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, which may be a number or a date; `None` if nonsense."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
            seconds = (date - now if date.tzinfo else date.replace(tzinfo=UTC) - now).total_seconds()
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER) if math.isfinite(seconds) else None


def _seconds_to_wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, errors.ApiError):
        asked = retry_after(error.headers.get("retry-after"), datetime.now(UTC))
        if asked is not None:
            return asked
    return _backoff(state)


def _log(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    logger.info("Attempt %d failed, next in %.1f s: %s", state.attempt_number, state.upcoming_sleep, error)
