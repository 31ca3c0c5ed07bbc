"""When the response to a `create` is lost: what is raised, and how the task is searched for."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, problem, task
from contract_tests.support.twins import BASE_URL, Twin
from twelvelabs_tasks import errors

LOST: dict[str, Any] = {
    "reset": httpx.ReadError("reset"),
    "no response": httpx.RemoteProtocolError("Server disconnected without sending a response."),
    "slow": httpx.ReadTimeout("slow"),
    "500": httpx.Response(500),
    "502": httpx.Response(502, text="<html>"),
    "503": httpx.Response(503),
    "504": httpx.Response(504),
    "520": httpx.Response(520),
    "no JSON": httpx.Response(200, text="<html>"),
    "nothing": httpx.Response(201),
    "another form": httpx.Response(200, json={"id": "x"}),
    "no content": httpx.Response(204),
}
REFUSED: dict[str, Any] = {
    "not connected": httpx.ConnectError("refused"),
    "no free connection": httpx.PoolTimeout("busy"),
    "no proxy": httpx.ProxyError("407"),
    "400": httpx.Response(400, json=problem()),
    "401": httpx.Response(401, json=problem()),
    "409": httpx.Response(409),
    "413": httpx.Response(413),
    "429": httpx.Response(429),
    "503 that asks to come again": httpx.Response(503, headers={"Retry-After": "0"}),
    "redirect": httpx.Response(307, headers={"Location": "https://elsewhere.test/"}),
}


def create(client: Any, **arguments: Any) -> Any:
    return client.tasks.create(index_id=INDEX_ID, **{"video_file": ("a.mp4", VIDEO), **arguments})


def failure(twin: Twin, use: Any = create, **options: Any) -> Any:
    """Return the exception that a call ends with."""
    with pytest.raises(errors.TwelveLabsError) as caught:
        twin(use, **options)
    return caught.value


@pytest.mark.parametrize("trouble", LOST.values(), ids=LOST)
def test_after_a_response_that_does_not_say_there_may_be_a_task(
    twin: Twin, platform: respx.MockRouter, clock: Clock, trouble: Any
) -> None:
    route = platform.post("/tasks").mock(side_effect=[trouble])
    before = datetime.now(UTC)
    error = failure(twin)
    assert type(error) is errors.CreateOutcomeUnknown
    assert (error.index_id, error.filename, error.candidates) == (INDEX_ID, "a.mp4", ())
    assert before <= error.started_at <= datetime.now(UTC)
    assert isinstance(error.__cause__, errors.TwelveLabsError)
    assert str(error.__cause__) in str(error)
    assert error.request is not None
    assert error.request.url == f"{BASE_URL}/tasks"
    assert (error.response is None) == isinstance(trouble, Exception)
    assert route.call_count == 1


@pytest.mark.parametrize("trouble", REFUSED.values(), ids=REFUSED)
def test_after_a_refusal_there_is_no_task(twin: Twin, platform: respx.MockRouter, clock: Clock, trouble: Any) -> None:
    platform.post("/tasks").mock(side_effect=lambda _: raise_error(trouble))
    assert not isinstance(failure(twin), errors.CreateOutcomeUnknown)


def raise_error(trouble: Any) -> httpx.Response:
    if isinstance(trouble, Exception):
        raise trouble
    assert isinstance(trouble, httpx.Response)
    return httpx.Response(trouble.status_code, content=trouble.content, headers=trouble.headers)


def test_an_import_whose_response_is_lost_ends_in_the_error_itself(twin: Twin, platform: respx.MockRouter) -> None:
    platform.post(f"/tasks/transfers/import/{TASK_ID}").respond(502)
    with pytest.warns(DeprecationWarning, match="transfers"):
        error = failure(twin, lambda client: client.tasks.transfers.create(TASK_ID, index_id=INDEX_ID))
    assert type(error) is errors.BadGatewayError


class Breaking(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A connection that breaks after some pieces of a request, the head and the end of its form included."""

    def __init__(self, pieces: int) -> None:
        self._pieces = pieces

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        stream: Iterator[bytes] = iter(request.stream)
        for _ in range(self._pieces):
            next(stream)
        raise httpx.WriteError("reset")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        stream: AsyncIterator[bytes] = aiter(request.stream)
        for _ in range(self._pieces):
            await anext(stream)
        raise httpx.WriteError("reset")


