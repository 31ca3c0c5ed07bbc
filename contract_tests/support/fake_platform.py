"""The platform in memory: it creates, lists and retrieves tasks, and loses responses as told.

Clients reach it without a network, or over real sockets within `serve_platform`.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from typing import Any

import attrs
import httpx

from contract_tests.support import http_server
from contract_tests.support.forms import parts_of
from contract_tests.support.http_server import Arrival, Response
from contract_tests.support.samples import INDEX_ID, created, identifier, page, problem, task
from contract_tests.support.socket_server import PATIENCE
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

__all__ = ["SETTLING", "FakePlatform", "Fate", "serve_platform", "wait"]

SETTLING = 0.02  # seconds, real ones, because the pauses of the async client cannot be skipped


class Fate(Enum):
    """What happens to an upload, which is always read whole."""

    CREATED = "the task is created, and the response says so"
    LOST = "the task is created, and the connection ends without a response"
    BROKEN = "no task is created, and the connection ends"
    UNREACHABLE = "no connection can be made"
    REFUSED = "no task is created, and the response says so"
    KEPT = "the task is created, and no response comes until `release`"
    HELD = "nothing happens until `release`; the task is created then, and the response says so"


def wait(seconds: float = 0.02) -> httpx.Response:
    """Return the response that tells an upload to wait."""
    return httpx.Response(429, headers={"Retry-After": str(seconds)}, json=problem("too_many_requests", "Slow down."))


@attrs.define
class FakePlatform:
    """The platform.

    Attributes:
        fates: What happens to the next uploads of each filename, a fate or a response; `CREATED` for all others.
        trouble: What happens to the next requests: a status, an exception, or `None` for nothing.
        clock_ahead: How many seconds the clock of the tasks is ahead of that of this machine.
        date_ahead: How many seconds `Date` is ahead, as that of a gateway may be; `None` for no `Date`.
        listed_as: What lists make of a filename; `None` for nothing at all.
        list_fate: The response to lists; `None` for the usual one.
        hides_lists: Whether lists are refused once an upload has come, so that outcomes stay unknown.
        on_request: Called before each response.
        before_list: Called before the response to a list that is requested once an upload has come.
        during: Called with the filename while an upload is on its way.
        tasks: The tasks, the oldest first.
        contents: The bytes of the video of each task, or its URL.
        requests: The requests, in the order in which they came.
        times: When each of them came, on the monotonic clock, in seconds.
        sent: How often each filename was uploaded whole.
        most_at_once: How many uploads were on their way at the same time.
        url: Where it is, if it is served.
        groups: The process groups of the programs that were started to use it.
    """

    fates: dict[str, list[Any]] = attrs.field(factory=dict)
    trouble: list[Any] = attrs.field(factory=list)
    clock_ahead: float = 0.0
    date_ahead: float | None = 0.0
    listed_as: Callable[[str], str | None] = str
    list_fate: httpx.Response | None = None
    hides_lists: bool = False
    on_request: Callable[[], object] = lambda: None
    before_list: Callable[[], object] = lambda: None
    during: Callable[[str], object] = lambda name: None
    tasks: list[dict[str, Any]] = attrs.field(factory=list)
    contents: dict[str, bytes] = attrs.field(factory=dict)
    requests: list[httpx.Request] = attrs.field(factory=list)
    times: list[float] = attrs.field(factory=list)
    sent: Counter[str] = attrs.field(factory=Counter)
    most_at_once: int = 0
    url: str = ""
    groups: list[int] = attrs.field(factory=list)
    _at_once: int = 0
    _released: threading.Event = attrs.field(factory=threading.Event)
    _is_over: bool = False
    _lock: threading.Lock = attrs.field(factory=threading.Lock)

    def use(self, twin: Twin, use: Callable[[Any], Any], **options: Any) -> Any:
        """Call a function with a client of this platform, and return its result."""
        if self.url:
            return twin(use, base_url=self.url, **options)
        kind = httpx.AsyncClient if twin.is_async else httpx.Client
        return twin(use, httpx_client=kind(transport=httpx.MockTransport(self.respond)), **options)

    def use_all(self, twin: Twin, *uses: Callable[[Any], Any]) -> list[Any]:
        """Call several functions with one client, without retries, and return what each returns or raises."""

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

        used: list[Any] = self.use(twin, all_awaited if twin.is_async else all_of, max_retries=0)
        return used

    def create_bulk(self, twin: Twin, **arguments: Any) -> list[Any]:
        """Call `create_bulk` with a new client, and return its result."""
        given = {"index_id": INDEX_ID, "settling_seconds": SETTLING, **arguments}
        results: list[Any] = self.use(twin, lambda client: client.tasks.create_bulk(**given))
        return results

    def create_in_turn(self, twin: Twin, **arguments: Any) -> list[Any]:
        """Do as `create_bulk`, but upload one after the other."""
        return self.create_bulk(twin, **{"max_concurrency": 1, **arguments})

    def leave_unknown(self, twin: Twin, **arguments: Any) -> None:
        """Do as `create_in_turn`, but show no list once an upload has come."""
        self.hides_lists = True
        self.create_in_turn(twin, **arguments)
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

    def filenames(self) -> list[str]:
        """Return the filenames of all tasks, sorted."""
        return sorted(task["system_metadata"]["filename"] for task in self.tasks)

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request; raise a transport error where there is no response."""
        self.on_request()
        with self._lock:
            self.requests.append(request)
            self.times.append(time.monotonic())
            trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, Exception):
            raise trouble
        response = self._act_on(request) if trouble is None else httpx.Response(trouble, json=problem())
        if self.date_ahead is not None:
            response.headers["Date"] = format_datetime(self._now(self.date_ahead), usegmt=True)
        return response

    def play(self, arrival: Arrival) -> Iterator[bytes]:
        """Yield the response to a request that arrived over a socket; end the connection where there is none."""
        try:
            response = self.respond(
                httpx.Request(
                    arrival.method,
                    f"http://platform.test{arrival.target}",
                    headers=arrival.headers,
                    content=arrival.body,
                )
            )
        except httpx.TransportError:
            raise ConnectionError from None
        yield Response(response.status_code, response.content, dict(response.headers), is_last=False).raw()

    def list_tasks(self) -> list[dict[str, Any]]:
        """Return the tasks that lists show, the newest first."""
        return sorted(self.tasks, key=lambda each: str(each["created_at"]), reverse=True)

    def find_task(self, task_id: str) -> dict[str, Any] | None:
        """Return a task as it is retrieved, `None` if there is no such task."""
        return next((each for each in self.tasks if each["_id"] == task_id), None)

    def _act_on(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v1.3")
        if request.method == "POST":
            return self._create(request)
        if path == "/tasks":
            return self._list(request.url.params)
        task_id = path.rpartition("/")[2]
        found = self.find_task(task_id)
        if found is None:
            return httpx.Response(404, json=problem("resource_not_exist", f"{task_id} does not exist"))
        return httpx.Response(200, json=found)

    def _list(self, asked: httpx.QueryParams) -> httpx.Response:
        if self.list_fate is not None:
            return copy_response(self.list_fate)
        if self.sent and self.hides_lists:
            return httpx.Response(403, json=problem("forbidden", "The list is hidden."))
        if self.sent:
            self.before_list()
        number, limit = int(asked.get("page", 1)), int(asked.get("page_limit", 10))
        of_index = [each for each in self.list_tasks() if each["index_id"] == asked.get("index_id", each["index_id"])]
        shown = [self._as_listed(each) for each in of_index[(number - 1) * limit : number * limit]]
        return httpx.Response(200, json=page(shown, page=number, total_page=-(-len(of_index) // limit)))

    def _as_listed(self, task: dict[str, Any]) -> dict[str, Any]:
        name = self.listed_as(task["system_metadata"]["filename"])
        return {**task, "system_metadata": None if name is None else {**task["system_metadata"], "filename": name}}

    def _create(self, request: httpx.Request) -> httpx.Response:
        parts = parts_of(request)
        if "video_file" in parts:
            name, content = str(parts["video_file"].filename), parts["video_file"].content
        else:
            content = parts["video_url"].content
            name = content.decode().rpartition("/")[2]
        with self._lock:
            self.sent[name] += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            fate = self.fates[name].pop(0) if self.fates.get(name) else Fate.CREATED
        try:
            self.during(name)
            return self._met(fate, name, content, parts["index_id"].content.decode())
        finally:
            with self._lock:
                self._at_once -= 1

    def _met(self, fate: Any, name: str, content: bytes, index_id: str) -> httpx.Response:
        if isinstance(fate, httpx.Response):
            return copy_response(fate)
        if fate is Fate.UNREACHABLE:
            raise httpx.ConnectError("refused")
        if fate is Fate.REFUSED:
            return httpx.Response(400, json=problem())
        if fate is Fate.HELD:
            self._wait()
        if fate is Fate.BROKEN:
            raise httpx.ReadError("reset")
        task_id = self.add(name, content, index_id=index_id)
        if fate is Fate.KEPT:
            self._wait()
        if fate is Fate.LOST:
            raise httpx.ReadError("reset")
        return httpx.Response(200, json=created(_id=task_id, video_id=task_id))

    def _now(self, ahead: float) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def _wait(self) -> None:
        self._released.wait(PATIENCE)
        if self._is_over:
            raise httpx.ReadError("over")


def copy_response(response: httpx.Response) -> httpx.Response:
    """Return a response that nobody has read."""
    return httpx.Response(response.status_code, headers=response.headers, content=response.content)


@contextmanager
def serve_platform(**attributes: Any) -> Iterator[FakePlatform]:
    """Serve a platform with some attributes over real sockets, until the block ends."""
    platform = FakePlatform(**attributes)
    with http_server.serve(platform.play) as server:
        platform.url = server.url
        try:
            yield platform
        finally:
            platform.end()
