"""All faults."""

from __future__ import annotations

from contract_tests.wrapper.faults.bodies import BODIES
from contract_tests.wrapper.faults.connections import CONNECTIONS
from contract_tests.wrapper.faults.statuses import STATUSES

__all__ = ["FAULTS"]

FAULTS = (*CONNECTIONS, *BODIES, *STATUSES)
