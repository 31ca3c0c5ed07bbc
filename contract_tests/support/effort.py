"""How much data the tests draw: the same in every run; with `HYPOTHESIS_PROFILE=fuzz`, new and fifty times as much."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

__all__ = ["PROFILE", "cases"]

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "repeatable")
FACTOR = 50 if PROFILE == "fuzz" else 1

settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "fuzz",
    derandomize=False,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(PROFILE)


def cases(number: int) -> settings:
    """Decorate a test that draws its data: this many cases, times fifty in a long run."""
    return settings(max_examples=number * FACTOR)
