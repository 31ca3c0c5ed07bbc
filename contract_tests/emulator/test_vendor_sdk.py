"""The vendor's own SDK, as a client: whoever uses it can use the emulator."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from twelvelabs import AsyncTwelveLabs, TwelveLabs
from twelvelabs.core.api_error import ApiError
from twelvelabs.errors import BadRequestError
from twelvelabs.tasks import TasksRetrieveResponse
from twelvelabs.wrapper.task_client_wrapper import AsyncTaskClientWrapper, TaskClientWrapper

from contract_tests.support.emulators import plant
from contract_tests.support.videos import CHEAP, Videos
from contract_tests.support.web import Resource, Web
from twelvelabs_emulator import Emulator

NOBODY = "0123456789abcdef01234567"


@pytest.fixture
def vendor(emulator: Emulator) -> Iterator[TwelveLabs]:
    """The vendor's client, on an emulator whose tasks take a second."""
    emulator.configure(stage_seconds=0.25)
    with httpx.Client() as http:
        yield TwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url, httpx_client=http)


@pytest.fixture
def tasks(vendor: TwelveLabs) -> TaskClientWrapper:
    """Its methods on tasks."""
    assert isinstance(vendor.tasks, TaskClientWrapper)
    return vendor.tasks


def catch(error: pytest.ExceptionInfo[ApiError]) -> tuple[int | None, str, str]:
    """Return the status, code and message of an error."""
    body: Any = error.value.body
    body = body if isinstance(body, dict) else body.model_dump()
    return error.value.status_code, body["code"], body["message"]


@pytest.mark.slow
def test_it_creates_a_task_from_a_file_and_waits_for_it(
    tasks: TaskClientWrapper, emulator: Emulator, videos: Videos
) -> None:
    with videos.plain().open("rb") as file:
        created = tasks.create(index_id=emulator.index_id, video_file=file)
    assert created.id == created.video_id
    seen: list[str | None] = []
    assert created.id
    task = tasks.wait_for_done(created.id, sleep_interval=0.05, callback=lambda task: seen.append(task.status))
    assert task.status == "ready"
    assert [status for number, status in enumerate(seen) if seen.index(status) == number] == [
        "validating",
        "pending",
        "queued",
        "indexing",
        "ready",
    ]
    assert task.hls
    assert task.hls.status == "COMPLETE"
    assert task.hls.video_url
    assert httpx.get(task.hls.video_url).text.startswith("#EXTM3U")
    assert task.hls.thumbnail_urls
    assert len(task.hls.thumbnail_urls) == 3


@pytest.mark.slow
def test_it_creates_a_task_from_a_url_and_waits_for_it(
    tasks: TaskClientWrapper, emulator: Emulator, web: Web, videos: Videos
) -> None:
    web.resources["/holiday.mp4"] = Resource(videos.cheap().read_bytes())
    url = f"{web.url}/holiday.mp4"
    created = tasks.create(index_id=emulator.index_id, video_url=url, enable_video_stream=False)
    assert created.id
    seen: list[str | None] = []
    task = tasks.wait_for_done(created.id, sleep_interval=0.05, callback=lambda task: seen.append(task.status))
    assert seen[0] == "uploading"
    assert task.status == "ready"
    assert task.hls is None
    assert task.system_metadata
    assert task.system_metadata.filename == "holiday.mp4"


def test_it_sees_a_task_fail(tasks: TaskClientWrapper, emulator: Emulator, web: Web) -> None:
    created = tasks.create(index_id=emulator.index_id, video_url=f"{web.url}/missing.mp4")
    assert created.id
    assert tasks.wait_for_done(created.id, sleep_interval=0.05).status == "failed"
    tasks.delete(created.id)


def test_it_retrieves_a_task(tasks: TaskClientWrapper, emulator: Emulator, videos: Videos) -> None:
    content = videos.plain().read_bytes()
    created = tasks.create(
        index_id=emulator.index_id, video_file=("holiday.mp4", content), user_metadata='{"category": "holiday"}'
    )
    assert created.id
    task: TasksRetrieveResponse = tasks.retrieve(created.id)
    assert task.id == task.video_id == created.id
    assert task.index_id == emulator.index_id
    assert task.status == "validating"
    assert task.created_at
    assert task.created_at == task.updated_at
    assert task.system_metadata
    metadata = task.system_metadata
    assert (metadata.filename, metadata.duration, metadata.width, metadata.height) == ("holiday.mp4", 12.0, 640, 360)


def test_it_lists_all_tasks_page_by_page(tasks: TaskClientWrapper, emulator: Emulator) -> None:
    planted = plant(emulator, *({"filename": f"{number}.mp4"} for number in range(23)))
    listed = list(tasks.list(page_limit=5))
    assert [task.id for task in listed] == [task.id for task in reversed(planted)]
    pages = [received.query for received in emulator.received if received.operation == "list_tasks"]
    assert [query.split("&")[0] for query in pages][:5] == [f"page={number}" for number in range(1, 6)]
    assert [task.id for task in tasks.list(page=2, page_limit=10, sort_option="asc").items or []] == [
        task.id for task in planted[10:20]
    ]


