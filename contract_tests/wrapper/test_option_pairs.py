"""Every option reaches the platform whoever sends: any two of them together, with each way of sending."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from allpairspy import AllPairs

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.forms import Part, parts_of
from contract_tests.support.samples import INDEX_ID, make_file
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import TwelveLabs

ABSENT = object()
NAME = "clip.mp4"
METADATA = {"season": 2, "title": "Größe"}
OTHER_KEY = "tlk_of_one_call"


class Row(NamedTuple):
    """A call, and what it is made with; `ABSENT` is an option that is not given."""

    sender: str
    video: str
    enable_video_stream: Any
    user_metadata: Any
    headers: Any
    query: Any
    body: Any
    timeout: Any
    common_headers: Any

    def __str__(self) -> str:
        options = list(self._asdict().items())[2:]
        return "-".join([self.sender, self.video, *(name for name, value in options if value is not ABSENT)])


CHOICES: dict[str, list[Any]] = {
    "sender": [
        *(f"{how} {twin}" for how in ("create", "bulk") for twin in ("sync", "asyncio", "trio")),
        "threads sync",
        "processes sync",
    ],
    "video": ["path", "named", "typed", "with headers", "url"],
    "enable_video_stream": [ABSENT, False, True],
    "user_metadata": [ABSENT, METADATA, json.dumps(METADATA)],
    "headers": [ABSENT, {"X-Trace": "of the call"}, {"X-API-Key": OTHER_KEY}],
    "query": [ABSENT, {"region": "eu", "tags": ["a", "b"]}],
    "body": [ABSENT, {"priority": "high"}],
    "timeout": [ABSENT, 20.0],
    "common_headers": [ABSENT, {"X-Trace": "of the client", "X-Team": "video"}],
}
"""What each of them can be."""
ROWS = [Row(*row) for row in AllPairs(list(CHOICES.values()))]


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        yield executor


@pytest.fixture(scope="module")
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def given(**options: Any) -> dict[str, Any]:
    """Return the options that are given."""
    return {name: value for name, value in options.items() if value is not ABSENT}


def send(row: Row, platform: FakePlatform, path: Path, executors: dict[str, Executor]) -> httpx.Request:
    """Make the call of a row, and return the request that arrived."""
    how, _, twin = row.sender.partition(" ")
    files = {
        "path": path,
        "named": ("other.mp4", path),
        "typed": ("other.mp4", path, "video/x-own"),
        "with headers": ("other.mp4", path, "video/x-own", {"X-Part": "1"}),
    }
    request_options = given(
        additional_headers=row.headers,
        additional_query_parameters=row.query,
        additional_body_parameters=row.body,
        timeout_in_seconds=row.timeout,
    )
    options = given(enable_video_stream=row.enable_video_stream, user_metadata=row.user_metadata)
    options |= {"index_id": INDEX_ID, "request_options": request_options}
    video: Any = "https://example.com/clip.mp4" if row.video == "url" else files[row.video]
    names = ("video_url", "video_urls") if row.video == "url" else ("video_file", "video_files")
    common = given(headers=row.common_headers)
    if how == "create":
        platform.use(Twin(twin), lambda client: client.tasks.create(**options, **{names[0]: video}), **common)
    else:
        if how in executors:
            options["executor"] = executors[how]
        if how == "processes":
            options["client_factory"] = partial(TwelveLabs, api_key=API_KEY, base_url=platform.url, **common)
        (result,) = platform.use(
            Twin(twin), lambda client: client.tasks.create_bulk(**options, **{names[1]: [video]}), **common
        )
        assert result.error is None
    (request,) = (request for request in platform.requests if request.method == "POST")
    return request


def check_headers(row: Row, request: httpx.Request) -> None:
    headers = {**given(headers=row.common_headers).get("headers", {}), **given(headers=row.headers).get("headers", {})}
    assert {name: request.headers.get(name) for name in headers} == headers
    if "X-API-Key" not in headers:
        assert request.headers["x-api-key"] == API_KEY
    for name in {"X-Trace", "X-Team"} - headers.keys():
        assert name not in request.headers


def check_query(row: Row, request: httpx.Request) -> None:
    query = [] if row.query is ABSENT else [("region", "eu"), ("tags", "a"), ("tags", "b")]
    assert request.url.params.multi_items() == query


def check_form(row: Row, parts: dict[str, Part], content: bytes) -> None:
    fields = {"index_id": INDEX_ID, **({} if row.body is ABSENT else row.body)}
    if row.enable_video_stream is not ABSENT:
        fields["enable_video_stream"] = str(row.enable_video_stream).lower()
    if row.video == "url":
        fields["video_url"] = "https://example.com/clip.mp4"
    else:
        file = parts.pop("video_file")
        named = NAME if row.video == "path" else "other.mp4"
        own_type = "video/x-own" if row.video in ("typed", "with headers") else "video/mp4"
        assert (file.filename, file.content_type, file.content) == (named, own_type, content)
        assert file.headers.get("X-Part") == ("1" if row.video == "with headers" else None)
    metadata = parts.pop("user_metadata", None)
    assert (metadata and json.loads(metadata.content)) == (None if row.user_metadata is ABSENT else METADATA)
    assert {name: part.content.decode() for name, part in parts.items()} == fields


def test_any_two_choices_occur_together() -> None:
    for one, other in combinations(CHOICES, 2):
        wanted = {(repr(first), repr(second)) for first in CHOICES[one] for second in CHOICES[other]}
        assert {(repr(getattr(row, one)), repr(getattr(row, other))) for row in ROWS} == wanted


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_asked_for_arrives(
    row: Row, platform: FakePlatform, tmp_path: Path, processes: Executor, threads: Executor
) -> None:
    path = make_file(tmp_path / NAME)
    request = send(row, platform, path, {"processes": processes, "threads": threads})
    check_headers(row, request)
    check_query(row, request)
    check_form(row, parts_of(request), path.read_bytes())
