"""How many tasks a second are listed, where the network takes no time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.processes import run
from benchmarks.programs.listing import LIMIT, PAGES
from benchmarks.rows import Figures, Row, alternate, at_least

__all__ = ["measure"]

TIMES = {"this": 30, "httpx": 30, "vendor": 2}  # so that each takes long enough to be measured


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows, from the CPU seconds of the process, as nothing is waited for."""
    subjects = {name: partial(tasks_a_second, name, 1 if quick else times) for name, times in TIMES.items()}
    took = alternate(1 if quick else 15, subjects)
    for beside, ratio in (("httpx", 0.75), ("vendor", 23)):
        what = f"list {PAGES} pages of {LIMIT} tasks, without a network"
        label = "httpx and dicts" if beside == "httpx" else beside
        yield Row(what, "tasks/s", took["this"]["rate"], label, took[beside]["rate"], at_least(ratio))


def tasks_a_second(subject: str, times: int) -> Figures:
    return {"rate": times * PAGES * LIMIT / run("listing", subject, times)["cpu_seconds"]}
