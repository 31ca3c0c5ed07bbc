"""A fault: what a server does to whoever connects, and what is documented of it."""

from __future__ import annotations

import attrs

from contract_tests.support.fault_server import FaultPlay
from contract_tests.support.socket_server import Listening
from contract_tests.wrapper.faults.methods import Kind
from contract_tests.wrapper.faults.rules import Expected, Rule, expect_in_turn

__all__ = ["PATIENCE", "Fault"]

PATIENCE = 0.5  # seconds that clients wait between bytes where they wait in vain


@attrs.frozen
class Fault:
    """A fault.

    Attributes:
        name: Its name, in words.
        play: What the server does.
        rule: What is documented.
        listening: How the server listens.
        timeout: The `timeout` of the client, in seconds.
        max_retries: That of the client.
        then: What is documented of another fault, which follows the first request.
    """

    name: str
    play: FaultPlay
    rule: Rule
    listening: Listening = "accepting"
    timeout: float = 10.0
    max_retries: int = 2
    then: Rule | None = None

    def expect(self, kind: Kind) -> Expected:
        """Return what is documented of a kind of method."""
        if self.then:
            return expect_in_turn(self.rule, self.then, kind, self.max_retries)
        return self.rule.expect(kind, self.max_retries)

    def __str__(self) -> str:
        return self.name