BIG = bytes(1_200_000)  # three pieces


def break_off(twin: Twin, pieces: int, **arguments: Any) -> Any:
    """Return the exception that an upload ends with whose connection breaks."""
    client: Any = httpx.AsyncClient if twin.is_async else httpx.Client
    supplied = client(transport=Breaking(pieces))
    return failure(twin, lambda client: create(client, video_file=BIG, **arguments), httpx_client=supplied)


@pytest.mark.parametrize(("pieces", "sent"), [(0, "0"), (1, "0"), (2, "0"), (3, "524,288"), (4, "1,048,576")])
def test_an_upload_that_breaks_off_creates_nothing_and_says_how_far_it_got(twin: Twin, pieces: int, sent: str) -> None:
    error = break_off(twin, pieces)
    assert type(error) is errors.ApiConnectionError
    assert f"{sent} of 1,200,000 bytes of the file were sent" in str(error)


def test_an_upload_that_breaks_off_at_its_end_may_have_created_a_task(twin: Twin) -> None:
    assert type(break_off(twin, 5)) is errors.CreateOutcomeUnknown


def test_the_error_survives_a_trip_to_another_process(platform: respx.MockRouter) -> None:
    platform.post("/tasks").respond(502)
    error = failure(Twin("sync"))
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is errors.CreateOutcomeUnknown
    assert (str(copy), copy.index_id, copy.filename, copy.started_at) == (
        str(error), error.index_id, error.filename, error.started_at,
    )  # fmt: skip


# To search for it


def at(seconds: float, *, filename: str | None = "a.mp4", identifier: str = TASK_ID, **changes: Any) -> Any:
    """Return a task that was created that many seconds from now."""
    moment = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    metadata = None if filename is None else {"filename": filename}
    return task(_id=identifier, created_at=moment, system_metadata=metadata, **changes)


def reconcile(twin: Twin, **arguments: Any) -> Any:
    return twin(lambda client: create(client, on_unknown="reconcile", **arguments))


@pytest.fixture
def lost(platform: respx.MockRouter, clock: Clock) -> respx.MockRouter:
    """A platform that never responds to a creation."""
    platform.post("/tasks").mock(side_effect=httpx.ReadError("reset"))
    return platform


def test_the_one_task_that_was_created_since_is_returned(twin: Twin, lost: respx.MockRouter) -> None:
    listed = [at(1, identifier="1" * 24, filename="other.mp4"), at(1, video_id="v"), at(-60, identifier="2" * 24)]
    route = lost.get("/tasks").respond(json=page(listed))
    result = reconcile(twin)
    assert (result.id, result.video_id) == (TASK_ID, "v")
    assert lost.calls.call_count == 2
    assert dict(route.calls.last.request.url.params) == {
        "index_id": INDEX_ID, "page_limit": "50", "sort_by": "created_at", "sort_option": "desc",
    }  # fmt: skip


def test_a_task_that_the_list_shows_without_its_video_is_that_of_the_video_of_its_name(
    twin: Twin, lost: respx.MockRouter
) -> None:
    lost.get("/tasks").respond(json=page([at(0.5, video_id=None)]))
    assert reconcile(twin).video_id == TASK_ID


def test_a_task_from_a_url_has_the_filename_of_the_url(twin: Twin, lost: respx.MockRouter) -> None:
    lost.get("/tasks").respond(json=page([at(0.5, filename="a b.mp4")]))
    url = "https://example.com/my%20films/a%20b.mp4?token=1"
    assert reconcile(twin, video_file=None, video_url=url).id == TASK_ID


def test_an_empty_filename_in_the_list_proves_nothing(twin: Twin, lost: respx.MockRouter, clock: Clock) -> None:
    lost.get("/tasks").respond(json=page([at(0.5, filename="")]))
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        reconcile(twin, video_file=None, video_url="https://[")
    assert [candidate.id for candidate in caught.value.candidates] == [TASK_ID]


