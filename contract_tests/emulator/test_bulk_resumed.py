"""A bulk upload that is killed again and again and resumed with its ledger: each video gets one task, and none two."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.polling import until
from contract_tests.support.videos import Videos
from twelvelabs_tasks import TwelveLabs

VIDEOS = int(os.environ.get("BULK_VIDEOS", "300"))  # `make bulk` uploads 2,000
KILLS = 10
ROOT = Path(__file__).parents[2]
PROGRAM = "contract_tests.support.programs.bulk"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """An emulator in a separate process."""
    with ServerProcess("--data-dir", tmp_path / "data", "--stage-seconds", "0") as process:
        yield process


@pytest.fixture
def folder(videos: Videos, tmp_path: Path) -> Path:
    """A folder of videos, each with a name of its own."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(VIDEOS):
        (folder / f"{number:04}.mp4").hardlink_to(videos.cheap())
    return folder


@contextmanager
def run_uploads(server: ServerProcess, folder: Path, ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the program, and kill it in the end if it has not ended."""
    command = [sys.executable, "-m", PROGRAM, server.index_id, str(folder), str(ledger)]
    environment = {**os.environ, **server.environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def unknown_outcomes(ledger: Path) -> int:
    """Count the uploads that were on their way when the program was killed."""
    with closing(sqlite3.connect(ledger)) as db:
        (count,) = db.execute("SELECT count(*) FROM uploads WHERE state = 'started'").fetchone()
    return int(count)


def is_reached(goal: int, count: Callable[[], int], process: subprocess.Popen[str]) -> bool:
    assert process.poll() is None, process.communicate()
    return count() >= goal


@pytest.mark.slow
def test_each_video_has_one_task_after_ten_kills(
    server: ServerProcess, folder: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    random = Random(0)
    ledger = tmp_path / "uploads.sqlite"
    client = TwelveLabs(api_key=server.environment["TWELVE_LABS_API_KEY"], base_url=server.base_url)

    def count() -> int:
        info = client.tasks.list(page_limit=1).page_info
        assert info is not None
        return info.total_results or 0

    unknown = 0
    with client:
        for number in range(KILLS):
            goal = VIDEOS * (number + 1) // (KILLS + 1) + random.randrange(5)
            with run_uploads(server, folder, ledger) as process:
                until(partial(is_reached, goal, count, process), "uploads")
            unknown = unknown_outcomes(ledger)
            assert unknown > 0
        with run_uploads(server, folder, ledger) as process:
            printed, errors = process.communicate()
        assert process.returncode == 0, errors
        tasks = list(client.tasks.list(page_limit=50))
    names = [str(task.system_metadata.filename) for task in tasks if task.system_metadata]
    assert sorted(names) == [path.name for path in sorted(folder.iterdir())]
    assert json.loads(printed) == {name: task.id for name, task in zip(names, tasks, strict=True)}
    record_property(
        "cases",
        f"{VIDEOS} videos uploaded in bulk, {KILLS} kills, {unknown} outcomes unknown in the end: {len(tasks)} tasks",
    )
