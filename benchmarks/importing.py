"""Time of the processor, and memory, that it takes to import the library and make a client."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.processes import run
from benchmarks.rows import Row, alternate, at_most

__all__ = ["measure"]

CPU = "process_cpu_seconds"  # of the whole process, from its start to its end
SUBJECTS = ("this", "httpx", "vendor")


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows, each process beginning with nothing imported."""
    rounds = 1 if quick else 21
    took = alternate(rounds, {name: partial(run, "importing", name) for name in SUBJECTS})
    what, this = "import and make a client", took["this"]
    for beside, times, sizes in (("httpx", 1.08, 1.25), ("vendor", 1 / 2.5, None)):
        other = took[beside]
        yield Row(f"{what}: CPU", "s", this[CPU], beside, other[CPU], at_most(times))
        required = None if sizes is None else at_most(sizes)
        yield Row(f"{what}: peak memory", "MiB", this["peak_mib"], beside, other["peak_mib"], required)

    took = alternate(rounds, {name: partial(run, "importing", f"{name}_and_first_task") for name in SUBJECTS})
    for beside, required in (("httpx", at_most(1.2)), ("vendor", None)):
        what = "the same and retrieve a first task, without a network: CPU"
        yield Row(what, "s", took["this"][CPU], beside, took[beside][CPU], required)
