"""What tests do to an emulator beside calling its API; the same in Python and over HTTP."""

from __future__ import annotations

from typing import Any

import attrs

from .http.contract import Contract
from .http.scenarios import Scenario, Scenarios
from .http.traffic import Received, Traffic
from .platform import tasks
from .platform.clock import rfc3339
from .platform.platform import Platform
from .platform.tasks import Failure
from .settings import Settings


class Controls:
    """The controls of a running emulator.

    Args:
        contract: Which operations there are.
        platform: What the operations act on.
        settings: How the emulator was set up at first.
        scenarios: Where scenarios wait.
        traffic: Where requests are noted.
    """

    def __init__(
        self, contract: Contract, platform: Platform, settings: Settings, scenarios: Scenarios, traffic: Traffic
    ) -> None:
        self._contract = contract
        self._platform = platform
        self._settings = settings
        self._scenarios = scenarios
        self._traffic = traffic

    def now(self) -> str:
        """The time on the emulator's clock, in the RFC 3339 format."""
        return rfc3339(self._platform.clock.now())

    def advance(self, seconds: float) -> None:
        """Move the clock forward, as if the time had passed with all work done in it.

        Raises:
            ValueError: It cannot be moved by that.
        """
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise ValueError(f"seconds must be a number, not {seconds!r}.")
        self._platform.skip(seconds)

    def scenario(self, scenario: Scenario) -> None:
        """Have a scenario happen.

        Raises:
            ValueError: There is no such operation.
        """
        if scenario.operation != "*" and scenario.operation not in self._contract.operations:
            known = ", ".join(self._contract.operations)
            raise ValueError(f"There is no operation {scenario.operation!r}; there are: {known}.")
        self._scenarios.add(scenario)

    def scenarios(self) -> list[Scenario]:
        """The scenarios still to come."""
        return self._scenarios.waiting()

    def clear_scenarios(self) -> None:
        """Forget the scenarios still to come."""
        self._scenarios.clear()

    def received(self) -> list[Received]:
        """The latest 10,000 requests, the oldest first."""
        return self._traffic.received()

    def clear_received(self) -> None:
        """Forget the requests received, for the rate limit too."""
        self._traffic.clear()

    def health(self) -> dict[str, Any]:
        """That it answers: its state can be read."""
        self._platform.index_id  # noqa: B018 - raises if it cannot
        return {"status": "ok", "has_room": self._platform.files.has_room()}

    def failures(self) -> list[Failure]:
        """The latest 1,000 tasks that failed, the oldest first."""
        self._platform.advance()
        return tasks.failures(self._platform.store)

    def index_id(self) -> str:
        """The index that is there from the start."""
        return self._platform.index_id

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Make an index and return its identifier.

        Raises:
            ValueError: The identifier or the name is none.
        """
        Settings(index_id=index_id)
        if not (isinstance(name, str) and name):
            raise ValueError(f"name must be a text that is not empty, not {name!r}.")
        return self._platform.create_index(name, index_id)

    def settings(self) -> dict[str, Any]:
        """How the emulator is set up."""
        return attrs.asdict(self._platform.settings)

    def configure(self, changes: dict[str, Any]) -> None:
        """Change how the emulator is set up, until the next reset.

        Raises:
            TypeError: There is no such setting.
            ValueError: A value is not what it has to be.
        """
        self._platform.configure(attrs.evolve(self._platform.settings, **changes))

    def reset(self, changes: dict[str, Any]) -> None:
        """Forget everything, and be set up as at first, with these changes.

        Raises:
            TypeError: There is no such setting.
            ValueError: A value is not what it has to be.
        """
        settings = attrs.evolve(self._settings, **changes)
        self._scenarios.clear()
        self._platform.reset(settings)
        self._traffic.clear()
