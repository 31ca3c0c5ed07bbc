"""The mutants that are no faults, as `equivalent.yaml` lists them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from contract_tests.mutants.making import Mutant, mutants_of

__all__ = ["equivalent", "stale"]

LIST = Path(__file__).with_name("equivalent.yaml")
Entry = tuple[str, str, str, str]


def equivalent() -> Callable[[Mutant], bool]:
    """Return what tells whether a mutant is listed."""
    entries = _entries()
    places = {entry[:2] for entry in entries}
    return lambda mutant: (mutant.path, mutant.function) in places and _entry(mutant) in entries


def stale() -> list[str]:
    """Return the entries that no mutant matches."""
    entries = _entries()
    is_listed = equivalent()
    paths = {path for path, *_ in entries if (Path(__file__).parents[2] / path).is_file()}
    made = {_entry(mutant) for path in paths for mutant in mutants_of(path) if is_listed(mutant)}
    return [": ".join(entry) for entry in sorted(entries - made)]


def _entry(mutant: Mutant) -> Entry:
    return (mutant.path, mutant.function, *mutant.lines_changed)


def _entries() -> set[Entry]:
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    for each in listed:
        if not each["reason"]:
            raise ValueError(f"{LIST.name}: no reason for {each}")
    return {(each["module"], each["function"], each["original"], each["faulty"]) for each in listed}
