"""Wrong arguments of the command: one line, which cannot command a terminal, and the exit status 2."""

from __future__ import annotations

import subprocess

import pytest

from contract_tests.support.emulator_processes import COMMAND

INTEGRATION = "63a2eb29d1d15aaa6d2a6b2c"
WRONG = [
    ["--stage-seconds", "-1"],
    ["--stage-seconds", "nan"],
    ["--rate-limit", "-1"],
    ["--credit-seconds", "nan"],
    ["--credit-seconds", "-1"],
    ["--max-bytes", "-1"],
    ["--index-id", "xyz"],
    ["--token", " "],
    ["--token", ""],
    ["--api-key", "schlüssel"],
    ["--api-key", " k"],
    ["--allowed-host", "*"],
    ["--cors-origin", "null"],
    ["--host", ""],
    ["--host", " "],
    ["--host", "0.0.0.0"],
    ["--integration", f"{INTEGRATION}=/nonono"],
    ["--integration", f"{INTEGRATION}=/tmp", "--integration", f"{INTEGRATION}=/"],
    ["--integration", f"{INTEGRATION}=\x1b[31m"],
    ["--scenario", '{"operation":"x"}'],
    ["--scenario", '{"nonsense":1}'],
    ["--scenario", '{"status":503,"headers":{"X":" "}}'],
    ["--scenario", '{"delay":NaN}'],
    ["--scenario", "[" * 100_000],
    ["--scenario", '{"a":' * 20_000],
    ["--scenario", "\x1b[31m"],
    ["--\x1b[31mred"],
    ["\x1b]0;title\x07"],
    ["--port", "\x1b[31m"],
]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: ascii(" ".join(arguments))[1:50])
def test_wrong_arguments_are_one_line_and_the_status_2(arguments: list[str]) -> None:
    command = [COMMAND, "serve", "--port", "0", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("twelvelabs-emulator")
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.removesuffix("\n").isprintable()
    assert len(ended.stderr) < 1000


def test_names_in_errors_of_the_machine_cannot_command_a_terminal() -> None:
    command = [COMMAND, "serve", "--port", "0", "--data-dir", "/proc/\x1b[31m\nx"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.removesuffix("\n").isprintable()
    assert "\\x1b[31m" in ended.stderr
