"""The figures of the README are those that were measured last."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
ROWS = json.loads((ROOT / "benchmarks" / "results" / "results.json").read_text())["rows"]
IMPORT, FIRST = "import and make a client", "the same and retrieve a first task, without a network"
LIST, RETRIEVE = "list 100 pages of 50 tasks, without a network", "1,000 concurrent retrieves"
SYNC, ASYNC = "upload 1.9 GB, sync", "upload 1.9 GB, async"


def figure(measured: str, beside: str = "", *, inverse: bool = False) -> float:
    """Return a ratio that was measured; without something beside it, the figure itself."""
    (row,) = [each for each in ROWS if each["measured"] == measured and (each["beside"] or "") == beside]
    value = row["ratio"] if beside else row["this"]["median"]
    return 1 / value if inverse else float(value)


# For each line that begins so: the numbers before "times", in their order.
TIMES: dict[str, list[float]] = {
    "| import and create a client |": [
        figure(f"{IMPORT}: time", "httpx"),
        figure(f"{IMPORT}: peak memory", "httpx"),
        figure(f"{IMPORT}: time", "vendor", inverse=True),
    ],
    "| the same, and retrieve a first task |": [
        figure(f"{FIRST}: time", "httpx"),
        figure(f"{FIRST}: time", "vendor", inverse=True),
    ],
    "| list 5,000 tasks": [figure(LIST, "httpx and dicts"), figure(LIST, "vendor")],
    "| upload 1.9 GB, sync |": [
        figure(f"{SYNC}: throughput", "httpx"),
        figure(f"{SYNC}: CPU", "httpx"),
        figure(f"{SYNC}: throughput", "vendor"),
    ],
    "| upload 1.9 GB, async |": [
        figure(f"{ASYNC}: throughput", "httpx_async"),
        figure(f"{ASYNC}: CPU", "httpx_async"),
    ],
    "| retrieve 1,000 tasks at once |": [figure(RETRIEVE, "httpx"), figure(RETRIEVE, "vendor")],
}


@pytest.mark.parametrize("line", TIMES)
def test_a_figure_in_the_readme_is_the_one_that_was_measured(line: str) -> None:
    (found,) = [each for each in README.splitlines() if each.startswith(line)]
    said = re.findall(r"(\d+(?:\.\d+)?) times", found)
    assert said == [_as_written(value, like) for value, like in zip(TIMES[line], said, strict=True)]


def test_the_figures_in_the_readme_without_a_number_of_times_are_right() -> None:
    assert 0.45 < figure(f"{IMPORT}: peak memory", "vendor") < 0.55  # "in half the memory"
    assert 0.9 < figure(RETRIEVE, "httpx, 100 at a time") < 1.1  # "about the same"
    assert "20 requests per round instead of one per task" in README
    assert [figure(f"wait for 1,000 tasks, {kind}: requests a round") for kind in ("sync", "async")] == [20, 20]


def test_what_the_readme_says_below_the_table_was_measured() -> None:
    curl = re.search(r"those of `curl` \((\S+) times; async (\S+) times\)", README)
    assert curl
    measured = [figure(f"{kind}: throughput", "curl") for kind in (SYNC, ASYNC)]
    assert [_as_written(value, said) for value, said in zip(measured, curl.groups(), strict=True)] == [*curl.groups()]
    memory = [figure(f"{kind}: peak memory") for kind in (SYNC, ASYNC)]
    assert [round(value, -1) for value in memory] == [30, 30]  # "some 30 MiB"
    assert all(figure(f"{kind}: peak memory", "that of 0.1 GB") < 1.05 for kind in (SYNC, ASYNC))
    assert figure("iterate over 1,000,000 tasks: peak memory", "that of 50,000") < 1.05
    assert figure("iterate over 1,000,000 tasks: time", "that of 50,000") < 20 * 1.2  # linear: 20 times the tasks


def test_every_requirement_of_the_measurements_was_met() -> None:
    missed: list[Any] = [row["measured"] for row in ROWS if row["holds"] is False]
    assert missed == []


def _as_written(value: float, like: str) -> str:
    """Return a figure with as many decimals as another text has."""
    return f"{value:.{len(like.partition('.')[2])}f}"
