"""Schemathesis calls the emulator: every operation in the phases examples, coverage and fuzzing, every check on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis

from contract_tests.emulator.conformance.checks import provoked
from contract_tests.emulator.conformance.schema import CASES, list_disabled_checks, load, use_emulator
from twelvelabs_tasks.testing._document import contract

pytestmark = pytest.mark.slow

PHASES = {phase: load(phase) for phase in ("examples", "coverage", "fuzzing")}
AT_LEAST = {"examples": 1, "coverage": 15, "fuzzing": CASES}
"""How many cases a phase gives to an operation, if it does not end early."""
given: list[str] = []


def calls(phase: str, operation: str) -> Any:
    """Make a test that sends every case which a phase has for an operation."""

    @PHASES[phase].include(operation_id=operation).parametrize()
    def test(case: schemathesis.Case[Any], base_url: str) -> None:
        given.append(phase)
        case.call_and_validate(base_url=base_url)

    return test


# Functions of their own: those that schemathesis makes of a single one share an identifier, by which pytest-xdist
# would take them for one.
for phase in PHASES:
    for operation in contract().operations:
        globals()[f"test_{phase}_of_{operation}"] = calls(phase, operation)


def test_no_check_is_switched_off() -> None:
    assert [name for schema in PHASES.values() for name in list_disabled_checks(schema)] == []


@pytest.fixture(scope="module", autouse=True)
def reach(base_url: str) -> Iterator[None]:
    """Point the schemas to the emulator."""
    with use_emulator(base_url, *PHASES.values()):
        yield


@pytest.fixture(autouse=True)
def count(request: pytest.FixtureRequest) -> Iterator[None]:
    """Count the cases an operation is given, have the count printed, and fail if the phase ended early."""
    given.clear()
    provoked.clear()
    yield
    phase, _, operation = request.node.originalname.removeprefix("test_").partition("_of_")
    if phase not in AT_LEAST:
        return
    provocations = ", ".join(f"{name}: {number}" for name, number in sorted(provoked.items()))
    request.node.user_properties.append(("cases", f"{operation}, {phase}: {len(given)} cases ({provocations})"))
    assert len(given) >= AT_LEAST[phase]
    if phase == "coverage":
        assert provoked.keys() >= provocations_of(operation)


def provocations_of(name: str) -> set[str]:
    """Return which mistakes the coverage phase has to make in calls of an operation."""
    operation = contract().operations[name]
    in_query = {"repeated values"} if operation.parameters_in("query") else set()
    in_body = {"wrong content types", "undeclared names"} if "requestBody" in operation.node else set()
    return {"errors"} | in_query | in_body
