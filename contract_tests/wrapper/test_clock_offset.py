"""How far the clock of the platform is ahead of that of this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from twelvelabs_tasks.tasks._searching import clock_offset

NOW = datetime(2024, 3, 1, 12, 0, 0, 700_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("Fri, 01 Mar 2024 12:00:00 GMT", 0),
        ("Fri, 01 Mar 2024 11:59:59 GMT", 0),
        ("Fri, 01 Mar 2024 11:59:57 GMT", -3.7),
        ("Fri, 01 Mar 2024 12:00:10 -0000", 9.3),
        ("Fri, 01 Mar 2024 13:00:00 GMT", 3599.3),
        ("yesterday", 0),
        (None, 0),
    ],
)
def test_a_difference_that_rounding_and_waiting_explain_does_not_count(date: str | None, seconds: float) -> None:
    response = httpx.Response(200, headers={} if date is None else {"Date": date})
    asked_at = NOW - timedelta(seconds=1)
    assert clock_offset(response, asked_at, NOW).total_seconds() == pytest.approx(seconds)
