"""Bulk creations in separate processes, which are killed, or whose clock is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID
from contract_tests.support.twins import API_KEY

__all__ = ["kill_when", "run_with_clock"]

ROOT = Path(__file__).parents[2]


def run_with_clock(ahead: float, platform: FakePlatform, ledger: Path, files: Iterable[Path]) -> None:
    """Create tasks on a machine whose clock is ahead by some seconds, until all is done."""
    with start(platform, ledger, files, clock_ahead=ahead) as process:
        assert process.wait() == 0


def kill_when(
    condition: Callable[[], object], platform: FakePlatform, ledger: Path, files: Iterable[Path], *, at_once: int = 1
) -> None:
    """Create tasks, some at once, and end that with SIGKILL as soon as a condition holds."""
    with start(platform, ledger, files, at_once=at_once) as process:
        try:
            until(lambda: condition() or process.poll() is not None, "the uploads")
            assert process.poll() is None
        finally:
            process.kill()


def start(
    platform: FakePlatform, ledger: Path, files: Iterable[Path], *, clock_ahead: float = 0.0, at_once: int = 1
) -> subprocess.Popen[bytes]:
    """Start the program."""
    program = [sys.executable, "-m", "contract_tests.support.programs.lost"]
    arguments = [str(clock_ahead), str(at_once), INDEX_ID, str(ledger), *map(str, files)]
    environment = {**os.environ, "TWELVE_LABS_API_KEY": API_KEY, "TWELVELABS_BASE_URL": platform.url}
    return subprocess.Popen([*program, *arguments], cwd=ROOT, env=environment)
