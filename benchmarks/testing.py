"""How long all checks and tests take."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from time import perf_counter

from benchmarks.processes import ROOT
from benchmarks.rows import Row, Spread, at_most

__all__ = ["measure"]


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the row: minutes of `make test`, or of `make help` if it has to be quick."""
    target = "help" if quick else "test"
    begin = perf_counter()
    subprocess.run(["make", target], cwd=ROOT, check=True, capture_output=True)
    minutes = (perf_counter() - begin) / 60
    yield Row(f"make {target}", "min", Spread.of([minutes]), required=at_most(8))
