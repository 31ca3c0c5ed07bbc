"""How much data the tests draw, by `HYPOTHESIS_PROFILE`.

`repeatable`, the default, is the same in every run; `quick` is a tenth of that, `fuzz` new and fifty times as much.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

__all__ = ["IS_LONG", "PROFILE", "cases"]

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "repeatable")
FACTOR = 50 if PROFILE == "fuzz" else 1
PART = 10 if PROFILE == "quick" else 1
LONGER = {"BULK_VIDEOS", "BULK_KILLS", "CANCELLATIONS", "MEDIA_MUTATIONS"}
IS_LONG = PROFILE == "fuzz" or not os.environ.keys().isdisjoint(LONGER)
"""Whether the run is one that is meant to take long: `make fuzz`, `make bulk`, `make media`."""

for name in ("repeatable", "quick"):
    settings.register_profile(
        name,
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
    """Decorate a test that draws its data: this many cases, but more in a long run and fewer in a quick one."""
    return settings(max_examples=max(1, number * FACTOR // PART))
