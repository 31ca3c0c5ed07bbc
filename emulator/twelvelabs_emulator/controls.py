"""What tests do to an emulator in addition to calling its API; the same in Python and over HTTP."""

from __future__ import annotations

from typing import Any

import attrs

from .http.contract import Contract
from .http.scenarios import Scenario, Scenarios
from .http.traffic import Received, Traffic
from .platform.platform import Platform
from .refusals import RefusedError, refuse
from .settings import Settings
from .times import format_time

__all__ = ["Controls", "Failure", "check_operation"]

_MAX_FAILURES = 1000


@attrs.frozen
class Failure:
    """A task that failed.

    Attributes:
        task_id: Its id.
        filename: The filename of its video.
        reason: Why it failed, which the platform does not say.
        failed_at: When it failed, on the emulator's clock, in the RFC 3339 format.
    """

    task_id: str
    filename: str
    reason: str
    failed_at: str


def check_operation(contract: Contract, scenario: Scenario) -> None:
    """Check that the operation of a scenario exists.

    Raises:
        RefusedError: It does not.
    """
    if scenario.operation != "*" and scenario.operation not in contract.operations:
        known = ", ".join(contract.operations)
        raise RefusedError(f"Unknown operation {scenario.operation!r}. Choose from: {known}.")


class Controls:
    """The controls of a running emulator.

    Args:
        contract: The contract, for its operations.
        platform: What the operations act on.
        settings: The original settings.
        scenarios: The scenarios to come.
        traffic: The requests received.
        needs_key: Whether other machines can reach the emulator, which therefore accepts only one API key.
    """

    def __init__(
        self,
        contract: Contract,
        platform: Platform,
        settings: Settings,
        scenarios: Scenarios,
        traffic: Traffic,
        *,
        needs_key: bool,
    ) -> None:
        self._contract = contract
        self._platform = platform
        self._settings = settings
        self._scenarios = scenarios
        self._traffic = traffic
        self._needs_key = needs_key

    def now(self) -> str:
        """Return the time on the emulator's clock, in the RFC 3339 format."""
        return format_time(self._platform.clock.now())

    def advance(self, seconds: float) -> None:
        """Move the clock forward, as if the time had passed and all work had been done in it.

        Raises:
            ValueError: `seconds` is negative or too large.
        """
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise RefusedError(f"seconds must be a number, not {seconds!r}.")
        self._platform.skip(seconds)

    def scenario(self, scenario: Scenario) -> None:
        """Add a scenario.

        Raises:
            ValueError: The operation does not exist.
        """
        check_operation(self._contract, scenario)
        self._scenarios.add(scenario)

    def scenarios(self) -> list[Scenario]:
        """Return the scenarios to come."""
        return self._scenarios.list_pending()

    def clear_scenarios(self) -> None:
        """Remove the scenarios to come."""
        self._scenarios.clear()

    def list_received(self) -> list[Received]:
        """Return the latest requests, the oldest first."""
        return self._traffic.list_received()

    def clear_received(self) -> None:
        """Forget the requests received, also for the rate limit."""
        self._traffic.clear()

    def health(self) -> dict[str, Any]:
        """Return that the state can be read, and whether the disk has room."""
        self._platform.index_id  # noqa: B018 - raises an exception if it cannot be read
        return {"status": "ok", "has_room": self._platform.files.has_room()}

    def failures(self) -> list[Failure]:
        """Return the latest 1,000 tasks that failed, the oldest first."""
        return [
            Failure(task.id, task.filename, task.fault or "", format_time(task.updated_at))
            for task in self._platform.list_failed(_MAX_FAILURES)
        ]

    def index_id(self) -> str:
        """Return the index that exists from the start."""
        return self._platform.index_id

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Create an index, and return its id.

        Raises:
            ValueError: The id or the name is invalid.
        """
        with refuse():
            Settings(index_id=index_id)
        if not (isinstance(name, str) and name and name.isprintable()):
            raise RefusedError(f"name must be a non-empty string of printable characters, not {name!r}.")
        return self._platform.create_index(name, index_id)

    def settings(self) -> dict[str, Any]:
        """Return the settings."""
        return attrs.asdict(self._platform.settings)

    def configure(self, changes: dict[str, Any]) -> None:
        """Change settings, until the next reset.

        Raises:
            TypeError: A setting does not exist.
            ValueError: A value is invalid.
        """
        self._platform.configure(self._evolve(self._platform.settings, changes))

    def reset(self, changes: dict[str, Any]) -> None:
        """Clear all state, and return to the original settings, except for changes.

        Raises:
            TypeError: A setting does not exist.
            ValueError: A value is invalid.
        """
        settings = self._evolve(self._settings, changes)
        self._scenarios.clear()
        self._platform.reset(settings)
        self._traffic.clear()

    def _evolve(self, settings: Settings, changes: dict[str, Any]) -> Settings:
        unknown = changes.keys() - attrs.fields_dict(Settings).keys()
        if unknown:
            raise TypeError(f"Unknown setting {min(unknown)!r}.")
        with refuse():
            settings = attrs.evolve(settings, **changes)
        if self._needs_key and settings.api_key is None:
            raise RefusedError("Other machines can reach the emulator: api_key must be the API key that they need.")
        return settings
