"""Imports: started, followed, looked up afterwards, and deprecated."""

from __future__ import annotations

import json
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest
import respx

from contract_tests.support import samples
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID, TASK_ID
from contract_tests.support.twins import Twin
from twelvelabs_tasks.tasks.transfers import (
    TransfersCreateResponse,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
)

PATH = f"/tasks/transfers/import/{INTEGRATION_ID}"
silent = pytest.mark.filterwarnings("ignore:tasks.transfers")


@silent
def test_an_import_is_started(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post(PATH).respond(201, json=samples.started_import())
    metadata = {"category": "recentlyAdded", "batchNumber": 5, "rating": 9.5, "ok": True, "año": "映画"}
    response = twin(
        lambda client: client.tasks.transfers.create(
            integration_id=INTEGRATION_ID,
            index_id=INDEX_ID,
            incremental_import=True,
            retry_failed=False,
            user_metadata=metadata,
        )
    )
    assert isinstance(response, TransfersCreateResponse)
    assert [(video.video_id, video.filename) for video in response.videos or []] == [(TASK_ID, "holiday.mp4")]
    assert [failed.filename for failed in response.failed_files or []] == ["notes.txt"]
    request = route.calls.last.request
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {
        "index_id": INDEX_ID,
        "incremental_import": True,
        "retry_failed": False,
        "user_metadata": metadata,
    }


@silent
def test_an_import_sends_nothing_that_was_not_given(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.post(PATH).respond(201, json={})
    response = twin(lambda client: client.tasks.transfers.create(INTEGRATION_ID, index_id=INDEX_ID))
    assert json.loads(route.calls.last.request.content) == {"index_id": INDEX_ID}
    assert (response.videos, response.failed_files) == (None, None)


@silent
def test_the_status_of_imports_groups_the_videos(twin: Twin, platform: respx.MockRouter) -> None:
    route = platform.get(PATH + "/status").respond(json=samples.status())
    status = twin(lambda client: client.tasks.transfers.get_status(INTEGRATION_ID, index_id=INDEX_ID))
    assert isinstance(status, TransfersGetStatusResponse)
    assert route.calls.last.request.url.query == f"index_id={INDEX_ID}".encode()
    assert status.not_imported == ["late.mp4"]
    assert (status.validating, status.pending, status.queued, status.indexing) == (None, None, None, None)
    (video,) = status.ready or []
    assert (video.video_id, video.filename) == (TASK_ID, "holiday.mp4")
    assert video.created_at == datetime(2022, 6, 9, 4, 50, 0, 879000, UTC)
    (failed,) = status.failed or []
    assert failed.error_message.startswith("Cannot read video file")


@silent
def test_the_logs_of_imports_count_the_videos(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get(PATH + "/logs").respond(json=samples.logs())
    logs = twin(lambda client: client.tasks.transfers.get_logs(integration_id=INTEGRATION_ID))
    assert isinstance(logs, TransfersGetLogsResponse)
    (log,) = logs.data or []
    assert (log.index_id, log.index_name, log.ended_at) == (INDEX_ID, "holidays", None)
    assert log.created_at == datetime(2022, 6, 9, 4, 50, 0, 879000, UTC)
    assert dict(log.video_status or ()) == {
        "ready": 1, "validating": 0, "queued": 0, "pending": 0, "indexing": 1, "failed": 1
    }  # fmt: skip
    assert [failed.filename for failed in log.failed_files or []] == ["notes.txt"]


@silent
def test_no_logs_are_not_an_error(twin: Twin, platform: respx.MockRouter) -> None:
    platform.get(PATH + "/logs").respond(json={"data": None})
    assert twin(lambda client: client.tasks.transfers.get_logs(INTEGRATION_ID)).data is None


def test_each_method_warns_at_the_line_that_calls_it(twin: Twin, platform: respx.MockRouter) -> None:
    platform.route().respond(201, json={})
    uses: dict[str, Any] = {
        "create": lambda client: client.tasks.transfers.create(INTEGRATION_ID, index_id=INDEX_ID),
        "get_status": lambda client: client.tasks.transfers.get_status(INTEGRATION_ID, index_id=INDEX_ID),
        "get_logs": lambda client: client.tasks.transfers.get_logs(INTEGRATION_ID),
    }
    for name, use in uses.items():
        called_from = use.__code__

        async def await_use(client: Any, use: Any = use) -> Any:
            return await use(client)

        if twin.is_async:  # there the line that awaits is the one that calls
            called_from = await_use.__code__
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            twin(await_use if twin.is_async else use)
        (warning,) = caught
        assert warning.category is DeprecationWarning
        assert warning.filename == __file__
        lines = {line for _, _, line in called_from.co_lines()}
        assert warning.lineno in lines
        assert f"tasks.transfers.{name} is deprecated" in str(warning.message)
        assert "October 31, 2025" in str(warning.message)


def test_nothing_else_warns(twin: Twin, platform: respx.MockRouter) -> None:
    platform.route().respond(200, json=samples.created())
    twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=samples.VIDEO))


@pytest.mark.filterwarnings("ignore:tasks.transfers")
def test_an_empty_index_is_refused_before_anything_is_sent(twin: Twin, platform: respx.MockRouter) -> None:
    for use in (
        lambda client: client.tasks.transfers.create(INTEGRATION_ID, index_id=""),
        lambda client: client.tasks.transfers.get_status(INTEGRATION_ID, index_id=""),
    ):
        with pytest.raises(ValueError, match="index_id must not be empty"):
            twin(use)
    assert platform.calls.call_count == 0
