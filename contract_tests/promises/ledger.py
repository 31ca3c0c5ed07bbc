"""The ledger of promises: for each sentence of the documentation, the tests that fail when it stops being true.

`ledger.yaml` maps the key of a sentence to a list of tests, or to the reason why it cannot be true or false when the
library runs. A sentence that is reworded has another key, so that somebody looks at its tests again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs
import yaml

from contract_tests.promises.sentences import key_of

__all__ = ["Entry", "Ledger", "entry_to_complete", "faults_of", "read", "unmapped"]

ROOT = Path(__file__).parents[2]


@attrs.frozen
class Entry:
    """What is known of a sentence.

    Attributes:
        tests: The tests that fail when it stops being true.
        statement: Why there are none: what is said cannot be true or false when the library runs.
    """

    tests: tuple[str, ...] = ()
    statement: str = ""


@attrs.frozen
class Ledger:
    """The ledger.

    Attributes:
        entries: The entries, by the keys of the sentences.
        excluded: The places whose sentences nobody has gone through yet.
    """

    entries: dict[str, Entry]
    excluded: tuple[str, ...] = ()


def read(file: Path) -> Ledger:
    """Read a ledger."""
    data = yaml.load(file.read_text(), yaml.CSafeLoader)
    entries = {
        key: Entry(tuple(value)) if isinstance(value, list) else Entry(statement=value["statement"])
        for key, value in data["sentences"].items()
    }
    return Ledger(entries, tuple(data["excluded"]))


def unmapped(sentences: dict[str, list[str]], ledger: Ledger) -> dict[str, list[str]]:
    """Return the sentences that the ledger lacks, with the places where they stand."""
    return {
        sentence: places
        for sentence, places in sentences.items()
        if key_of(sentence) not in ledger.entries and not set(places) <= set(ledger.excluded)
    }


def faults_of(sentences: dict[str, list[str]], ledger: Ledger, root: Path = ROOT) -> Iterator[str]:
    """Yield what is wrong with a ledger."""
    for sentence, places in unmapped(sentences, ledger).items():
        yield f"no test is named for this sentence of {places[0]}: {sentence}"
    there = {key_of(sentence) for sentence in sentences}
    for key, entry in ledger.entries.items():
        if key not in there:
            yield f"{key}: the sentence is gone"
        if not entry.tests and not entry.statement.strip():
            yield f"{key}: neither tests nor a reason"
        yield from (f"{key}: there is no {test}" for test in entry.tests if not _exists(test, root))
    places_there = {place for places in sentences.values() for place in places}
    yield from (f"excluded: there is no {place}" for place in ledger.excluded if place not in places_there)


def entry_to_complete(sentence: str, places: list[str]) -> str:
    """Return the entry of a sentence for `ledger.yaml`, without its test."""
    others = f" and {len(places) - 1} other places" if len(places) > 1 else ""
    return f'  # {places[0]}{others}: {sentence}\n  "{key_of(sentence)}":\n  - contract_tests/'


def _exists(test: str, root: Path) -> bool:
    file, _, name = test.partition("::")
    return (root / file).is_file() and name in _tests_in(root / file)


@cache
def _tests_in(file: Path) -> frozenset[str]:
    """Return the names of the tests of a file."""
    found = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):  # the test case of a state machine
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return frozenset(name for name in found if name.lower().startswith("test"))
