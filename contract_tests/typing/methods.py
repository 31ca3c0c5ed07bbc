"""User code that a type checker must understand exactly: every method.

Nothing here runs. `make lint` checks it with mypy and basedpyright; one `Any`, or one `None` too many, fails there.
"""

import io
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import assert_type

import httpx

from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs
from twelvelabs_tasks.core import AsyncPager, File, RawResponse, RequestOptions, SyncPager
from twelvelabs_tasks.tasks import TasksCreateResponse, TasksListRequestStatusItem, TasksRetrieveResponse
from twelvelabs_tasks.tasks.transfers import (
    TransfersCreateResponse,
    TransfersGetLogsResponse,
    TransfersGetStatusResponse,
)
from twelvelabs_tasks.types import (
    BulkResult,
    VideoIndexingTask,
)
from twelvelabs_tasks_api.pagers import PageInfo

OPTIONS: RequestOptions = {
    "timeout_in_seconds": 5,
    "max_retries": 0,
    "additional_headers": {"x-trace": "1"},
    "additional_query_parameters": {"a": 1},
    "additional_body_parameters": {"b": True},
    "chunk_size": 1024,
}
FILES: list[File] = [
    "holiday.mp4",
    Path("holiday.mp4"),
    b"bytes",
    io.BytesIO(b"bytes"),
    ("holiday.mp4", b"bytes"),
    ("holiday.mp4", io.BytesIO(b"bytes"), "video/mp4"),
    (None, Path("holiday.mp4"), None, {"x-part": "1"}),
]


def show_progress(sent: int, total: int | None) -> None: ...
def on_update(task: TasksRetrieveResponse) -> None: ...
def on_listed(task: VideoIndexingTask) -> None: ...
async def on_update_async(task: TasksRetrieveResponse) -> None: ...
async def on_listed_async(task: VideoIndexingTask) -> None: ...


def clients(sync_httpx: httpx.Client, async_httpx: httpx.AsyncClient) -> None:
    with TwelveLabs() as client:
        assert_type(client, TwelveLabs)
    TwelveLabs(
        api_key="key",
        base_url="http://127.0.0.1/v1.3",
        headers={"x-team": "1"},
        timeout=httpx.Timeout(5),
        max_retries=2,
        follow_redirects=True,
        httpx_client=sync_httpx,
    ).close()
    AsyncTwelveLabs(api_key="key", timeout=5.0, httpx_client=async_httpx)


