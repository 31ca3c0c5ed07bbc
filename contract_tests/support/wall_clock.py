"""The clock of this machine as the library reads it, which a test can set."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Self

import attrs
import pytest

__all__ = ["WallClock", "wall_clock"]


@attrs.define
class WallClock:
    """The clock.

    Attributes:
        ahead: How many seconds it is ahead of the true time.
    """

    ahead: float = 0.0


@contextmanager
def wall_clock() -> Iterator[WallClock]:
    """Put a clock in place of that of the library, in this process."""
    clock = WallClock()
    importlib.import_module("twelvelabs_tasks.tasks._many.bulk")  # which is imported at its first use

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(seconds=clock.ahead)

    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("twelvelabs_tasks.") and getattr(module, "datetime", None) is datetime:
                patch.setattr(module, "datetime", Ahead)
        yield clock
