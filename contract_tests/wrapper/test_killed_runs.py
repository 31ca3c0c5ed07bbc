"""Bulk creations killed at random moments and resumed: no video has two tasks, and no task is taken for another's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate, serve_platform
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, VIDEO, make_file
from contract_tests.support.twins import API_KEY

KILLS = int(os.environ.get("BULK_KILLS", "2"))  # of each kind; `make bulk` has many
ROOT = Path(__file__).parents[2]
FILES = 8
LONGEST = {"threads": 0.3, "processes": 0.5, "dask": 0.5}  # seconds between the first upload and a kill


@contextmanager
def run_uploads(kind: str, platform: FakePlatform, ledger: Path, files: list[Path]) -> Iterator[subprocess.Popen[str]]:
    """Run the program, in a group of its own, whose workers outlive it."""
    program = [sys.executable, "-m", "contract_tests.support.programs.killed", kind, INDEX_ID, str(ledger)]
    environment = {**os.environ, "TWELVE_LABS_API_KEY": API_KEY, "TWELVELABS_BASE_URL": platform.url}
    with subprocess.Popen(
        [*program, *map(str, files)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        platform.groups.append(process.pid)
        try:
            yield process
        finally:
            process.kill()


def kill_at_random(kind: str, platform: FakePlatform, ledger: Path, files: list[Path], random: Random) -> None:
    """Run the program and kill it a while after something was uploaded, unless it is faster."""
    before = sum(platform.sent.values())
    with run_uploads(kind, platform, ledger, files) as process:
        until(lambda: sum(platform.sent.values()) > before or process.poll() is not None, "uploads")
        end = time.monotonic() + random.uniform(0, LONGEST[kind])
        until(lambda: time.monotonic() > end or process.poll() is not None, "the moment")
        process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["threads", "processes", "dask"])
def test_a_killed_run_that_is_resumed_neither_doubles_nor_exchanges(
    kind: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()
    for number in range(KILLS):
        random = Random(f"{kind} {number}")
        folder = tmp_path / str(number)
        names = ["same.mp4", "same.mp4", *(f"{each}.mp4" for each in range(FILES - 2))]
        files = [
            make_file(folder / str(each) / name, VIDEO + random.randbytes(random.choice([10, 2_000_000])))
            for each, name in enumerate(names)
        ]
        unlucky = [name for name in sorted(set(names)) if random.random() < 0.5]
        fates = {name: random.choices([Fate.CREATED, Fate.LOST, Fate.BROKEN, Fate.REFUSED], k=2) for name in unlucky}
        with serve_platform(fates=fates) as platform:
            ledger = folder / "uploads.sqlite"
            for _ in range(random.choice([1, 1, 2])):
                kill_at_random(kind, platform, ledger, files, random)
            chosen = files if random.random() < 0.7 else files[1:]
            with run_uploads(kind, platform, ledger, chosen) as process:
                printed, errors = process.communicate()
            assert process.returncode == 0, errors
            told = json.loads(printed)
            counts.update(told["counts"])
            check(platform, told["became"], chosen, number)
        for group in platform.groups:  # workers outlive the runs that were killed, but not the test
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
    record_property("cases", f"{kind}: {KILLS} runs killed and resumed, {dict(counts)}")


def check(platform: FakePlatform, became: dict[str, str], files: list[Path], number: int) -> None:
    """Compare what the program says with what the platform knows."""
    of_content: Counter[bytes] = Counter(platform.contents.values())
    for file in files:
        content, told = file.read_bytes(), became[str(file)]
        assert of_content[content] <= 1, f"run {number}: two tasks of {file}"
        if told in platform.contents:
            assert platform.contents[told] == content, f"run {number}: {file} was given the task of another one"
        elif told == "CreateOutcomeUnknown":
            assert file.name == "same.mp4", f"run {number}: {file} is unclear, but has a name of its own"