def test_pages_are_followed_as_long_as_their_tasks_are_new_enough(
    twin: Twin, lost: respx.MockRouter, clock: Clock
) -> None:
    new = [at(60, identifier=f"{number:024}", filename="other.mp4") for number in range(3)]
    pages = [page(new, page=1, total_page=3), page([at(0.5), at(-9, identifier="9" * 24)], page=2, total_page=3)]
    route = lost.get("/tasks").mock(side_effect=[httpx.Response(200, json=each) for each in pages])
    assert reconcile(twin).id == TASK_ID
    assert route.call_count == 2
    assert clock.slept == [0]


@pytest.mark.parametrize(
    "listed",
    [
        [],
        [at(-60)],
        [at(3600, filename="other.mp4")],
        [{**at(3600), "_id": None}],
    ],
    ids=["no task", "an old one", "another one", "nameless"],
)
def test_where_there_is_none_that_is_reported_after_some_seconds(
    twin: Twin, lost: respx.MockRouter, clock: Clock, listed: Any
) -> None:
    route = lost.get("/tasks").respond(json=page(listed))
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        reconcile(twin)
    assert caught.value.candidates == ()
    assert caught.value.__notes__ == ["0 tasks in the list may be the one that was created."]
    assert clock.slept == [0, 1, 2, 4]
    assert route.call_count == 4


@pytest.mark.parametrize(
    "listed",
    [at(3600, filename=None), {**at(0.5), "created_at": None}, {**at(0.5), "created_at": "yesterday"}, at(3600)],
    ids=["without a name", "without a time", "with no time", "of another time"],
)
def test_a_task_that_may_be_the_one_is_a_candidate_and_no_more(
    twin: Twin, lost: respx.MockRouter, clock: Clock, listed: Any
) -> None:
    lost.get("/tasks").respond(json=page([listed]))
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        reconcile(twin)
    assert [candidate.id for candidate in caught.value.candidates] == [TASK_ID]
    assert clock.slept == [0, 1, 2, 4]


def test_a_task_that_becomes_visible_late_is_found(twin: Twin, lost: respx.MockRouter, clock: Clock) -> None:
    lost.get("/tasks").mock(side_effect=[httpx.Response(200, json=page(tasks)) for tasks in ([], [], [at(0.5)])])
    assert reconcile(twin).id == TASK_ID
    assert clock.slept == [0, 1, 2]


def test_where_there_are_two_none_is_taken_for_the_one(twin: Twin, lost: respx.MockRouter) -> None:
    lost.get("/tasks").respond(json=page([at(1, identifier="1" * 24), at(0.5)]))
    with pytest.raises(errors.CreateOutcomeUnknown) as caught:
        reconcile(twin)
    assert [candidate.id for candidate in caught.value.candidates] == ["1" * 24, TASK_ID]


def test_a_list_that_fails_is_asked_again(twin: Twin, lost: respx.MockRouter) -> None:
    responses = [httpx.Response(401), httpx.Response(200, text="<html>"), httpx.Response(200, json=page([at(0.5)]))]
    lost.get("/tasks").mock(side_effect=responses)
    assert reconcile(twin).id == TASK_ID


def test_a_creation_with_a_response_is_not_searched_for(twin: Twin, platform: respx.MockRouter) -> None:
    platform.post("/tasks").respond(json=created())
    assert reconcile(twin).id == created()["_id"]
    assert platform.calls.call_count == 1


def test_every_other_request_is_refused(twin: Twin, platform: respx.MockRouter) -> None:
    with pytest.raises(ValueError, match="on_unknown must be 'raise' or 'reconcile'"):
        twin(lambda client: create(client, on_unknown="ignore"))
    assert not platform.calls


@pytest.mark.parametrize("ahead", [-3600, -1, 0, 1, 3600])
def test_the_clock_of_the_platform_may_be_another(twin: Twin, lost: respx.MockRouter, ahead: int) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
    lost.get("/tasks").respond(json=page([at(ahead + 2), at(ahead - 60, identifier="2" * 24)]), headers={"Date": date})
    assert reconcile(twin).id == TASK_ID
