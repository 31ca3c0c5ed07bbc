"""Schemathesis calls the emulator in sequences: what one call returns, the next one names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.generation.stateful.state_machine import StepInput, StepOutput

from contract_tests.emulator.conformance.schema import list_disabled_checks, load, use_emulator
from contract_tests.support import effort
from twelvelabs_tasks.testing._document import contract

SCHEMA = load("stateful")
SEQUENCES = 100 * effort.FACTOR
STEPS = 6
"""How many calls a sequence has at most."""


@pytest.fixture(scope="module", autouse=True)
def reach(base_url: str) -> Iterator[None]:
    """Point the schema to the emulator."""
    with use_emulator(base_url, SCHEMA):
        yield


def test_no_check_is_switched_off() -> None:
    assert list_disabled_checks(SCHEMA) == []


@pytest.mark.slow
@pytest.mark.timeout(300)  # makes hundreds of calls
def test_sequences_of_calls(base_url: str, record_property: Callable[[str, object], None]) -> None:
    sequences = 0
    steps: Counter[str] = Counter()
    linked: Counter[str] = Counter()

    class Sequences(SCHEMA.as_state_machine()):  # type: ignore[misc]  # A class made at run time.
        def setup(self) -> None:
            nonlocal sequences
            sequences += 1

        def get_call_kwargs(self, case: schemathesis.Case[Any]) -> dict[str, Any]:
            return {"base_url": base_url}

        def step(self, input: StepInput) -> StepOutput:  # noqa: A002 - as in schemathesis
            name = input.case.operation.definition.raw["operationId"]
            steps[name] += 1
            linked[name] += input.transition is not None and input.is_applied
            output: StepOutput = super().step(input)
            return output

    Sequences.run(settings=settings(effort.cases(SEQUENCES // effort.FACTOR), stateful_step_count=STEPS))
    for name in contract().operations:
        record_property(
            "cases", f"{name}, stateful: {steps[name]} cases, {linked[name]} of them from earlier responses"
        )
    record_property("cases", f"stateful: {sequences} sequences of {steps.total()} calls")
    assert sequences >= SEQUENCES
    assert min(steps[name] for name in contract().operations) > 0
    assert min(linked[name] for name in ("retrieve_task", "delete_task", "delete_video")) > 0
