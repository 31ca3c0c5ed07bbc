"""Two failures after one another within one call end as each of them would, by the same rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.wrapper.faults.pairs import all_pairs, choose_pairs, not_as_documented

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:tasks.transfers"),
    # httpx does not close the generator of a body whose connection broke, and trio warns of such generators.
    pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning"),
]


def test_a_call_that_meets_two_faults_ends_as_documented(record_property: Callable[[str, object], None]) -> None:
    pairs = list(choose_pairs())
    record_property("cases", f"calls that met two faults: {len(pairs)} of {sum(1 for _ in all_pairs())}")
    assert not_as_documented(pairs) == []
