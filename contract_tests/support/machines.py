"""A machine that fails again and again, and records of what its emulator acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from contract_tests.support.emulator_processes import ServerProcess

__all__ = ["FINAL", "Machine"]

FINAL = ("ready", "failed")
PATIENCE = 30.0
HOURS = 5


class Machine:
    """One data folder, and one emulator after the other on it.

    Args:
        folder: The data folder.
        arguments: Further arguments of the command.
    """

    def __init__(self, folder: Path, *arguments: str | Path) -> None:
        self.folder = folder
        self._arguments = arguments
        self.kills = 0
        self.acknowledged: set[str] = set()
        self.lost_responses = 0
        self._start()

    def _start(self) -> None:
        self.server = ServerProcess("--data-dir", self.folder, *self._arguments)
        self.index_id = self.server.index_id
        self.http = httpx.Client(base_url=self.server.base_url, headers={"x-api-key": "key"}, timeout=PATIENCE)

    def kill(self) -> None:
        """Kill the emulator in the middle of whatever it does."""
        self.server.kill()
        self.kills += 1

    def restart(self) -> None:
        """Start another one, and check that nothing is lost, nothing doubled and nothing half received."""
        self.http.close()
        self._start()
        tasks = self.tasks()
        assert self.acknowledged <= tasks.keys()
        assert len(tasks) <= len(self.acknowledged) + self.lost_responses
        assert {path.name for path in (self.folder / "videos").iterdir()} <= tasks.keys()
        assert {path.name for path in (self.folder / "media").iterdir()} <= tasks.keys()

    def create(self, **fields: Any) -> str | None:
        """Create a task from fields of the form; return its id, or `None` if no response came."""
        files = {name: value if isinstance(value, tuple) else (None, value) for name, value in fields.items()}
        return self.send(lambda: self.http.post("/tasks", files={"index_id": (None, self.index_id), **files}))

    def send(self, request: Callable[[], httpx.Response]) -> str | None:
        """Record the response to the creation of a task, or that no response came."""
        try:
            response = request()
        except httpx.TransportError:
            self.lost_responses += 1
            return None
        assert response.status_code == 200, response.text
        task = str(response.json()["_id"])
        self.acknowledged.add(task)
        return task

    def task(self, task_id: str) -> dict[str, Any]:
        """Return a task as it stands."""
        response = self.http.get(f"/tasks/{task_id}")
        assert response.status_code == 200, response.text
        return dict(response.json())

    def tasks(self) -> dict[str, dict[str, Any]]:
        """Return all tasks, none of them listed twice."""
        listed = list(self._listed())
        by_id = {str(task["_id"]): task for task in listed}
        assert len(by_id) == len(listed)
        return by_id

    def _listed(self) -> Iterator[dict[str, Any]]:
        number = 1
        while True:
            page = self.http.get("/tasks", params={"page": number, "page_limit": 50}).json()
            yield from page["data"]
            if number >= page["page_info"]["total_page"]:
                return
            number += 1

    def end(self, expected: str = "ready", *, may_lack: str = "") -> dict[str, dict[str, Any]]:
        """Let the time pass until every task is over, and check what they came to and what lies on the disk.

        Args:
            expected: The status they all have to come to.
            may_lack: What the emulator may report a shortage with. Default: it reports nothing.

        Returns:
            The tasks.
        """
        tasks = self._pass_time()
        assert self.acknowledged <= tasks.keys()
        assert len(tasks) <= len(self.acknowledged) + self.lost_responses
        assert {task["status"] for task in tasks.values()} <= {expected}
        streamed = set()
        for name in tasks:
            stream = self.task(name).get("hls")
            if stream:
                assert stream["status"] == "COMPLETE"
                streamed.add(name)
                self._check_stream(stream)
        status, said = self.server.stop()
        assert status == 0
        assert [line for line in said.splitlines() if not (may_lack and may_lack in line)] == []
        assert list((self.folder / "incoming").iterdir()) == []
        assert list((self.folder / "videos").iterdir()) == []
        assert {path.name for path in (self.folder / "media").iterdir()} == streamed
        return tasks

    def _pass_time(self) -> dict[str, dict[str, Any]]:
        """Let hours pass until every task is over, and return the tasks."""
        # Streams are made at a low priority, which is next to nothing on a busy machine.
        for _ in range(HOURS):
            response = self.http.post(
                f"{self.server.url}/_emulator/clock",
                json={"seconds": 3600},
                headers=self.server.token,
                timeout=4 * PATIENCE,
            )
            assert response.status_code == 200, response.text
            if all(task["status"] in FINAL for task in self.tasks().values()):
                break
        return self.tasks()

    def _check_stream(self, stream: dict[str, Any]) -> None:
        playlist = self.http.get(stream["video_url"]).text
        assert playlist.rstrip().endswith("#EXT-X-ENDLIST")
        segments = [line for line in playlist.splitlines() if line and not line.startswith("#")]
        assert segments
        for url in [*(httpx.URL(stream["video_url"]).join(name) for name in segments), *stream["thumbnail_urls"]]:
            response = self.http.get(url)
            assert (response.status_code, bool(response.content)) == (200, True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.http.close()
        self.server.__exit__(kind, error, traceback)
