"""Times as the API writes them (RFC 3339) and as the emulator keeps them (milliseconds since 1970)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

__all__ = ["DAY", "LAST", "format_time", "parse_time"]

DAY = 86_400_000
"""A day, in milliseconds."""
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS_IN_400_YEARS = 146_097
LAST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""The latest time there can be."""


def format_time(milliseconds: int) -> str:
    """Return a time as the API writes it.

    Example:
        >>> format_time(1654750200879)
        '2022-06-09T04:50:00.879Z'
    """
    moment = _EPOCH + timedelta(milliseconds=milliseconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z"


def parse_time(text: str) -> int:
    """Return a time in any spelling of RFC 3339 as milliseconds since 1970, rounded up.

    Accepts every year, leap second and offset that RFC 3339 allows; times before 1970 are negative.

    Raises:
        ValueError: The text is not a time.
    """
    match = _RFC3339.fullmatch(text)
    if not match:
        raise ValueError(f"not a time: {text}")
    year, month, day, hour, minute, second = (int(part) for part in match.group(1, 2, 3, 4, 5, 6))
    fraction, sign, offset_hours, offset_minutes = match.group(7, 8, 9, 10)
    # The calendar repeats every 400 years, and `datetime` does not know the year 0.
    since_400 = datetime(400 + year % 400, month, day, tzinfo=UTC) - _EPOCH
    days = since_400.days + (year // 400 - 1) * _DAYS_IN_400_YEARS
    milliseconds = days * DAY + ((hour * 60 + minute) * 60 + second) * 1000
    if fraction:
        milliseconds += int(f"{fraction:0<3}"[:3]) + bool(fraction[3:].strip("0"))
    if sign:
        offset = (int(offset_hours) * 60 + int(offset_minutes)) * 60_000
        milliseconds -= offset if sign == "+" else -offset
    return milliseconds
