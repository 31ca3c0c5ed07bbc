"""A platform over a real socket that loses responses, and whose clocks and lists are as bad as real ones may be."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from pathlib import Path
from typing import Any

import httpx

from contract_tests.support.account import identifier
from contract_tests.support.forms import parts_of
from contract_tests.support.http_server import Arrival, raw_response, serving
from contract_tests.support.samples import INDEX_ID, VIDEO, created, page, problem, task
from contract_tests.support.socket_server import PATIENCE
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

__all__ = ["SETTLING", "Fate", "LostPlatform", "make_file", "running"]

SETTLING = 0.02  # seconds, real ones


class Fate(Enum):
    """What becomes of an upload, which is always read whole."""

    CREATED = "the task is created, and the response says so"
    LOST = "the task is created, and the connection ends without a response"
    BROKEN = "no task is created, and the connection ends"
    REFUSED = "no task is created, and the response says so"
    KEPT = "the task is created, and no response comes until `release`"
    HELD = "nothing happens until `release`; the task is created then, and the response says so"


def make_file(path: Path, content: bytes = VIDEO) -> Path:
    """Make a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@dataclass
class LostPlatform:
    """The platform.

    Attributes:
        clock_ahead: By how many seconds the clock that tasks are stamped by is ahead of that of this machine.
        date_ahead: By how many seconds `Date` is ahead, as that of a gateway may be; `None` for no `Date`.
        listed_as: What the list makes of a filename; `None` for nothing at all.
        hides_lists: Whether lists are refused once an upload has come, so that outcomes stay unknown.
        before_list: Called before the response to a list that is asked for once an upload has come.
        fates: What becomes of the next uploads of each filename; `CREATED` for all others.
        tasks: The tasks, the oldest first.
        contents: The bytes of the video of each task, or its URL.
        sent: How often each filename was uploaded whole.
        url: Where it is.
        groups: The process groups of the programs that were started to use it.
    """

    clock_ahead: float = 0.0
    date_ahead: float | None = 0.0
    listed_as: Callable[[str], str | None] = str
    hides_lists: bool = False
    before_list: Callable[[], object] = lambda: None
    fates: dict[str, list[Fate]] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    url: str = ""
    groups: list[int] = field(default_factory=list)
    _released: threading.Event = field(default_factory=threading.Event)
    _is_over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def use(self, twin: Twin, *uses: Callable[[Any], Any]) -> list[Any]:
        """Return what several uses of one client return or raise, one after the other."""

        def all_of(client: Any) -> list[Any]:
            results = []
            for use in uses:
                try:
                    results.append(use(client))
                except errors.TwelveLabsError as error:
                    results.append(error)
            return results

        async def all_awaited(client: Any) -> list[Any]:
            results = []
            for use in uses:
                try:
                    results.append(await use(client))
                except errors.TwelveLabsError as error:
                    results.append(error)
            return results

        used: list[Any] = twin(all_awaited if twin.is_async else all_of, base_url=self.url, max_retries=0)
        return used

    def create_bulk(self, twin: Twin, **arguments: Any) -> list[Any]:
        """Return what `create_bulk` returns, with a client of its own; it uploads one after the other."""
        given = {"index_id": INDEX_ID, "settling_seconds": SETTLING, "max_concurrency": 1, **arguments}
        results: list[Any] = twin(lambda client: client.tasks.create_bulk(**given), base_url=self.url)
        return results

    def leave_unknown(self, twin: Twin, **arguments: Any) -> None:
        """Do as `create_bulk`, but show no list once an upload has come."""
        self.hides_lists = True
        self.create_bulk(twin, **arguments)
        self.hides_lists = False

    def release(self) -> None:
        """Let the uploads go on that are held, and respond to those whose response was kept."""
        self._released.set()

    def end(self) -> None:
        """Hold nobody any more, and create no more tasks."""
        self._is_over = True
        self._released.set()

    def add(self, name: str, content: bytes = b"", *, index_id: str = INDEX_ID, ago: float = 0.0) -> str:
        """Create a task, as of some seconds ago, as somebody else may do; return its identifier."""
        moment = self._now(self.clock_ahead - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._lock:
            task_id = identifier(len(self.tasks) + 1)
            metadata = {"filename": name}
            self.tasks.append(
                task(_id=task_id, index_id=index_id, created_at=moment, system_metadata=metadata, hls=None)
            )
            self.contents[task_id] = content
        return task_id

    def respond(self, arrival: Arrival) -> Iterator[bytes]:
        """Yield the response to a request; end the connection where there is none."""
        headers = {}
        if self.date_ahead is not None:
            headers["date"] = format_datetime(self._now(self.date_ahead), usegmt=True)
        if arrival.method == "POST":
            body, status = self._create(arrival.as_request())
        elif self.hides_lists and self.sent:
            body, status = problem("forbidden", "The list is hidden."), 403
        else:
            if self.sent:
                self.before_list()
            body, status = self._list(httpx.URL(arrival.target).params), 200
        yield raw_response(body, status, content_type="application/json", **headers)

    def _create(self, request: httpx.Request) -> tuple[Any, int]:
        parts = parts_of(request)
        if "video_file" in parts:
            name, content = str(parts["video_file"].filename), parts["video_file"].content
        else:
            content = parts["video_url"].content
            name = content.decode().rpartition("/")[2]
        with self._lock:
            self.sent[name] += 1
            fate = self.fates[name].pop(0) if self.fates.get(name) else Fate.CREATED
        if fate is Fate.REFUSED:
            return problem(), 400
        if fate is Fate.HELD:
            self._wait()
        if fate is Fate.BROKEN:
            raise ConnectionError
        task_id = self.add(name, content, index_id=parts["index_id"].content.decode())
        if fate is Fate.KEPT:
            self._wait()
        if fate is Fate.LOST:
            raise ConnectionError
        return created(_id=task_id, video_id=task_id), 200

    def _list(self, asked: httpx.QueryParams) -> Any:
        number, limit = int(asked.get("page", 1)), int(asked.get("page_limit", 10))
        of_index = [each for each in self.tasks if each["index_id"] == asked.get("index_id", each["index_id"])]
        newest_first = sorted(of_index, key=lambda each: str(each["created_at"]), reverse=True)
        shown = [
            {**each, "system_metadata": None if name is None else {"filename": name}}
            for each in newest_first[(number - 1) * limit : number * limit]
            for name in [self.listed_as(each["system_metadata"]["filename"])]
        ]
        return page(shown, page=number, total_page=-(-len(of_index) // limit))

    def _now(self, ahead: float) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def _wait(self) -> None:
        self._released.wait(PATIENCE)
        if self._is_over:
            raise ConnectionError


@contextmanager
def running(**attributes: Any) -> Iterator[LostPlatform]:
    """A platform with some attributes, as long as the block lasts."""
    platform = LostPlatform(**attributes)
    with serving(platform.respond) as server:
        platform.url = server.url
        try:
            yield platform
        finally:
            platform.end()