def sync_methods(client: TwelveLabs) -> None:
    for file in FILES:
        created = client.tasks.create(
            index_id="i",
            video_file=file,
            enable_video_stream=True,
            user_metadata={"a": 1, "b": "text", "c": 1.5, "d": True},
            on_progress=show_progress,
            request_options=OPTIONS,
        )
        assert_type(created, TasksCreateResponse)
    client.tasks.create(index_id="i", video_url="https://example.com/a.mp4", user_metadata='{"a": 1}')
    assert_type(client.tasks.retrieve("t", request_options=OPTIONS), TasksRetrieveResponse)
    assert_type(client.tasks.retrieve(task_id="t"), TasksRetrieveResponse)
    done = client.tasks.wait_for_done(
        "t", sleep_interval=1.0, callback=on_update, timeout=60.0, request_options=OPTIONS
    )
    assert_type(done, TasksRetrieveResponse)
    assert_type(
        client.tasks.wait_for_all(["t"], sleep_interval=1.0, callback=on_listed, timeout=60.0, request_options=OPTIONS),
        list[VideoIndexingTask],
    )
    assert_type(
        client.tasks.as_completed({"t"}, sleep_interval=1.0, timeout=60.0, request_options=OPTIONS),
        Iterator[VideoIndexingTask],
    )
    results = client.tasks.create_bulk(
        index_id="i",
        video_files=iter(FILES),
        video_urls=["https://example.com/a.mp4"],
        enable_video_stream=True,
        user_metadata={"a": 1},
        preflight=True,
        max_concurrency=2,
        executor=ThreadPoolExecutor(),
        client_factory=TwelveLabs,
        ledger=Path("uploads.sqlite"),
        settling_seconds=1.0,
        on_progress=show_progress,
        request_options=OPTIONS,
    )
    assert_type(results, list[BulkResult])
    assert_type(results[0].input, File)
    assert_type(results[0].task, TasksCreateResponse | None)
    assert_type(results[0].error, Exception | None)
    client.tasks.create_bulk(index_id="i", video_files=Path().glob("*.mp4"))
    client.tasks.create_bulk(index_id="i", video_files=["a.mp4", "b.mp4"], ledger="uploads.sqlite")
    one: TasksListRequestStatusItem = "ready"
    pager = client.tasks.list(
        page=1,
        page_limit=5,
        sort_by="created_at",
        sort_option="desc",
        index_id="i",
        status=["ready", "indexing"],
        filename="video.mp4",
        duration=20,
        width=640,
        height=360,
        created_at="2024-03-01T00:00:00Z",
        updated_at="2024-03-01T00:00:00Z",
        request_options=OPTIONS,
    )
    assert_type(pager, SyncPager[VideoIndexingTask])
    assert_type(client.tasks.list(status=one), SyncPager[VideoIndexingTask])
    assert_type(pager.items, list[VideoIndexingTask])
    assert_type(pager.has_next, bool)
    assert_type(pager.page_info, PageInfo | None)
    assert_type(pager.response, httpx.Response)
    assert_type(pager.next_page(), SyncPager[VideoIndexingTask] | None)
    assert_type(pager.iter_pages(), Iterator[SyncPager[VideoIndexingTask]])
    assert_type(iter(pager), Iterator[VideoIndexingTask])
    assert_type(
        client.tasks.transfers.create(
            "g",
            index_id="i",
            incremental_import=True,
            retry_failed=False,
            user_metadata={"category": "recentlyAdded", "batchNumber": 5},
            request_options=OPTIONS,
        ),
        TransfersCreateResponse,
    )
    assert_type(
        client.tasks.transfers.get_status("g", index_id="i", request_options=OPTIONS), TransfersGetStatusResponse
    )
    assert_type(client.tasks.transfers.get_logs("g", request_options=OPTIONS), TransfersGetLogsResponse)
    client.tasks.delete("t", request_options=OPTIONS)
    client.indexes.videos.delete("i", "v", request_options=OPTIONS)


