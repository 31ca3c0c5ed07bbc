"""How many requests it takes to wait for 1,000 tasks of one index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import httpx

from benchmarks.processes import run, serve
from benchmarks.rows import Figures, Row, alternate, at_most
from benchmarks.servers.platform import TASKS

__all__ = ["measure"]

SECONDS = 1.0  # until all tasks are ready


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows: how many requests the longest round took."""
    subjects = {name: partial(requests, name) for name in ("this", "this_async", "httpx")}
    took = alternate(1 if quick else 3, subjects)
    for name, kind in (("this", "sync"), ("this_async", "async")):
        what, this = f"wait for {TASKS:,} tasks, {kind}: requests a round", took[name]["a_round"]
        yield Row(what, "", this, required=at_most(25))
        yield Row(what, "", this, "one retrieve a task", took["httpx"]["a_round"])


def requests(subject: str) -> Figures:
    """Return what a platform counted while a program waited."""
    with serve("platform", SECONDS) as url:
        run("waiting", subject, url)
        counts = httpx.get(f"{url}/counts", trust_env=False).json()
    return {"a_round": counts["longest_round"]}
