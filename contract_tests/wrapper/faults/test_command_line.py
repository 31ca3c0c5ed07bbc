"""`make faults ARGS=...` runs the selected faults, or says which ones exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from contract_tests.wrapper.faults.catalogue import FAULTS

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "contract_tests.wrapper.faults"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize(
    "words",
    [["no such fault"], [FAULTS[0].name, "no such fault"], ["\x1b[31m"], ["", "NOTHING"]],
    ids=["alone", "beside another", "a command for terminals", "in capitals"],
)
def test_a_word_that_selects_no_fault_is_reported_with_those_that_exist(words: list[str]) -> None:
    result = run(*words)
    assert result.returncode == 2
    assert f"no fault has {words[-1]!a} in its name" in result.stderr
    assert all(f"  {fault.name}\n" in result.stderr for fault in FAULTS)
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_word_chooses_the_faults_that_are_played() -> None:
    result = run(FAULTS[0].name)
    assert result.returncode == 0
    assert FAULTS[0].name in result.stdout
    assert " 0 not as documented" in result.stdout


def test_faults_can_come_in_pairs() -> None:
    result = run("--pairs", "502 with HTML")
    assert result.returncode == 0
    assert " calls that meet two faults, 0 not as documented\n" in result.stdout
    assert int(result.stdout.split()[0]) >= len(FAULTS)
