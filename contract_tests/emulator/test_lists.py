"""Lists of tasks: filters alone and combined, order, and pages at every edge."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import STAGE, Upload, plant
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.store import Task
from twelvelabs_emulator.times import format_time

OTHER_INDEX = "00000000000000000000000a"


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


NOON = milliseconds("2024-03-01T12:00:00+00:00")
DAY = 24 * 3600 * 1000
MINUTE = 60 * 1000
NAMES = ["a.mp4", "b.mp4", "B.mp4", "a%.mp4", "ä ö.mp4"]
STATUSES = ["ready", "uploading", "validating", "pending", "queued", "indexing", "failed"]


@pytest.fixture
def tasks(emulator: Emulator) -> list[Task]:
    """Sixty tasks over three days around noon, many of them of the same time."""
    emulator.create_index("other", OTHER_INDEX)
    return plant(
        emulator,
        *(
            {
                "index_id": OTHER_INDEX if number % 4 == 0 else emulator.index_id,
                "status": STATUSES[number % 7],
                "filename": NAMES[number % 5],
                "duration": 10 + number % 6 * 0.25,
                "width": 640 if number % 3 else 1280,
                "height": 360 if number % 2 else 720,
                "created_at": NOON + (number % 3 - 1) * DAY + number // 20 * MINUTE,
                "updated_at": NOON + number % 2 * DAY + number // 15 * MINUTE,
            }
            for number in range(60)
        ),
    )


def list_ids(http: httpx.Client, query: Mapping[str, Any] | None = None, **more: Any) -> list[str]:
    """Return the ids of all tasks on all pages."""
    found: list[str] = []
    for page in itertools.count(1):
        params = dict(query or {}) | more | {"page": page, "page_limit": 50}
        response = http.get("/tasks", params=params)
        assert response.status_code == 200, response.text
        found += [task["_id"] for task in response.json()["data"]]
        if page >= response.json()["page_info"]["total_page"]:
            return found
    raise AssertionError


def since(column: str, text: str) -> tuple[str, Callable[[Task], bool]]:
    """Return a time, and whether a task is of the same day (UTC), at or after it."""
    start = milliseconds(text)
    day = datetime.fromtimestamp(start / 1000, UTC).date()

    def meets(task: Task) -> bool:
        time: int = getattr(task, column)
        return time >= start and datetime.fromtimestamp(time / 1000, UTC).date() == day

    return text, meets


FILTERS: dict[str, list[tuple[Any, Callable[[Task], bool]]]] = {
    "index_id": [(OTHER_INDEX, lambda task: task.index_id == OTHER_INDEX)],
    "status": [
        ("ready", lambda task: task.status == "ready"),
        (["failed"], lambda task: task.status == "failed"),
        (["ready", "indexing", "ready"], lambda task: task.status in ("ready", "indexing")),
        (STATUSES, lambda _: True),
    ],
    "filename": [
        ("a.mp4", lambda task: task.filename == "a.mp4"),
        ("B.mp4", lambda task: task.filename == "B.mp4"),
        ("a%.mp4", lambda task: task.filename == "a%.mp4"),
        ("ä ö.mp4", lambda task: task.filename == "ä ö.mp4"),
        ("a", lambda _: False),
        ("", lambda _: False),
    ],
    "duration": [
        (10, lambda task: task.duration is not None and 9.5 <= task.duration <= 10.5),
        (10.6, lambda task: task.duration is not None and 10.1 <= task.duration <= 11.1),
        (11.75, lambda task: task.duration is not None and task.duration == 11.25),
        (12, lambda _: False),
    ],
    "width": [(1280, lambda task: task.width == 1280), (0, lambda _: False)],
    "height": [(360, lambda task: task.height == 360), (361, lambda _: False)],
    "created_at": [
        since("created_at", text)
        for text in (
            "2024-03-01T00:00:00Z",
            "2024-03-01T12:01:00.000Z",
            "2024-03-01T12:01:00.001Z",
            "2024-02-29T00:00:00Z",
            "2024-03-02T12:01:00+00:00",
            "2024-03-01T13:01:00+01:00",
            "2024-02-29T23:30:00-02:00",
            "2024-03-01T23:59:59.999Z",
            "2031-01-01T00:00:00Z",
        )
    ],
    "updated_at": [
        since("updated_at", text) for text in ("2024-03-01T00:00:00Z", "2024-03-02T12:02:00Z", "2024-03-03T00:00:00Z")
    ],
}
SINGLE = [(name, value, meets) for name, choices in FILTERS.items() for value, meets in choices]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "value", "meets"), SINGLE, ids=[f"{name}={value}" for name, value, _ in SINGLE])
def test_a_filter_gives_the_tasks_that_meet_it(
    name: str, value: Any, meets: Callable[[Task], bool], tasks: list[Task], http: httpx.Client
) -> None:
    found = list_ids(http, {name: value})
    assert sorted(found) == sorted(task.id for task in tasks if meets(task))


def test_filters_combined_give_the_tasks_that_meet_all_of_them(tasks: list[Task], http: httpx.Client) -> None:
    hits = 0
    for one, other in itertools.combinations(FILTERS, 2):
        for (value, meets), (second, too) in itertools.product(FILTERS[one][:2], FILTERS[other][:2]):
            expected = sorted(task.id for task in tasks if meets(task) and too(task))
            assert sorted(list_ids(http, {one: value, other: second})) == expected
            hits += bool(expected)
    assert hits > 40


def test_all_filters_at_once_give_the_task_that_meets_them_all(tasks: list[Task], http: httpx.Client) -> None:
    task = tasks[17]
    query = {
        "index_id": task.index_id,
        "status": ["failed", task.status],
        "filename": task.filename,
        "duration": task.duration,
        "width": task.width,
        "height": task.height,
        "created_at": format_time(task.created_at),
        "updated_at": format_time(task.updated_at),
    }
    assert task.id in list_ids(http, query)
    others = {"status": "uploading", "filename": "c.mp4", "duration": 99, "width": 1, "height": 1}
    for name, value in others.items():
        assert list_ids(http, query | {name: value}) == []


def test_a_task_whose_video_is_not_known_yet_meets_no_filter_on_it(emulator: Emulator, http: httpx.Client) -> None:
    plant(emulator, {"status": "uploading", "duration": None, "width": None, "height": None})
    for name in ("duration", "width", "height"):
        assert list_ids(http, {name: 0}) == []
    assert http.get("/tasks").json()["data"][0]["system_metadata"] == {"filename": "planted.mp4"}


# Order


@pytest.mark.parametrize("key", ["created_at", "updated_at"])
@pytest.mark.parametrize("option", ["asc", "desc"])
def test_tasks_are_sorted_and_those_of_the_same_time_stay_in_the_order_they_were_made(
    key: str, option: str, tasks: list[Task], http: httpx.Client
) -> None:
    order = {task.id: (getattr(task, key), number) for number, task in enumerate(tasks)}
    expected = sorted(order, key=lambda identifier: order[identifier], reverse=option == "desc")
    assert list_ids(http, sort_by=key, sort_option=option) == expected
    pages = [
        http.get("/tasks", params={"sort_by": key, "sort_option": option, "page": page, "page_limit": 7}).json()
        for page in range(1, 10)
    ]
    assert [task["_id"] for page in pages for task in page["data"]] == expected


def test_the_newest_comes_first_unless_asked_otherwise(tasks: list[Task], http: httpx.Client) -> None:
    assert list_ids(http) == list_ids(http, sort_by="created_at", sort_option="desc")
    assert list_ids(http, sort_by="updated_at") == list_ids(http, sort_by="updated_at", sort_option="desc")
    assert list_ids(http, sort_option="asc") == list_ids(http, sort_by="created_at", sort_option="asc")


# Pages


@pytest.mark.parametrize(
    ("count", "page", "limit", "expected", "total_page"),
    [
        (0, 1, 10, 0, 0),
        (0, 2, 10, 0, 0),
        (1, 1, 10, 1, 1),
        (9, 1, 10, 9, 1),
        (10, 1, 10, 10, 1),
        (10, 2, 10, 0, 1),
        (11, 1, 10, 10, 2),
        (11, 2, 10, 1, 2),
        (11, 3, 10, 0, 2),
        (60, 1, 50, 50, 2),
        (60, 2, 50, 10, 2),
        (50, 1, 50, 50, 1),
        (51, 2, 50, 1, 2),
        (5, 5, 1, 1, 5),
        (5, 6, 1, 0, 5),
        (5, 10**18, 50, 0, 1),
    ],
)
def test_a_page_holds_what_it_should_and_says_where_it_is(
    count: int, page: int, limit: int, expected: int, total_page: int, emulator: Emulator, http: httpx.Client
) -> None:
    plant(emulator, *({} for _ in range(count)))
    response = http.get("/tasks", params={"page": page, "page_limit": limit}).json()
    assert len(response["data"]) == expected
    assert response["page_info"] == {
        "limit_per_page": limit,
        "page": page,
        "total_page": total_page,
        "total_results": count,
    }


def test_a_page_holds_ten_tasks_unless_asked_otherwise(tasks: list[Task], http: httpx.Client) -> None:
    response = http.get("/tasks").json()
    assert len(response["data"]) == 10
    assert response["page_info"] == {"limit_per_page": 10, "page": 1, "total_page": 6, "total_results": 60}


def test_a_page_counts_those_only_that_meet_the_filters(tasks: list[Task], http: httpx.Client) -> None:
    response = http.get("/tasks", params={"width": 1280, "page_limit": 15, "page": 2}).json()
    assert len(response["data"]) == 5
    assert response["page_info"] == {"limit_per_page": 15, "page": 2, "total_page": 2, "total_results": 20}
    response = http.get("/tasks", params={"width": 1}).json()
    assert response == {
        "data": [],
        "page_info": {"limit_per_page": 10, "page": 1, "total_page": 0, "total_results": 0},
    }


def test_a_list_shows_tasks_in_the_status_they_have_by_now(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    identifier = upload(videos.cheap()).json()["_id"]
    assert list_ids(http, status="validating") == [identifier]
    emulator.advance(STAGE)
    assert list_ids(http, status="validating") == []
    assert list_ids(http, status=["ready", "pending"]) == [identifier]
    task = http.get(f"/tasks/{identifier}").json()
    assert list_ids(http, updated_at=task["updated_at"], created_at=task["created_at"]) == [identifier]
    del task["hls"]
    assert http.get("/tasks").json()["data"] == [task]


@pytest.mark.slow
def test_pages_far_back_among_many_tasks_are_found(emulator: Emulator, http: httpx.Client) -> None:
    many = plant(emulator, *({"created_at": NOON + number // 3} for number in range(20_000)))
    newest_first = [task.id for task in reversed(many)]
    for page in (1, 2, 199, 200, 201, 399, 400):
        response = http.get("/tasks", params={"page": page, "page_limit": 50}).json()
        assert [task["_id"] for task in response["data"]] == newest_first[(page - 1) * 50 : page * 50]
        assert response["page_info"]["total_page"] == 400
