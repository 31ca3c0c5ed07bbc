"""What the docstrings of calls, errors and raw responses say beside the rest."""

from __future__ import annotations

import io
import itertools
from datetime import UTC, datetime
from typing import Any

import anyio
import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors

OPTIONS = {"additional_headers": {"x-trace": "42"}}


def traces(platform: respx.MockRouter) -> set[str | None]:
    """Return with which of our headers requests came."""
    return {call.request.headers.get("x-trace") for call in platform.calls}


def test_a_raw_response_hides_the_key_and_has_headers_of_any_case(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(f"/tasks/{TASK_ID}").respond(json=task(), headers={"X-Api-Version": "1.3.0"})
    raw = twin(lambda client: client.tasks.with_raw_response.retrieve(TASK_ID))
    assert route.calls.last.request.headers["x-api-key"] == API_KEY
    assert API_KEY not in str(raw.response.request.headers.raw)
    assert raw.headers["x-api-version"] == raw.headers["X-API-VERSION"] == "1.3.0"


class Endless(io.RawIOBase):
    """A stream whose size is not known."""

    def __init__(self) -> None:
        self._pieces = [VIDEO]

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._pieces.pop() if self._pieces else b""


@pytest.mark.parametrize(
    ("make", "filename", "size", "is_url"),
    [
        (lambda: {"video_file": ("a.mp4", VIDEO)}, "a.mp4", len(VIDEO), False),
        (lambda: {"video_file": ("a.mp4", Endless())}, "a.mp4", None, False),
        (lambda: {"video_url": "https://example.com/films/b.mp4?x=1"}, "b.mp4", None, True),
    ],
)
def test_an_unknown_outcome_says_what_was_sent_and_when(
    twin: Twin, platform: respx.MockRouter, make: Any, filename: str, size: int | None, is_url: bool
) -> None:
    platform.post("/tasks").respond(500)
    before = datetime.now(UTC)
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, **make()))
    lost = caught.value
    assert (lost.index_id, lost.filename, lost.size, lost.is_url) == (INDEX_ID, filename, size, is_url)
    assert before <= lost.started_at <= datetime.now(UTC)
    assert lost.candidates == ()
    assert lost.response is not None
    assert lost.response.status_code == 500
    assert isinstance(lost.__cause__, errors.InternalServerError)
    assert lost.request is not None
    assert API_KEY not in str(lost.request.headers.raw)


def test_an_unknown_outcome_without_a_response_has_none(twin: Twin) -> None:
    platform = FakePlatform(fates={"a.mp4": [Fate.LOST]})
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        platform.use(twin, lambda client: client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", VIDEO)))
    assert caught.value.response is None


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_creation_that_is_cancelled_may_have_made_a_task(name: str) -> None:
    platform = FakePlatform()
    made: list[str] = []

    async def respond(request: httpx.Request) -> httpx.Response:
        made.append(platform.add("a.mp4"))
        await anyio.sleep_forever()
        raise AssertionError

    async def use(client: Any) -> Any:
        with anyio.move_on_after(0.2) as scope:
            await client.tasks.create(index_id=INDEX_ID, video_file=("a.mp4", VIDEO))
        return scope.cancelled_caught

    assert Twin(name)(use, httpx_client=httpx.AsyncClient(transport=httpx.MockTransport(respond)))
    assert len(made) == 1


def test_progress_starts_again_at_0_when_an_upload_is_retried(
    twin: Twin, platform: respx.MockRouter, clock: Clock
) -> None:
    platform.post("/tasks").side_effect = [httpx.Response(429), httpx.Response(200, json=created())]
    told: list[tuple[int, int | None]] = []
    twin(
        lambda client: client.tasks.create(
            index_id=INDEX_ID, video_file=("a.mp4", VIDEO), on_progress=lambda *numbers: told.append(numbers)
        )
    )
    sent = [each for each, _ in told]
    falls = [after for before, after in itertools.pairwise(sent) if after < before]
    assert falls == [0]
    assert sent[-1] == len(VIDEO)


def test_options_of_a_wait_hold_for_each_check(twin: Twin, platform: respx.MockRouter, clock: Clock) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(200, json=task(status=status)) for status in ("queued", "indexing", "ready")]
    twin(lambda client: client.tasks.wait_for_done(TASK_ID, request_options=OPTIONS))
    assert route.call_count == 3
    assert traces(platform) == {"42"}


def rounds(platform: respx.MockRouter) -> None:
    """Let a task be done in the third round of checks."""
    statuses = iter(["queued", "indexing", "ready"])
    platform.get("/tasks").mock(
        side_effect=lambda _: httpx.Response(200, json=page([task(status=next(statuses), hls=None)]))
    )
    platform.get(f"/tasks/{TASK_ID}").mock(side_effect=lambda _: httpx.Response(200, json=task(status=next(statuses))))


def test_rounds_are_an_interval_apart_and_options_hold_in_each(platform: respx.MockRouter, clock: Clock) -> None:
    rounds(platform)
    (done,) = Twin("sync")(
        lambda client: client.tasks.wait_for_all([TASK_ID], sleep_interval=7.0, request_options=OPTIONS)
    )
    assert done.status == "ready"
    assert clock.slept == [7.0, 7.0]
    assert traces(platform) == {"42"}


def test_the_time_of_an_iteration_counts_from_the_call_on(platform: respx.MockRouter, clock: Clock) -> None:
    rounds(platform)

    def use(client: Any) -> Any:
        iterator = client.tasks.as_completed([TASK_ID], timeout=5.0, sleep_interval=1.0)
        assert not platform.calls
        clock.sleep(6.0)
        return list(iterator)

    with pytest.raises(errors.WaitTimeoutError):
        Twin("sync")(use)
