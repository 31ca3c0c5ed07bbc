"""Throughput, CPU seconds and memory of an upload over loopback."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.processes import curl, run, serve
from benchmarks.rows import Figures, Row, alternate, at_least, at_most

__all__ = ["measure"]

SUBJECTS = ("this", "this_async", "httpx", "httpx_async", "vendor")
SIZE, SMALL = 1_900_000_000, 100_000_000  # bytes
MIB = 1 << 20


def measure(*, quick: bool) -> Iterator[Row]:
    """Yield the rows. The file is sparse, so that no disk is measured, and what arrives is read and forgotten."""
    with tempfile.TemporaryDirectory() as folder, serve("sink") as url:
        small, large = sparse(folder, SMALL), sparse(folder, SMALL if quick else SIZE)
        programs: dict[str, Callable[[], Figures]] = {
            name: partial(measure_upload, partial(run, "uploading", name, url, large), large) for name in SUBJECTS
        }
        programs["curl"] = partial(measure_upload, partial(with_curl, url, large), large)
        took = alternate(1 if quick else 7, programs)
        of_small = alternate(
            1 if quick else 3, {name: partial(run, "uploading", name, url, small) for name in ("this", "this_async")}
        )

    size = f"{(SMALL if quick else SIZE) / 1e9:g} GB"
    for name, kind, beside_curl in (("this", "sync", 1.0), ("this_async", "async", 0.7)):
        this, beside = took[name], name.replace("this", "httpx")
        what = f"upload {size}, {kind}"
        yield Row(f"{what}: throughput", "MiB/s", this["rate"], "curl", took["curl"]["rate"], at_least(beside_curl))
        for other in (beside, "vendor") if kind == "sync" else (beside,):
            yield Row(f"{what}: throughput", "MiB/s", this["rate"], other, took[other]["rate"])
        yield Row(f"{what}: CPU", "s", this["cpu_seconds"], beside, took[beside]["cpu_seconds"], at_most(1))
        yield Row(f"{what}: peak memory", "MiB", this["peak_mib"], required=at_most(45))
        yield Row(
            f"{what}: peak memory", "MiB", this["peak_mib"], "that of 0.1 GB", of_small[name]["peak_mib"], at_most(1.1)
        )


def sparse(folder: str, size: int) -> Path:
    """Make a file of zeros that takes no space, and read it once, which takes longer than any time later."""
    path = Path(folder) / f"{size}.mp4"
    with path.open("w+b") as file:
        file.truncate(size)
        while file.read(MIB):
            pass
    return path


def with_curl(url: str, path: Path) -> Figures:
    return curl("--output", "/dev/null", "--header", "Expect:", "--header", "x-api-key: any",
                "--form", "index_id=any", "--form", f"video_file=@{path}", f"{url}/tasks")  # fmt: skip


def measure_upload(upload: Callable[[], Figures], path: Path) -> Figures:
    """Return the figures of an upload, and its throughput."""
    figures = upload()
    return {**figures, "rate": path.stat().st_size / MIB / figures["seconds"]}