async def async_methods(client: AsyncTwelveLabs) -> None:
    async with client as entered:
        assert_type(entered, AsyncTwelveLabs)
    await client.aclose()
    for file in FILES:
        created = await client.tasks.create(
            index_id="i",
            video_file=file,
            enable_video_stream=True,
            user_metadata={"a": 1},
            on_progress=show_progress,
            request_options=OPTIONS,
        )
        assert_type(created, TasksCreateResponse)
    assert_type(await client.tasks.retrieve("t", request_options=OPTIONS), TasksRetrieveResponse)
    done = await client.tasks.wait_for_done(
        "t", sleep_interval=1.0, callback=on_update_async, timeout=60.0, request_options=OPTIONS
    )
    assert_type(done, TasksRetrieveResponse)
    assert_type(await client.tasks.wait_for_done("t", callback=on_update), TasksRetrieveResponse)
    assert_type(
        await client.tasks.wait_for_all(
            ["t"], sleep_interval=1.0, callback=on_listed_async, timeout=60.0, request_options=OPTIONS
        ),
        list[VideoIndexingTask],
    )
    await client.tasks.wait_for_all(["t"], callback=on_listed)
    assert_type(
        client.tasks.as_completed(["t"], sleep_interval=1.0, timeout=60.0, request_options=OPTIONS),
        AsyncIterator[VideoIndexingTask],
    )
    results = await client.tasks.create_bulk(
        index_id="i",
        video_files=iter(FILES),
        video_urls=["https://example.com/a.mp4"],
        enable_video_stream=True,
        user_metadata={"a": 1},
        preflight=True,
        max_concurrency=2,
        ledger=Path("uploads.sqlite"),
        settling_seconds=1.0,
        on_progress=show_progress,
        request_options=OPTIONS,
    )
    assert_type(results, list[BulkResult])
    pager = await client.tasks.list(
        page=1,
        page_limit=5,
        sort_by="updated_at",
        sort_option="asc",
        index_id="i",
        status="failed",
        filename="video.mp4",
        duration=20.5,
        width=640,
        height=360,
        created_at="2024-03-01T00:00:00Z",
        updated_at="2024-03-01T00:00:00Z",
        request_options=OPTIONS,
    )
    assert_type(pager, AsyncPager[VideoIndexingTask])
    assert_type(pager.items, list[VideoIndexingTask])
    assert_type(pager.has_next, bool)
    assert_type(pager.page_info, PageInfo | None)
    assert_type(pager.response, httpx.Response)
    assert_type(await pager.next_page(), AsyncPager[VideoIndexingTask] | None)
    assert_type(pager.iter_pages(), AsyncIterator[AsyncPager[VideoIndexingTask]])
    async for task in pager:
        assert_type(task, VideoIndexingTask)
    transfers = client.tasks.transfers
    assert_type(await transfers.create("g", index_id="i", request_options=OPTIONS), TransfersCreateResponse)
    assert_type(await transfers.get_status("g", index_id="i"), TransfersGetStatusResponse)
    assert_type(await transfers.get_logs("g"), TransfersGetLogsResponse)
    await client.tasks.delete("t", request_options=OPTIONS)
    await client.indexes.videos.delete("i", "v", request_options=OPTIONS)


def sync_raw_responses(client: TwelveLabs) -> None:
    tasks, transfers = client.tasks.with_raw_response, client.tasks.transfers.with_raw_response
    created = tasks.create(index_id="i", video_file=b"bytes", on_unknown="reconcile", request_options=OPTIONS)
    assert_type(created, RawResponse[TasksCreateResponse])
    assert_type(created.data, TasksCreateResponse)
    assert_type(created.status_code, int)
    assert_type(created.headers, httpx.Headers)
    assert_type(created.response, httpx.Response)
    assert_type(tasks.retrieve("t", request_options=OPTIONS), RawResponse[TasksRetrieveResponse])
    assert_type(tasks.list(status="ready"), RawResponse[SyncPager[VideoIndexingTask]])
    assert_type(tasks.delete("t"), RawResponse[None])
    assert_type(transfers.create("g", index_id="i"), RawResponse[TransfersCreateResponse])
    assert_type(transfers.get_status("g", index_id="i"), RawResponse[TransfersGetStatusResponse])
    assert_type(transfers.get_logs("g"), RawResponse[TransfersGetLogsResponse])
    assert_type(client.indexes.videos.with_raw_response.delete("i", "v"), RawResponse[None])


async def async_raw_responses(client: AsyncTwelveLabs) -> None:
    tasks, transfers = client.tasks.with_raw_response, client.tasks.transfers.with_raw_response
    assert_type(await tasks.create(index_id="i", video_url="u"), RawResponse[TasksCreateResponse])
    assert_type(await tasks.retrieve("t", request_options=OPTIONS), RawResponse[TasksRetrieveResponse])
    assert_type(await tasks.list(status="ready"), RawResponse[AsyncPager[VideoIndexingTask]])
    assert_type(await tasks.delete("t"), RawResponse[None])
    assert_type(await transfers.create("g", index_id="i"), RawResponse[TransfersCreateResponse])
    assert_type(await transfers.get_status("g", index_id="i"), RawResponse[TransfersGetStatusResponse])
    assert_type(await transfers.get_logs("g"), RawResponse[TransfersGetLogsResponse])
    assert_type(await client.indexes.videos.with_raw_response.delete("i", "v"), RawResponse[None])
