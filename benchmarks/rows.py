"""The rows of the table: what was measured, beside what, and what it must reach."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import attrs

__all__ = ["Figures", "Required", "Row", "Spread", "alternate", "at_least", "at_most"]

Figures: TypeAlias = Mapping[str, float]
"""What one run of a program took, by name: `seconds`, `cpu_seconds`, `peak_mib`, ..."""


@attrs.frozen
class Spread:
    """What many runs gave: the median, and the quartiles around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: Iterable[float]) -> Spread:
        """Return the spread of samples, of which there is at least one."""
        ordered = sorted(samples)
        if len(ordered) == 1:
            return cls(*ordered * 3)
        low, median, high = statistics.quantiles(ordered, n=4, method="inclusive")
        return cls(median, low, high)


@attrs.frozen
class Required:
    """A bound for the ratio of a row, or for its figure where it has nothing beside it."""

    bound: float
    is_least: bool

    def holds(self, value: float) -> bool:
        """Return whether a value is within the bound."""
        return value >= self.bound if self.is_least else value <= self.bound


def at_least(bound: float) -> Required:
    """Return the requirement that a value is not less."""
    return Required(bound, is_least=True)


def at_most(bound: float) -> Required:
    """Return the requirement that a value is not more."""
    return Required(bound, is_least=False)


@attrs.frozen
class Row:
    """One row of the table.

    Attributes:
        measured: What was measured.
        unit: The unit of the figures.
        this: What this library took.
        beside: What it is compared with, such as `curl`; `None` if the figure stands for itself.
        other: What that took.
        required: What the ratio, or the figure without one, must reach; `None` if it is for information.
    """

    measured: str
    unit: str
    this: Spread
    beside: str | None = None
    other: Spread | None = None
    required: Required | None = None

    @property
    def ratio(self) -> float | None:
        """The figure of this library divided by that of the other."""
        return self.this.median / self.other.median if self.other is not None else None

    @property
    def holds(self) -> bool | None:
        """Whether it reaches what it must; `None` if it need not reach anything."""
        value = self.this.median if self.ratio is None else self.ratio
        return None if self.required is None else self.required.holds(value)


def alternate(rounds: int, subjects: Mapping[str, Callable[[], Figures]]) -> dict[str, dict[str, Spread]]:
    """Run all subjects one after the other, and again, so that what disturbs the machine disturbs them alike.

    Args:
        rounds: How often.
        subjects: What to run, by name; each returns its figures.

    Returns:
        The spread of each figure, by the names of subject and figure.
    """
    runs: dict[str, list[Figures]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, run in subjects.items():
            runs[name].append(run())
    return {
        name: {figure: Spread.of(each[figure] for each in figures) for figure in figures[0]}
        for name, figures in runs.items()
    }
