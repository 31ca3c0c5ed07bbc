"""What is documented of faults: how every kind of method ends, and after how many requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from contract_tests.wrapper.faults.methods import KINDS, Kind

__all__ = [
    "RESULT",
    "Expected",
    "Rule",
    "broken",
    "cut_off",
    "cut_off_at_once",
    "expect_in_turn",
    "failed",
    "fine",
    "refused",
    "senseless",
    "turned_away",
    "unreachable",
]

RESULT = "result"
UNKNOWN = "CreateOutcomeUnknown"

ALL = frozenset(KINDS)
HARMLESS = ALL - {"create, file", "create, URL", "writes"}  # Done twice, they are the same as done once.


class Expected(NamedTuple):
    """What is documented of a kind of method.

    Attributes:
        outcomes: The name of the exception, or `result`; more than one where it depends on what the system's buffers
            took before the fault was noticed.
        requests: How many requests are sent, at least.
        most: How many at most, where it depends on the same; otherwise as many.
    """

    outcomes: tuple[str, ...]
    requests: int
    most: int | None = None

    def allows(self, outcome: str, requests: int) -> bool:
        """Return whether what was observed is what is documented."""
        return outcome in self.outcomes and self.requests <= requests <= (self.most or self.requests)

    def __str__(self) -> str:
        most = f" to {self.most}" if self.most else ""
        return f"{' or '.join(self.outcomes)} {self.requests}{most}"


FOLLOWED = Expected((RESULT,), 2)
"""What is documented of a redirect that is followed."""


@attrs.frozen
class Rule:
    """What is documented of a fault.

    Attributes:
        outcome: The exception that it ends in, `result` if in none.
        repeated: The kinds of methods that are retried.
        passes: Whether `wait_for_done` continues, so that it returns the task when the fault has passed.
        may_have_created: Whether a creation ends in `CreateOutcomeUnknown`, since the task may exist.
        but: The kinds for which something else is documented.
    """

    outcome: str
    repeated: frozenset[Kind] = frozenset()
    passes: bool = False
    may_have_created: bool = False
    but: Mapping[Kind, Expected] = attrs.field(factory=dict)

    def goes_on(self, kind: Kind) -> bool:
        """Return whether a kind of method sends another request after this fault."""
        if kind in self.but:
            return self.but[kind] == FOLLOWED
        return self.outcome != RESULT and (kind in self.repeated or (kind == "waiting" and self.passes))

    def expect(self, kind: Kind, max_retries: int) -> Expected:
        """Return what is documented of a kind of method, when a fault passes after one request more than is allowed."""
        if kind in self.but:
            return self.but[kind]
        if kind == "waiting" and self.passes:
            return Expected((RESULT,), 2 + max_retries)
        created = self.may_have_created and kind in ("create, file", "create, URL")
        return Expected((UNKNOWN if created else self.outcome,), 1 + max_retries if kind in self.repeated else 1)


def expect_in_turn(first: Rule, second: Rule, kind: Kind, max_retries: int) -> Expected:
    """Return what follows for a call that meets one fault once, and then another, which passes as a single one does."""
    requests, pauses, retries, rule = 1, 0, max_retries, first
    while rule.goes_on(kind):
        if kind in rule.but:  # A redirect is followed at once.
            if rule is second:
                return Expected((RESULT,), requests + 1)
        elif kind in rule.repeated and retries:
            pauses, retries = pauses + 1, retries - 1
        elif kind == "waiting" and rule.passes:
            pauses, retries = pauses + 1, max_retries
        else:
            break
        requests, rule = requests + 1, second if pauses <= max_retries else fine()
    last = rule.expect(kind, 0)
    return Expected(last.outcomes, requests - 1 + last.requests, last.most and requests - 1 + last.most)


def fine() -> Rule:
    """Return the rule for no trouble at all."""
    return Rule(RESULT)


def unreachable(error: str) -> Rule:
    """Return the rule for no connection: nothing can have happened, so everything is retried."""
    return Rule(error, ALL, passes=True)


def broken(error: str) -> Rule:
    """Return the rule for a lost response: what has an effect is not retried, since it may have happened."""
    return Rule(error, HARMLESS, passes=True, may_have_created=True)


def cut_off(error: str) -> Rule:
    """Return that rule for a loss before all of a file was on its way, so that nothing can have been created."""
    return attrs.evolve(broken(error), but={"create, file": Expected((error,), 1)})


def cut_off_at_once(error: str, *, most: int = 1) -> Rule:
    """Return that rule for a loss so early that the system may not even have taken a small request.

    Args:
        error: What most methods end in.
        most: How many requests there may be if the system has not even told of the connection.
    """
    either = Expected((error, UNKNOWN), 1, most)
    return attrs.evolve(
        broken(error),
        but={"create, file": Expected((error,), 1, most), "create, URL": either, "writes": Expected((error,), 1, most)},
    )


def senseless(*, deletions: str = "ResponseError") -> Rule:
    """Return the rule for a success whose response cannot be understood."""
    return Rule("ResponseError", may_have_created=True, but={"deletions": Expected((deletions,), 1)})


def refused(error: str) -> Rule:
    """Return the rule for a final refusal: nothing was done."""
    return Rule(error)


def turned_away(error: str) -> Rule:
    """Return the rule for a temporary refusal: nothing was done, and a later request may succeed."""
    return Rule(error, ALL, passes=True)


def failed(error: str, *, repeated: bool) -> Rule:
    """Return the rule for a failure of the platform or a gateway: what has an effect may have had it."""
    return Rule(error, HARMLESS if repeated else frozenset(), passes=True, may_have_created=True)
