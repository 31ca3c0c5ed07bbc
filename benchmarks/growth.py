"""How time and memory grow with the number of tasks that are iterated over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.processes import run
from benchmarks.rows import Row, alternate, at_most

__all__ = ["COUNTS", "measure"]

COUNTS = (50_000, 100_000, 250_000, 500_000, 1_000_000)


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows: those of each number for the plot, and then what must hold."""
    counts = tuple(count // 100 for count in COUNTS) if quick else COUNTS
    subjects = {str(count): partial(run, "growing", "this", count) for count in counts}
    took = alternate(1 if quick else 3, subjects)
    for count in counts:
        yield Row(f"iterate over {count:,} tasks: time", "s", took[str(count)]["seconds"])
        yield Row(f"iterate over {count:,} tasks: peak memory", "MiB", took[str(count)]["peak_mib"])
    least, most = (took[str(count)] for count in (counts[0], counts[-1]))
    beside, what = f"that of {counts[0]:,}", f"iterate over {counts[-1]:,} tasks"
    times = counts[-1] / counts[0]
    yield Row(f"{what}: time", "s", most["seconds"], beside, least["seconds"], at_most(1.2 * times))
    yield Row(f"{what}: peak memory", "MiB", most["peak_mib"], beside, least["peak_mib"], at_most(1.1))
