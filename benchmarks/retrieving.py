"""How many tasks a second are retrieved at once, and over how many connections."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import httpx

from benchmarks.processes import run, serve
from benchmarks.rows import Figures, Row, alternate, at_least, at_most
from benchmarks.servers.platform import TASKS

__all__ = ["measure"]

SUBJECTS = {"httpx": "httpx", "httpx_in_turns": "httpx, 100 at a time", "vendor": "vendor"}
CONNECTIONS = 100  # what httpx allows itself


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows. Few rounds where a thousand crowd the pool of httpx, which takes it a minute each time."""
    what, required = f"{TASKS:,} concurrent retrieves", at_least(0.9)
    fast = alternate(1 if quick else 15, {name: partial(tasks_a_second, name) for name in ("this", "httpx_in_turns")})
    slow = {} if quick else alternate(2, {name: partial(tasks_a_second, name) for name in ("httpx", "vendor")})
    this = fast["this"]
    for name, took in {**slow, "httpx_in_turns": fast["httpx_in_turns"]}.items():
        yield Row(what, "tasks/s", this["rate"], SUBJECTS[name], took["rate"], required)
    yield Row(f"{what}: connections", "", this["connections"], required=at_most(CONNECTIONS))


def tasks_a_second(subject: str) -> Figures:
    with serve("platform", 0) as url:
        figures = run("retrieving", subject, url)
        counts = httpx.get(f"{url}/counts", trust_env=False).json()
    return {"rate": TASKS / figures["seconds"], "connections": counts["connections"]}
