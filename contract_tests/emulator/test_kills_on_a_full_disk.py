"""Killed again and again while its disk fills and is freed: what was acknowledged is there, byte for byte."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.disks import Disk, mount
from contract_tests.support.machines import Machine
from contract_tests.support.polling import spin
from contract_tests.support.videos import Videos, pad

KILLS = 50
UPLOADS = 6
"""How many uploads there are at once before each kill."""
MIB = 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mount(tmp_path / "disk", 64) as disk:
        yield disk


class Books:
    """How uploads ended.

    Args:
        machine: Where they go to, which keeps its own records as well.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._lock = threading.Lock()
        self.hashes: dict[str, str] = {}
        self.refused = 0

    def upload(self, content: bytes, responded: threading.Semaphore) -> None:
        """Upload a video, which is acknowledged, or refused for want of space, or left without a response."""
        files: dict[str, Any] = {"index_id": (None, self._machine.index_id), "video_file": ("v.mp4", content)}
        try:
            response = self._machine.http.post("/tasks", files=files)
        except httpx.TransportError:
            with self._lock:
                self._machine.lost_responses += 1
            return
        finally:
            responded.release()
        with self._lock:
            if response.status_code == 200:
                task_id = str(response.json()["_id"])
                self._machine.acknowledged.add(task_id)
                self.hashes[task_id] = hashlib.sha256(content).hexdigest()
            else:
                assert (response.status_code, response.json()["code"]) == (503, "service_unavailable")
                assert response.headers["Retry-After"]
                self.refused += 1

    def check(self) -> None:
        """Check that each video that lies there is what was acknowledged."""
        for path in (self._machine.folder / "videos").iterdir():
            try:
                found = hashlib.sha256(path.read_bytes()).hexdigest()
            except FileNotFoundError:
                continue  # Its stream has just been made.
            assert found == self.hashes.get(path.name, found)


def change(disk: Disk, chance: random.Random) -> None:
    """Fill the disk or free it, a few times within some milliseconds."""
    for _ in range(3):
        spin(chance.uniform(0, 0.05))
        space = chance.choice([None, 0, MIB // 2, 3 * MIB])
        if space is None:
            disk.clear()
        else:
            disk.fill(leave=space)


@pytest.mark.slow
@pytest.mark.timeout(300)  # starts 50 emulators
def test_nothing_acknowledged_is_lost_or_changed(
    disk: Disk, videos: Videos, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20241103)
    with Machine(disk.path / "data", "--stage-seconds", "0.02") as machine, ThreadPoolExecutor(UPLOADS + 1) as pool:
        books = Books(machine)
        for number in range(KILLS):
            responded = threading.Semaphore(0)
            working = [pool.submit(change, disk, random.Random(number))]
            for seed in range(UPLOADS):
                content = pad(videos.cheap(seed), chance.randint(MIB // 4, 2 * MIB)) + b"%d" % number
                working.append(pool.submit(books.upload, content, responded))
            for _ in range(chance.randint(0, UPLOADS)):
                responded.acquire()
            spin(chance.uniform(0, 0.02))
            machine.kill()
            for each in working:
                each.result()
            if chance.random() < 0.7:
                disk.clear()
            books.check()
            machine.restart()
            books.check()
        disk.clear()
        tasks = machine.end(may_lack="No space left on device")  # if it began anew while the disk was full
    hashes = books.hashes
    assert hashes.keys() <= tasks.keys()
    with closing(sqlite3.connect(disk.path / "data" / "emulator.sqlite3")) as db:
        kept = dict(db.execute("SELECT id, content_hash FROM tasks"))
    assert {task: kept[task] for task in hashes} == hashes
    assert min(len(hashes), books.refused, machine.lost_responses) > KILLS // 5
    record_property(
        "cases",
        f"killed {KILLS} times: {len(hashes)} videos kept, {books.refused} refused,"
        f" {machine.lost_responses} without a response",
    )
