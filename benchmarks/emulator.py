"""How fast the emulator is: it is used here as its users do, from another process."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.processes import run_emulator
from benchmarks.rows import Figures, Row, Spread, alternate, at_least, at_most
from benchmarks.samples import INDEX_ID
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.sample import make_video
from twelvelabs_emulator.store.tasks import Task
from twelvelabs_tasks import TwelveLabs

__all__ = ["measure"]

TASKS = 100_000
LIMIT = 50
LARGE = 1_000_000_000  # bytes
MIB = 1 << 20


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows."""
    rounds = 1 if quick else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        took = alternate(rounds, {"emulator": start})["emulator"]
        yield Row("emulator: start", "s", took["seconds"], required=at_most(1))

        small = make_video(folder / "small.mp4", width=360, height=360, rate=1, audio=False)
        with run_emulator("--index-id", INDEX_ID, "--stage-seconds", 0) as server:
            took = alternate(rounds, {"emulator": lambda: create(server, small)})["emulator"]
            yield Row("emulator: create a small video", "s", took["seconds"], required=at_most(0.1))
            large = make_padded_file(small, LARGE // 10 if quick else LARGE)
            took = alternate(1 if quick else 3, {"emulator": lambda: upload(server, large)})["emulator"]
            yield Row("emulator: upload 1 GB", "MiB/s", took["rate"], required=at_least(250))

        tasks = TASKS // 100 if quick else TASKS
        with Emulator(folder / "data") as emulator:
            plant(emulator, tasks)
        with run_emulator("--data-dir", folder / "data") as server:
            slowest = max(pages(server, tasks, rounds), key=lambda spread: spread.median)
        yield Row(f"emulator: the slowest page of {tasks:,} tasks", "s", slowest, required=at_most(0.02))


def plant(emulator: Emulator, count: int) -> None:
    """Put ready tasks into an emulator without the work that they take."""
    running = emulator._running
    assert running is not None
    platform = running.platform
    now = platform.clock.now()
    with platform.store.transaction():
        for _ in range(count):
            task = Task(
                id=platform.new_id(), index_id=INDEX_ID, status="ready", created_at=now, updated_at=now,
                received_at=now, filename="planted.mp4", duration=12.0, width=640, height=360,
            )  # fmt: skip
            platform.store.tasks.insert(task)


def start() -> Figures:
    """Start an emulator, and wait until it responds."""
    begin = perf_counter()
    with run_emulator() as server, client(server) as platform:
        platform.tasks.list()
        return {"seconds": perf_counter() - begin}


def create(server: str, path: Path) -> Figures:
    """Create a task, the reading of its video included."""
    with client(server) as platform:
        platform.tasks.list()
        begin = perf_counter()
        platform.tasks.create(index_id=INDEX_ID, video_file=path)
        return {"seconds": perf_counter() - begin}


def upload(server: str, path: Path) -> Figures:
    with client(server) as platform:
        begin = perf_counter()
        platform.tasks.create(index_id=INDEX_ID, video_file=path)
        return {"rate": path.stat().st_size / MIB / (perf_counter() - begin)}


def pages(server: str, tasks: int, rounds: int) -> Iterator[Spread]:
    """Yield what a page takes: the first, the last and nine between, of all tasks and of those of one status."""
    last = tasks // LIMIT
    with client(server) as platform:
        for number in {max(1, last * tenth // 10) for tenth in range(11)}:
            for status in (None, "ready"):
                samples = []
                for _ in range(rounds):
                    begin = perf_counter()
                    page = platform.tasks.list(page=number, page_limit=LIMIT, status=status)
                    samples.append(perf_counter() - begin)
                    assert len(page.items) == LIMIT
                yield Spread.of(samples)


def make_padded_file(small: Path, size: int) -> Path:
    """Make a large file of a small video: with a box at its end that players skip, which is sparse."""
    path = small.with_stem("large")
    content = small.read_bytes()
    with path.open("wb") as file:
        file.write(content + struct.pack(">I4s", size - len(content), b"free"))
        file.truncate(size)
    return path


def client(server: str) -> TwelveLabs:
    return TwelveLabs(api_key="any", base_url=server, timeout=120)
