"""Whatever goes wrong on the way, a wait with a timeout ends with it: never later than a second after."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest

from contract_tests.support.fault_server import serve
from contract_tests.support.methods import find_method
from contract_tests.support.samples import TASK_ID
from contract_tests.support.twins import TWINS, Twin
from contract_tests.wrapper.faults.catalogue import FAULTS
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.methods import response_of
from twelvelabs_tasks import errors

pytestmark = pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning")

TIMEOUT = 0.3  # seconds
LATEST = TIMEOUT + 1.0
AT_ONCE = 20  # nearly all of the time is spent waiting


def iterate(client: Any) -> Any:
    pending = client.tasks.as_completed([TASK_ID], timeout=TIMEOUT, sleep_interval=0.05)
    return anext(pending) if hasattr(pending, "__anext__") else next(pending)


WAITS: dict[str, Callable[[Any], Any]] = {
    "wait_for_done": lambda client: client.tasks.wait_for_done(TASK_ID, timeout=TIMEOUT, sleep_interval=0.05),
    "wait_for_all": lambda client: client.tasks.wait_for_all([TASK_ID], timeout=TIMEOUT, sleep_interval=0.05),
    "as_completed": iterate,
}
RESPONSE = response_of(find_method("tasks.wait_for_done"))


def seconds_of(fault: Fault, twin: Twin, wait: Callable[[Any], Any]) -> float:
    """Return how long a wait takes while a server plays a fault, with a client that is patient with each request."""
    took: list[float] = []

    def measure(client: Any) -> Any:
        began = time.monotonic()

        async def measure_async() -> None:
            with suppress(errors.TwelveLabsError):
                await wait(client)
            took.append(time.monotonic() - began)

        if twin.is_async:
            return measure_async()
        with suppress(errors.TwelveLabsError):
            wait(client)
        took.append(time.monotonic() - began)
        return None

    with serve(fault.play, RESPONSE, fault.listening) as server:
        twin(measure, base_url=server.url, timeout=httpx.Timeout(10.0), max_retries=fault.max_retries)
    return took[0]


def is_late(fault: Fault, twin: Twin, wait: Callable[[Any], Any]) -> bool:
    """Return whether a wait ends too late, on a machine that is not too busy: what is late is tried again."""
    return all(seconds_of(fault, twin, wait) > LATEST for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("name", WAITS)
@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_a_wait_ends_with_its_timeout_whatever_happens(
    twin: Twin, name: str, record_property: Callable[[str, object], None]
) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seconds = list(pool.map(lambda fault: seconds_of(fault, twin, WAITS[name]), FAULTS))
    late = [fault for fault, took in zip(FAULTS, seconds, strict=True) if took > LATEST]
    longest = f"{max(seconds):.2f} s at most"
    record_property("cases", f"{name}, {TIMEOUT=}, {twin}: {len(FAULTS)} faults, {longest}")
    assert [fault.name for fault in late if is_late(fault, twin, WAITS[name])] == []
