"""Observe a fault: call every method while a server plays it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import attrs
import httpx

from contract_tests.support.fault_server import FaultServer, serve
from contract_tests.support.methods import Method
from contract_tests.support.pauses import note_pauses, skip_pauses
from contract_tests.support.twins import Twin
from contract_tests.wrapper.faults import methods
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.methods import METHODS, kind_of, response_of
from contract_tests.wrapper.faults.rules import RESULT

__all__ = ["DEADLINE", "Observed", "call", "differences", "observe"]

DEADLINE = 10.0  # seconds for one call; none waits for longer than a few of its timeouts, which are a part of this


@attrs.frozen
class Observed:
    """How a method ended.

    Attributes:
        outcome: The name of the exception, or `result`.
        requests: How many requests were sent.
        seconds: How long it took.
    """

    outcome: str
    requests: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.outcome} {self.requests}" + (f" in {self.seconds:.1f} s" if self.seconds > DEADLINE else "")


def observe(fault: Fault, twin: Twin) -> Mapping[Method, Observed]:
    """Call every method, all at once, while a server plays a fault to it, each a server of its own."""
    with skip_pauses(), ThreadPoolExecutor(len(METHODS)) as pool:
        return dict(zip(METHODS, pool.map(lambda method: call(fault, twin, method), METHODS), strict=True))


def call(fault: Fault, twin: Twin, method: Method) -> Observed:
    """Call a method while a server plays a fault, which passes when everything that is allowed was tried."""

    def pause(count: int) -> None:
        if count == 1 + fault.max_retries:
            server.recover()
        elif fault.then and not server.is_accepting:
            server.accept()

    with serve(fault.play, response_of(method), fault.listening) as server, note_pauses(pause) as pauses:
        started = time.perf_counter()
        outcome = outcome_of(fault, twin, method, server)
        seconds = time.perf_counter() - started
    if fault.then:
        requests = server.connections + (fault.listening == "closed")
    else:
        # What never reached the server was tried once, and once again after each pause.
        unseen = fault.listening in ("closed", "full")
        requests = 1 + len(pauses.slept) if unseen else server.connections
    return Observed(outcome, requests, seconds)


def outcome_of(fault: Fault, twin: Twin, method: Method, server: FaultServer) -> str:
    try:
        # A busy machine is given more time to connect, unless it is connecting that is on trial.
        connect = DEADLINE if fault.listening == "accepting" else fault.timeout
        timeout = httpx.Timeout(fault.timeout, connect=connect)
        result = twin(
            lambda client: methods.call(method, client),
            base_url=server.url,
            timeout=timeout,
            max_retries=fault.max_retries,
        )
    except Exception as error:  # noqa: BLE001 - whatever is raised is the outcome
        return type(error).__name__
    return RESULT if method.matches(result) else f"another result: {result!r:.100}"


def differences(fault: Fault, observed: Mapping[Method, Observed]) -> Iterator[str]:
    """Yield, in words, what is not as documented."""
    for method, seen in observed.items():
        expected = fault.expect(kind_of(method))
        if not expected.allows(seen.outcome, seen.requests) or seen.seconds > DEADLINE:
            yield f"{method}: {seen}, documented: {expected}"
