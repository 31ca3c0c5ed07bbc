"""What the library logs, at which level, and that it prints nothing."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import respx

from contract_tests.support.clock import Clock
from contract_tests.support.samples import INDEX_ID, TASK_ID, created, problem, task
from contract_tests.support.twins import BASE_URL, Twin
from twelvelabs_tasks import errors

URL = f"{BASE_URL}/tasks/{TASK_ID}"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[tuple[str, str]]]:
    """The level and the text of all that the library logs."""
    found: list[tuple[str, str]] = []

    class Remember(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append((record.levelname, record.getMessage()))

    logger = logging.getLogger("twelvelabs_tasks")
    remember = Remember()
    with caplog.at_level(logging.DEBUG, logger="twelvelabs_tasks"):
        logger.addHandler(remember)
        yield found
        logger.removeHandler(remember)


@pytest.fixture(autouse=True)
def printed(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Fail if a test prints anything."""
    yield
    assert capsys.readouterr() == ("", "")


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


def test_every_response_is_logged_for_debugging(
    twin: Twin, platform: respx.MockRouter, logged: list[tuple[str, str]]
) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(json=task())
    twin(
        lambda client: client.tasks.retrieve(
            TASK_ID, request_options={"additional_query_parameters": {"secret": "of the caller"}}
        )
    )
    assert logged == [("DEBUG", f"GET {URL}: 200")]


def test_every_retry_is_logged_with_its_reason(
    twin: Twin, platform: respx.MockRouter, clock: Clock, logged: list[tuple[str, str]]
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    busy = httpx.Response(429, json=problem("too_many_requests", "Slow down."), headers={"Retry-After": "7"})
    route.side_effect = [busy, httpx.ConnectError("refused"), httpx.Response(200, json=task())]
    twin(retrieve)
    retries = [text for level, text in logged if level == "INFO"]
    assert retries[0] == "Attempt 1 failed, next in 7.0 s: Slow down. (too_many_requests, 429)"
    assert retries[1].endswith(f": GET {URL} failed: ConnectError: refused")
    assert [level for level, _ in logged] == ["DEBUG", "INFO", "INFO", "DEBUG"]


def test_a_wait_that_continues_after_an_error_is_logged_as_a_warning(
    twin: Twin, platform: respx.MockRouter, clock: Clock, logged: list[tuple[str, str]]
) -> None:
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(500, json=problem("internal", "Sorry.")), httpx.Response(200, json=task())]
    twin(lambda client: client.tasks.wait_for_done(TASK_ID))
    assert [entry for entry in logged if entry[0] == "WARNING"] == [
        ("WARNING", f"Task {TASK_ID} could not be checked, trying again: Sorry. (internal, 500)")
    ]


def test_a_task_that_was_searched_for_and_found_is_logged(
    twin: Twin, platform: respx.MockRouter, clock: Clock, logged: list[tuple[str, str]]
) -> None:
    found = task(created_at=datetime.now(UTC).isoformat(), system_metadata={"filename": "a.mp4"})
    platform.post("/tasks").respond(500)
    platform.get("/tasks").side_effect = [httpx.Response(400), httpx.Response(200, json={"data": [found]})]
    url = "https://example.com/a.mp4"
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_url=url, on_unknown="reconcile"))
    assert [entry for entry in logged if entry[0] != "DEBUG"] == [
        ("WARNING", "The list of tasks could not be searched for a.mp4: The API responded with 400 Bad Request (400)"),
        ("INFO", f"Found the task whose response was lost: {TASK_ID}"),
    ]


def test_a_task_that_the_platform_gives_to_two_creations_is_logged_as_an_error(
    platform: respx.MockRouter, logged: list[tuple[str, str]]
) -> None:
    platform.post("/tasks").respond(json=created())

    def create_two(client: Any) -> list[Any]:
        return [client.tasks.create(index_id=INDEX_ID, video_url=f"https://example.com/{name}") for name in "ab"]

    assert [each.id for each in Twin("sync")(create_two)] == [created()["_id"]] * 2
    assert [entry for entry in logged if entry[0] != "DEBUG"] == [
        ("ERROR", f"The platform gave task {created()['_id']} to another creation of this client, too")
    ]


def test_an_error_that_is_raised_is_not_logged_as_well(
    twin: Twin, platform: respx.MockRouter, logged: list[tuple[str, str]]
) -> None:
    platform.get(f"/tasks/{TASK_ID}").respond(404, json=problem())
    with pytest.raises(errors.NotFoundError):
        twin(retrieve)
    assert logged == [("DEBUG", f"GET {URL}: 404")]


def test_a_retry_is_not_seen_unless_logging_is_set_up(
    twin: Twin, platform: respx.MockRouter, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = io.StringIO()
    monkeypatch.setattr(logging, "lastResort", logging.StreamHandler(seen))
    monkeypatch.setattr(logging.getLogger("twelvelabs_tasks"), "propagate", False)
    route = platform.get(f"/tasks/{TASK_ID}")
    route.side_effect = [httpx.Response(503), httpx.Response(200, json=task())]
    twin(retrieve)
    assert seen.getvalue() == ""
