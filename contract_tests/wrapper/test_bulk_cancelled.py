"""Async bulk creations cancelled at random moments, on a slow disk: no crash, and nothing stays locked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_tests.support.programs.cancelling import WAYS

pytestmark = pytest.mark.slow

CANCELLATIONS = int(os.environ.get("CANCELLATIONS", "10"))
ROOT = Path(__file__).parents[2]

SLOW_DISK = r"""
#include <sys/syscall.h>
#include <unistd.h>

static int slowly(long call, int fd) { usleep(5000); return (int)syscall(call, fd); }
int fsync(int fd) { return slowly(SYS_fsync, fd); }
int fdatasync(int fd) { return slowly(SYS_fdatasync, fd); }
"""


@pytest.fixture(scope="module")
def slow_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes the disk slow for a process that loads it first."""
    folder = tmp_path_factory.mktemp("slow-disk")
    (folder / "slow.c").write_text(SLOW_DISK)
    library = folder / "slow.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, folder / "slow.c"], check=True)
    return library


def run(way: str, manner: str, folder: Path, slow_disk: Path) -> None:
    """Run the program, which must end well."""
    program = [sys.executable, "-m", "contract_tests.support.programs.cancelling"]
    ended = subprocess.run(
        [*program, way, str(CANCELLATIONS), str(folder), manner],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(slow_disk), "PYTHONFAULTHANDLER": "1"},
        capture_output=True,
        text=True,
        timeout=60 + CANCELLATIONS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""


@pytest.mark.parametrize("way", WAYS)
def test_a_bulk_creation_can_be_cancelled_and_resumed_at_any_moment(
    way: str, slow_disk: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    run(way, "resumed", tmp_path, slow_disk)
    record_property("cases", f"{way}: {CANCELLATIONS} bulk creations cancelled and resumed at once")


def test_a_bulk_creation_that_is_cancelled_at_any_moment_does_not_end_the_process(
    slow_disk: Path, tmp_path: Path
) -> None:
    run("asyncio: Task.cancel, again and again", "anew", tmp_path, slow_disk)
