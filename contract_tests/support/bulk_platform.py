"""A platform that takes in videos, loses the answers it is told to lose, and lists what it has."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx

from contract_tests.support.account import identifier
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, VIDEO, created, page, problem, task
from contract_tests.support.twins import Twin

__all__ = ["BROKEN", "LOST", "REFUSED", "SETTLING", "Platform", "make_files", "wait"]

LOST = "the task is made, and its answer lost"
BROKEN = "the connection breaks after the upload, and no task is made"
REFUSED = "no connection can be made"
SETTLING = 0.05  # seconds, real ones, because the pauses of the async client cannot be skipped


def wait(seconds: float = 0.02) -> httpx.Response:
    """Return the answer that tells an upload to wait."""
    return httpx.Response(429, headers={"Retry-After": str(seconds)}, json=problem("too_many_requests", "Slow down."))


def make_files(folder: Path, count: int) -> list[Path]:
    """Make files of different names and sizes."""
    paths = [folder / f"{number:03}.mp4" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(VIDEO + bytes(number))
    return paths


@dataclass
class Platform:
    """The platform.

    Attributes:
        fates: What happens to the next uploads of each filename: `LOST`, `BROKEN`, `REFUSED`, an answer, or `None` for
            nothing special, as with those that are not here.
        tasks: The tasks, the oldest first.
        requests: What was asked, in the order in which it came.
        times: When each of them came, on the monotonic clock, in seconds.
        sent: How often each filename was uploaded.
        list_fate: What happens to lists: an answer, `None` for nothing special.
        is_hidden: Whether lists leave the filenames out.
        during: Called with the filename while an upload is on its way.
        most_at_once: How many uploads were on their way at the same time.
    """

    fates: dict[str, list[Any]] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    list_fate: httpx.Response | None = None
    is_hidden: bool = False
    during: Callable[[str], object] = lambda name: None
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def create_bulk(self, twin: Twin, **arguments: Any) -> list[Any]:
        """Return the results of a bulk creation with a client of this platform."""
        kind = httpx.AsyncClient if twin.is_async else httpx.Client
        given = {"index_id": INDEX_ID, "settling_seconds": SETTLING, **arguments}
        results: list[Any] = twin(
            lambda client: client.tasks.create_bulk(**given),
            httpx_client=kind(transport=httpx.MockTransport(self.answer)),
        )
        return results

    def add(self, filename: str, ago: float = 0.0) -> str:
        """Make a task, as of some seconds ago; return its identifier."""
        at = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat().replace("+00:00", "Z")
        with self._lock:
            task_id = identifier(len(self.tasks))
            self.tasks.append(
                task(_id=task_id, index_id=INDEX_ID, created_at=at, system_metadata={"filename": filename}, hls=None)
            )
        return task_id

    def filenames(self) -> list[str]:
        """Return the filenames of all tasks, sorted."""
        return sorted(task["system_metadata"]["filename"] for task in self.tasks)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        with self._lock:
            self.requests.append(request)
            self.times.append(time.monotonic())
        return self._list(request.url.params) if request.method == "GET" else self._create(request)

    def _list(self, asked: httpx.QueryParams) -> httpx.Response:
        if self.list_fate is not None:
            return self.list_fate
        number, limit = int(asked.get("page", 1)), int(asked.get("page_limit", 10))
        shown = sorted(self.tasks, key=lambda each: str(each["created_at"]), reverse=True)
        shown = shown[(number - 1) * limit : number * limit]
        if self.is_hidden:
            shown = [{**each, "system_metadata": None} for each in shown]
        body = page(shown, page=number, total_page=-(-len(self.tasks) // limit))
        return httpx.Response(200, json=body, headers={"Date": format_datetime(datetime.now(UTC), usegmt=True)})

    def _create(self, request: httpx.Request) -> httpx.Response:
        parts = parts_of(request)
        name = str(parts["video_file"].filename) if "video_file" in parts else parts["video_url"].content.decode()
        with self._lock:
            self.sent[name] += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            fate = self.fates[name].pop(0) if self.fates.get(name) else None
        try:
            self.during(name)
            return self._met(fate, name)
        finally:
            with self._lock:
                self._at_once -= 1

    def _met(self, fate: Any, name: str) -> httpx.Response:
        if isinstance(fate, httpx.Response):
            return httpx.Response(fate.status_code, headers=fate.headers, content=fate.content)
        if fate == REFUSED:
            raise httpx.ConnectError("refused")
        if fate == BROKEN:
            raise httpx.ReadError("reset")
        task_id = self.add(name.rpartition("/")[2])
        if fate == LOST:
            raise httpx.ReadError("reset")
        return httpx.Response(200, json=created(_id=task_id, video_id=task_id))
