"""The plot of what was measured: how this library compares, and how its cost grows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from benchmarks.rows import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

GOOD, BAD, BOUND = "tab:blue", "tab:red", "black"


def draw(path: Path, rows: Sequence[Row]) -> None:
    """Draw the ratios with what they must reach, and time and memory over the number of tasks."""
    figure = Figure(figsize=(12, 7), layout="constrained")
    ratios, growth = figure.subplots(1, 2, width_ratios=(3, 2))
    growing = [row for row in rows if row.measured.startswith("iterate")]
    draw_ratios(ratios, [row for row in rows if row.ratio is not None and row.required and row not in growing])
    draw_growth(growth, [row for row in growing if row.ratio is None])
    figure.savefig(path, dpi=100, metadata={"Software": None})


def draw_ratios(axes: Axes, rows: Sequence[Row]) -> None:
    """Draw a bar from 1 to each ratio, and an arrow from what it must reach to where it must lie."""
    places = range(len(rows))
    colors = [GOOD if row.holds else BAD for row in rows]
    axes.barh(places, [(row.ratio or 1) - 1 for row in rows], left=1, color=colors)
    for place, row in zip(places, rows, strict=True):
        if row.required is not None:
            axes.plot(row.required.bound, place, color=BOUND, marker=">" if row.required.is_least else "<")
    axes.set_yticks(places, [f"{row.measured}\nbeside {row.beside}" for row in rows], fontsize=8)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.axvline(1, color="grey", linewidth=0.5)
    axes.invert_yaxis()
    axes.set_title("this library divided by the other; arrows: the ratio must lie there")


def draw_growth(axes: Axes, rows: Sequence[Row]) -> None:
    """Draw the time that tasks take to iterate over, and the most memory that it takes."""
    times = [(tasks(row), row.this.median) for row in rows if row.unit == "s"]
    sizes = [(tasks(row), row.this.median) for row in rows if row.unit == "MiB"]
    axes.plot(*zip(*times, strict=True), color=GOOD, marker="o", label="time, seconds") if times else None
    memory = axes.twinx()
    memory.plot(*zip(*sizes, strict=True), color=BAD, marker="s", label="peak memory, MiB") if sizes else None
    for each in (axes, memory):
        each.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    axes.set_xlabel("tasks iterated over")
    axes.set_ylabel("time, seconds", color=GOOD)
    memory.set_ylabel("peak memory, MiB", color=BAD)
    axes.set_title("cost as work grows")


def tasks(row: Row) -> int:
    """Return the number of tasks that a row is about."""
    found = re.search(r"[\d,]+", row.measured)
    assert found is not None
    return int(found.group().replace(",", ""))
