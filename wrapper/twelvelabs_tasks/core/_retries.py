"""When a request is retried, and after how long. The only place that decides it.

Requests that change nothing are retried after connection errors, timeouts, 429, 502, 503 and 504. A request that
creates something is retried only if the API cannot have acted on it: the connection could not be made, or the response
was 429, or 503 with `Retry-After`.
"""

from __future__ import annotations

import logging
import math
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from .. import errors
from ._calls import Call
from ._outcomes import cannot_have_acted

if TYPE_CHECKING:
    from ._uploads import Upload

__all__ = ["retry_after", "retry_after_of", "retry_delay"]

logger = logging.getLogger("twelvelabs_tasks")

PASSING_STATUSES = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = 60.0  # seconds; a request is retried after these even if the API asks for more
FIRST_BACKOFF, LONGEST_BACKOFF, JITTER = 0.5, 7.5, 0.5  # seconds


def retry_delay(
    error: Exception, attempt: int, *, call: Call[Any], max_retries: int, upload: Upload | None
) -> float | None:
    """Return the seconds to wait before the next attempt; `None` if there is to be none.

    Args:
        error: How the attempt ended.
        attempt: Its number, counted from 1.
        call: What is attempted.
        max_retries: The number of attempts after the first one.
        upload: The file in the request; one that cannot be rewound is sent once.
    """
    may_retry = is_passing if call.operation.is_idempotent else cannot_have_acted
    if (upload is not None and error is upload.failure) or not may_retry(error):
        return None
    if upload is not None and not upload.can_retry:
        error.add_note(f"The request was not retried, because {upload.parameter} cannot be rewound.")
        return None
    if attempt > max_retries:
        return None
    delay = _delay(error, attempt)
    logger.info("Attempt %d failed, next in %.1f s: %s", attempt, delay, error)
    return delay


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


def retry_after_of(error: BaseException) -> float | None:
    """Return the seconds that the response behind an error asks to wait; `None` if it does not.

    A date is compared with that of the response, whatever the clock of this machine says.
    """
    if not isinstance(error, errors.ApiError):
        return None
    now = datetime.now(UTC)
    try:
        date = parsedate_to_datetime(error.headers.get("date", ""))
        now = date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    return retry_after(error.headers.get("retry-after"), now)


def _delay(error: Exception, attempt: int) -> float:
    asked = retry_after_of(error)
    if asked is not None:
        return asked
    return min(FIRST_BACKOFF * 2.0 ** min(attempt - 1, 16), LONGEST_BACKOFF) + random.uniform(0, JITTER)
