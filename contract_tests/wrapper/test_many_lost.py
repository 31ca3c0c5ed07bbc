"""Many uploads whose outcome is unknown: to search for their tasks takes work in proportion to their number."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import httpx
import pytest

from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, identifier, page, task
from contract_tests.support.twins import API_KEY, BASE_URL
from twelvelabs_tasks import TwelveLabs, errors

FEW, MANY = 150, 600
PAGE = 50


class Losing:
    """A platform that creates every task, and loses every response.

    Args:
        listed_as: What the list makes of a filename.
    """

    def __init__(self, listed_as: Callable[[str], str]) -> None:
        self._listed_as = listed_as
        self._tasks: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request; the list takes work in proportion to its page, not to the tasks that there are."""
        if request.method == "POST":
            metadata = {"filename": self._listed_as(str(parts_of(request)["video_file"].filename))}
            with self._lock:
                now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
                task_id = identifier(len(self._tasks) + 1)
                self._tasks.append(task(_id=task_id, created_at=now, system_metadata=metadata, hls=None))
            return httpx.Response(502)
        start = (int(request.url.params.get("page", 1)) - 1) * PAGE
        end = len(self._tasks) - start
        shown = self._tasks[max(0, end - PAGE) : end][::-1]
        return httpx.Response(200, json=page(shown, page=start // PAGE + 1, total_page=-(-len(self._tasks) // PAGE)))


@contextmanager
def count_calls() -> Iterator[list[int]]:
    """Count the calls of functions that this thread makes, as a measure of work that is the same on every machine."""
    count = [0]

    def notice(frame: FrameType, event: str, argument: object) -> None:
        count[0] += event in ("call", "c_call")

    sys.setprofile(notice)
    try:
        yield count
    finally:
        sys.setprofile(None)


def work(number: int, name: Callable[[int], str], listed_as: Callable[[str], str], *, is_clear: bool) -> int:
    """Return the calls that it takes to create so many tasks whose responses are lost, and to search for them."""
    platform = Losing(listed_as)
    files = [(name(each), b"video") for each in range(number)]
    http = httpx.Client(transport=httpx.MockTransport(platform.respond))
    with http, TwelveLabs(api_key=API_KEY, base_url=BASE_URL, httpx_client=http) as client, count_calls() as count:
        results = client.tasks.create_bulk(index_id=INDEX_ID, video_files=files, settling_seconds=0)
    for result in results:
        assert is_clear == (result.task is not None)
        assert is_clear or isinstance(result.error, errors.CreateOutcomeUnknown)
    return count[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "listed_as", "is_clear"),
    [
        (lambda number: f"{number}.mp4", str, True),
        (lambda number: "clip.mp4", str, False),
        (lambda number: f"{number}ü.mp4", lambda name: name.replace("ü", "u"), False),
    ],
    ids=["of different names", "of one name", "whose names the list rewrites"],
)
def test_four_times_as_many_lost_uploads_take_about_four_times_the_work(
    name: Callable[[int], str], listed_as: Callable[[str], str], is_clear: bool
) -> None:
    few, many = (work(number, name, listed_as, is_clear=is_clear) for number in (FEW, MANY))
    assert many / few < MANY / FEW * 1.4, f"{few:,} calls for {FEW}, {many:,} for {MANY}"
