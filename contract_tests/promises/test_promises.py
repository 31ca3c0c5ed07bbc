"""Each sentence of the documentation that says what happens has a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tests.promises.ledger import Entry, Ledger, entry_to_complete, faults_of, read
from contract_tests.promises.sentences import key_of, of_docstring, of_markdown
from contract_tests.promises.texts import sentences

LEDGER = read(Path(__file__).with_name("ledger.yaml"))
HERE = "contract_tests/promises/test_promises.py::test_every_sentence_of_the_documentation_has_a_test"


def test_every_sentence_of_the_documentation_has_a_test(record_property: Callable[[str, object], None]) -> None:
    found = sentences()
    faults = list(faults_of(found, LEDGER))
    assert not faults, "\n".join([*faults, "`python -m contract_tests.promises` prints entries to complete."])
    tested = sum(bool(entry.tests) for entry in LEDGER.entries.values())
    record_property("cases", f"{len(found)} sentences of the documentation: {tested} with tests")


def test_a_sentence_without_a_test_is_named() -> None:
    given = {"It flies.": ["README.md"], "It swims.": ["README.md", "module"]}
    swims = {key_of("It swims."): Entry((HERE,))}
    (fault,) = faults_of(given, Ledger(swims))
    assert "README.md: It flies." in fault


def test_a_reworded_sentence_asks_for_its_test_again() -> None:
    faults = list(faults_of({"It swims well.": ["README.md"]}, Ledger({key_of("It swims."): Entry((HERE,))})))
    assert ["It swims well." in fault for fault in faults] == [True, False]
    assert "gone" in faults[1]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry((f"{HERE}_of_all",)), "there is no"),
        (Entry(("contract_tests/test_nothing.py::test_nothing",)), "there is no"),
        (Entry(("contract_tests/promises/test_promises.py::read",)), "there is no"),
        (Entry(), "neither"),
        (Entry(statement=" "), "neither"),
    ],
)
def test_an_entry_that_proves_nothing_is_named(entry: Entry, fault: str) -> None:
    (found,) = faults_of({"It swims.": ["README.md"]}, Ledger({key_of("It swims."): entry}))
    assert fault in found


def test_an_entry_to_complete_is_that_of_its_sentence(tmp_path: Path) -> None:
    entry = entry_to_complete("It swims: well.", ["README.md", "module"])
    file = tmp_path / "ledger.yaml"
    file.write_text(f"excluded: []\nsentences:\n{entry}\n")
    assert list(read(file).entries) == [key_of("It swims: well.")]
    assert "README.md and 1 other places: It swims: well." in entry


def test_a_text_is_left_out_only_by_its_name_and_while_it_exists() -> None:
    given = {"It flies.": ["README.md"], "It swims.": ["module"]}
    faults = list(faults_of(given, Ledger({}, ("module", "another"))))
    assert len(faults) == 2
    assert "It flies." in faults[0]
    assert "another" in faults[1]


def test_a_page_is_split_into_what_can_be_true_or_false() -> None:
    page = """# Title

One is said. Another,
on two lines (0.5 s, 1 s, ...) too! `It` is a third.

- **Light.** Nothing else.

| a | b |
|---|---|
| c | d. E |

```python
swim()  # and return
```
"""
    assert list(of_markdown(page)) == [
        "One is said.",
        "Another, on two lines (0.5 s, 1 s, ...) too!",
        "`It` is a third.",
        "**Light.** Nothing else.",
        "a | b",
        "c | d. E",
        "# and return",
    ]


def test_a_docstring_is_split_with_the_names_of_what_it_is_about() -> None:
    docstring = """Swim. Far.

        Always here:

            swim()  # with a comment

        Args:
            depth: How deep, in
                metres. Default: 3.
            speed: How fast.

        Returns:
            The distance. In metres.

        Raises:
            ValueError: It is dry.

        Example:
            swim(depth=2)
    """
    assert list(of_docstring(docstring)) == [
        "Swim.",
        "Far.",
        "Always here:",
        "# with a comment",
        "depth: How deep, in metres.",
        "depth: Default: 3.",
        "speed: How fast.",
        "Returns: The distance.",
        "Returns: In metres.",
        "ValueError: It is dry.",
    ]
