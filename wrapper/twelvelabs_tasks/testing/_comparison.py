"""What the drift report finds: all requests are sent and compared, within a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path

from attrs import define, evolve, field, frozen

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ..core._redaction import SHORTEST_SECRET, Secret, redact_response
from ..core._settings import Settings
from ..core._threads import start_daemon
from ._client import bounded_client
from ._drift import Drift
from ._live import LiveResponse, ask, create

__all__ = ["ComparisonPlan", "Findings", "compare", "is_left_behind", "secret_of_reports"]

_comparing: list[Future[None]] = []


@frozen
class ComparisonPlan:
    """What to ask.

    Attributes:
        settings: Whom to ask, with which API key.
        timeout: How many seconds all of it may take.
        index: An index to ask about.
        integration: An integration to ask about.
        video: A video to upload.
    """

    settings: Settings
    timeout: float
    index: str | None = None
    integration: str | None = None
    video: Path | None = None


def secret_of_reports(api_key: str) -> Secret:
    """Return the API key as it is hidden in reports: a short one, which may be part of a word, as a whole word only."""
    return Secret(api_key, is_word=len(api_key) < SHORTEST_SECRET)


@define
class Findings:
    """What has been found so far, the API key hidden.

    Attributes:
        settings: Who was asked.
        responses: How many responses came.
        compared: The operations of the responses that were compared, one for each response.
        drifts: Where responses and the contract have drifted apart.
        obstacles: What was in the way of comparing.
    """

    settings: Settings
    responses: int = 0
    compared: list[str] = field(factory=list)
    drifts: dict[Drift, None] = field(factory=dict)
    obstacles: list[str] = field(factory=list)
    _first: str = ""
    _is_of_the_platform: bool = False

    def take(self, checked: LiveResponse) -> bool:
        """Compare a response with the contract; return whether it is of use to go on."""
        api_key = self.settings.api_key
        in_bodies = Secret(api_key if len(api_key) >= SHORTEST_SECRET else "")
        checked = evolve(checked, response=redact_response(checked.response, in_bodies))
        secret = secret_of_reports(api_key)
        obstacle = secret.redact(checked.obstacle())
        self.obstacles += filter(None, [obstacle])
        if not obstacle:
            self.compared.append(checked.operation)
        for drift in checked.drift():
            where, detail, example = (secret.redact(text) for text in (drift.where, drift.detail, drift.example))
            self.drifts.setdefault(evolve(drift, where=where, detail=detail, example=example))
        if not self.responses:
            media_type = checked.response.headers.get("content-type", "")
            self._first = secret.redact(f"{checked.response.status_code} {media_type}".strip())
        self._is_of_the_platform = self._is_of_the_platform or checked.is_of_the_platform()
        self.responses += 1
        return self.responses > len(self.obstacles)  # If the first has failed, so would all others.

    def add_obstacle(self, obstacle: str) -> None:
        """Take note of what is in the way of comparing."""
        self.obstacles.append(secret_of_reports(self.settings.api_key).redact(obstacle))

    def conclude(self) -> tuple[list[Drift], list[str]]:
        """Return the drifts and the obstacles: a server that is not the API has no drift to report."""
        if self.responses and not self._is_of_the_platform:
            strange = f"nothing there responds as the API does (the first response: {self._first})"
            return [], list(self.obstacles) or [strange]
        return sorted(list(self.drifts)), list(self.obstacles)  # noqa: C414 - a thread left behind may add to them


def compare(plan: ComparisonPlan) -> Findings:
    """Send all requests and compare their responses, within the time that the plan allows."""
    findings = Findings(plan.settings)
    # In a thread that can be left behind: some responses never end, whatever the timeouts between their bytes are.
    comparing = start_daemon(lambda: _compare(plan, findings))
    _comparing[:] = [comparing]
    wait([comparing], plan.timeout)
    if not comparing.done():
        findings.add_obstacle(f"not done after {plan.timeout:g} seconds (see --timeout)")
    elif failure := comparing.exception():  # What has been found before is reported all the same.
        findings.add_obstacle(f"failed unexpectedly: {type(failure).__name__}: {failure}")
    return findings


def is_left_behind() -> bool:
    """Whether the thread of the last comparison still runs: Python could not end it where it runs native code."""
    return any(not each.done() for each in _comparing)


def _compare(plan: ComparisonPlan, findings: Findings) -> None:
    try:
        with bounded_client(plan.settings) as http:
            for response in _send_all(plan, findings, http):
                if not findings.take(response):
                    return
    except (httpx.HTTPError, httpx.InvalidURL, errors.TwelveLabsError, OSError, ImportError, ValueError) as error:
        # Also what httpx raises for proxies and certificates in the environment that cannot be used.
        findings.add_obstacle(f"{type(error).__name__}: {error}")


def _send_all(plan: ComparisonPlan, findings: Findings, http: httpx.Client) -> Iterator[LiveResponse]:
    yield from ask(http, index_id=plan.index, integration_id=plan.integration)
    if plan.video is not None and plan.index is not None and not findings.obstacles:
        yield from create(http, plan.index, plan.video)
