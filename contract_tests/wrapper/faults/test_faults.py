"""Whatever goes wrong on the way, every method ends as documented: in time, after the requests that are allowed."""

from __future__ import annotations

import pytest

from contract_tests.support.twins import Twin, TwinOfHttpx2
from contract_tests.wrapper.faults.catalogue import FAULTS
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.methods import KINDS, METHODS, kind_of
from contract_tests.wrapper.faults.observing import differences, observe

pytestmark = [
    pytest.mark.filterwarnings("ignore:tasks.transfers"),
    # httpx does not close the generator of a body whose connection broke, and trio warns of such generators.
    pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning"),
]

# Faults whose outcome depends on trio rather than on how the library reads a response.
FAULTS_UNDER_TRIO = [
    fault
    for fault in FAULTS
    if fault.name.startswith(("refused", "reset", "stalled", "closed", "one byte", "413 within", "100 before"))
]


def test_there_is_a_method_of_every_kind() -> None:
    assert {kind_of(method) for method in METHODS} == {*KINDS}


@pytest.mark.slow
@pytest.mark.parametrize("twin", [Twin("sync"), Twin("asyncio")], ids=str)
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_method_ends_as_documented(fault: Fault, twin: Twin) -> None:
    assert list(differences(fault, observe(fault, twin))) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS_UNDER_TRIO, ids=str)
def test_every_method_ends_as_documented_under_trio(fault: Fault) -> None:
    assert list(differences(fault, observe(fault, Twin("trio")))) == []


@pytest.mark.parametrize(
    "twin", [TwinOfHttpx2("sync"), pytest.param(TwinOfHttpx2("asyncio"), marks=pytest.mark.slow)], ids=str
)
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_method_ends_as_documented_with_a_client_of_httpx2(fault: Fault, twin: Twin) -> None:
    # On a busy machine a request may outlast its timeout, and is retried then: one of two attempts has to succeed.
    assert list(differences(fault, observe(fault, twin))) == [] or list(differences(fault, observe(fault, twin))) == []
