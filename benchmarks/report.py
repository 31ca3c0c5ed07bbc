"""The table of what was measured, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from benchmarks.plot import draw
from benchmarks.rows import Row, Spread

__all__ = ["prepare", "table", "write"]

FILES = ("results.md", "results.json", "results.png")
COLUMNS = ("measured", "this library", "beside", "took", "ratio", "must reach", "holds")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table: medians, with the quartiles around them."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *map(cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cells(row: Row) -> tuple[str, ...]:
    return (
        row.measured,
        format_spread(row.this, row.unit),
        row.beside or "",
        format_spread(row.other, row.unit) if row.other else "",
        "" if row.ratio is None else f"{row.ratio:.3g}",
        format_bound(row),
        {True: "yes", False: "**no**", None: ""}[row.holds],
    )


def format_spread(spread: Spread, unit: str) -> str:
    """Return a spread as text: the median (lower quartile to upper quartile) and the unit."""
    return f"{number(spread.median)} ({number(spread.low)} to {number(spread.high)}) {unit}".rstrip()


def number(value: float) -> str:
    """Return a number with three digits that count, whole thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def format_bound(row: Row) -> str:
    """Return the bound as text."""
    if row.required is None:
        return ""
    bound = f"{'at least' if row.required.is_least else 'at most'} {row.required.bound:.3g}"
    return f"{bound} {row.unit}".rstrip() if row.ratio is None else f"{bound} times"


def prepare(folder: Path) -> None:
    """Make the folder of the results; raise OSError if they could not be written there, or not all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        is_new = not (folder / name).exists()
        (folder / name).open("ab").close()
        if is_new:
            (folder / name).unlink()


def write(folder: Path, rows: Sequence[Row], machine: Mapping[str, str]) -> None:
    """Write `results.md`, `results.json` and `results.png` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)  # it may be gone by now
    text, data, plot = (folder / name for name in FILES)
    about = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    introduction = "Made by `make bench`. Medians, and in brackets the quartiles; the ratio is that of the medians."
    text.write_text(f"# Performance\n\n{introduction}\n\n{table(rows)}\n\n{about}\n")
    found = [{**attrs.asdict(row), "ratio": row.ratio, "holds": row.holds} for row in rows]
    data.write_text(json.dumps({"machine": machine, "rows": found}, indent=2) + "\n")
    draw(plot, rows)
