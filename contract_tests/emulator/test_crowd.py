"""Fifty uploads at once, and twenty minutes of tasks' time, with flat memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.videos import Videos, pad

MIB = 2**20
UPLOADS = 50
SIZE = 8 * MIB
STAGE = 240
STATUSES = ["validating", "pending", "queued", "indexing", "ready"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A process whose tasks take twenty minutes from their creation to five statuses later."""
    with ServerProcess("--data-dir", tmp_path / "data", "--stage-seconds", str(STAGE)) as process:
        yield process


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Memory is read from /proc.")
def test_fifty_uploads_at_once_and_twenty_minutes_leave_memory_flat(
    server: ServerProcess, videos: Videos, tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(pad(videos.cheap(), SIZE))
    all_together = Barrier(UPLOADS)

    with httpx.Client(base_url=server.base_url, headers={"x-api-key": "key"}, timeout=120) as http:

        def upload(number: int) -> str:
            form = {"index_id": server.index_id}
            with path.open("rb") as file:
                if number >= 0:
                    all_together.wait(60)
                response = http.post("/tasks", data=form, files={"video_file": (f"{number}.mp4", file)})
            assert response.status_code == 200, response.text
            return str(response.json()["_id"])

        def statuses() -> Counter[str]:
            page = http.get("/tasks", params={"page_limit": 50, "sort_option": "desc"}).json()
            assert page["page_info"]["total_results"] == UPLOADS + 1
            return Counter(task["status"] for task in page["data"])

        def advance(seconds: float) -> None:
            response = http.post(f"{server.url}/_emulator/clock", json={"seconds": seconds}, headers=server.token)
            assert response.status_code == 200, response.text

        upload(-1)  # What is loaded by the first upload does not count as memory of uploads.
        advance(0)
        before = server.resident
        with ThreadPoolExecutor(UPLOADS) as pool:
            uploading = [pool.submit(upload, number) for number in range(UPLOADS)]
            most = before
            while not all(each.done() for each in uploading):
                most = max(most, server.resident)
            tasks = {each.result() for each in uploading}
        assert len(tasks) == UPLOADS
        assert most - before < 100 * MIB, (
            f"grew by {(most - before) / MIB:.0f} MiB while {UPLOADS * SIZE / MIB} came in"
        )

        advance(0)  # Waits for the streams.
        before = server.resident
        seen = []
        for _ in range(20 * 60 // 5):
            # The uploads ended at different times, so that two statuses may be there at once.
            seen.append(sorted(map(STATUSES.index, statuses())))
            advance(5)
        assert seen == sorted(seen)
        assert {status for each in seen for status in each} == set(range(len(STATUSES)))
        assert statuses() == {"ready": UPLOADS}
        assert server.resident - before < 20 * MIB, f"grew by {(server.resident - before) / MIB:.0f} MiB"