def test_it_lists_the_tasks_that_meet_its_filters(tasks: TaskClientWrapper, emulator: Emulator) -> None:
    day = 1_709_294_400_000  # 2024-03-01T12:00:00Z
    common = {"created_at": day, "updated_at": day, "filename": "video.mp4", "duration": 20.2}
    wanted, other, *_ = plant(
        emulator,
        common | {"status": "indexing"},
        common,
        common | {"status": "failed"},
        common | {"width": 1280},
        common | {"filename": "other.mp4"},
        common | {"duration": 21.0},
        common | {"created_at": day + 86_400_000},
        common | {"updated_at": day - 86_400_000},
    )
    listed = tasks.list(
        page=1,
        page_limit=5,
        sort_by="created_at",
        sort_option="desc",
        index_id=emulator.index_id,
        status=["ready", "indexing"],
        filename="video.mp4",
        duration=20,
        width=640,
        height=360,
        created_at="2024-03-01T00:00:00Z",
        updated_at="2024-03-01T00:00:00Z",
    )
    assert [task.id for task in listed] == [other.id, wanted.id]


@pytest.mark.slow
def test_it_deletes_a_task_after_its_video_vector(
    vendor: TwelveLabs, tasks: TaskClientWrapper, emulator: Emulator, videos: Videos
) -> None:
    created = tasks.create(index_id=emulator.index_id, video_file=videos.cheap().read_bytes())
    assert created.id
    with pytest.raises(BadRequestError) as error:
        tasks.delete(created.id)
    assert catch(error)[:2] == (400, "task_cannot_be_deleted")
    tasks.wait_for_done(created.id, sleep_interval=0.05)
    with pytest.raises(BadRequestError) as error:
        tasks.delete(created.id)
    assert catch(error)[:2] == (400, "task_cannot_be_deleted")
    vendor.indexes.videos.delete(emulator.index_id, created.id)
    tasks.delete(created.id)
    with pytest.raises(ApiError) as missing:
        tasks.retrieve(created.id)
    assert catch(missing)[:2] == (404, "resource_not_exist")


def test_it_creates_tasks_in_bulk(tasks: TaskClientWrapper, emulator: Emulator, videos: Videos) -> None:
    contents = [videos.cheap(seed).read_bytes() for seed in range(3)]
    created = tasks.create_bulk(index_id=emulator.index_id, video_files=[*contents])
    assert {task.id for task in created} == {task.id for task in tasks.list()}


def test_it_raises_what_the_platform_says_of_a_video(
    tasks: TaskClientWrapper, emulator: Emulator, videos: Videos
) -> None:
    short = videos.make("4s.mp4", **CHEAP | {"duration": 4.0}).read_bytes()
    for content, code, message in (
        (short, "video_duration_too_short", "Current duration is `4.0` seconds."),
        (b"no video", "video_file_broken", "Please check the video file is valid and try again."),
    ):
        with pytest.raises(BadRequestError) as error:
            tasks.create(index_id=emulator.index_id, video_file=content)
        assert catch(error)[:2] == (400, code)
        assert catch(error)[2].endswith(message)
        assert error.value.headers
        assert error.value.headers["x-api-version"] == "1.3.0"


def test_it_raises_what_the_platform_says_of_a_request(tasks: TaskClientWrapper, emulator: Emulator) -> None:
    with pytest.raises(BadRequestError) as error:
        tasks.list(page_limit=51)
    assert catch(error) == (400, "parameter_invalid", "The `page_limit` parameter is invalid.")
    with pytest.raises(BadRequestError) as error:
        tasks.create(index_id=emulator.index_id)
    assert catch(error)[:2] == (400, "parameter_not_provided")
    with pytest.raises(ApiError) as missing:
        tasks.retrieve(NOBODY)
    assert catch(missing)[:2] == (404, "resource_not_exist")
    emulator.configure(api_key="secret")
    with pytest.raises(ApiError) as refused:
        tasks.retrieve(NOBODY)
    assert catch(refused)[:2] == (401, "api_key_invalid")


def test_it_tries_again_when_there_were_too_many_requests(tasks: TaskClientWrapper, emulator: Emulator) -> None:
    emulator.scenario("list_tasks", status=429, retry_after=0)
    assert list(tasks.list(request_options={"max_retries": 3})) == []
    assert [received.status for received in emulator.received][:2] == [429, 200]
    emulator.configure(rate_limit=0)
    with pytest.raises(ApiError) as error:
        tasks.list()
    assert catch(error)[:2] == (429, "too_many_requests")


def test_its_asynchronous_twin_does_the_same(emulator: Emulator, videos: Videos) -> None:
    emulator.configure(stage_seconds=0)

    async def use() -> list[str | None]:
        async with httpx.AsyncClient() as http:
            vendor = AsyncTwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url, httpx_client=http)
            content = videos.cheap().read_bytes()
            tasks = vendor.tasks
            assert isinstance(tasks, AsyncTaskClientWrapper)
            created = await tasks.create(index_id=emulator.index_id, video_file=content)
            assert created.id
            task = await tasks.wait_for_done(created.id, sleep_interval=0.05)
            assert task.status == "ready"
            return [task.id async for task in await tasks.list(status="ready")]

    assert len(asyncio.run(use())) == 1
