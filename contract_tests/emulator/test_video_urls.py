"""Videos that are fetched from their URL: what becomes of their tasks, and what is not fetched."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulators import STAGE, Upload, platform_of, refusal
from contract_tests.support.times import measure_stage, moment
from contract_tests.support.videos import CHEAP, Videos
from contract_tests.support.web import Resource, Web
from twelvelabs_emulator import Emulator


class ByURL:
    """Creates tasks from URLs and looks at them."""

    def __init__(self, emulator: Emulator, http: httpx.Client) -> None:
        self._emulator = emulator
        self._http = http

    def create(self, url: str, **fields: str) -> str:
        form = {"index_id": self._emulator.index_id, "video_url": url} | fields
        response = self._http.post("/tasks", files={name: (None, value) for name, value in form.items()})
        assert response.status_code == 200, response.text
        return str(response.json()["_id"])

    def retrieve(self, task_id: str) -> dict[str, Any]:
        task: dict[str, Any] = self._http.get(f"/tasks/{task_id}").json()
        return task

    def outcome(self, url: str, **fields: str) -> dict[str, Any]:
        """Return what a task is after its time."""
        identifier = self.create(url, **fields)
        self._emulator.advance(100 * STAGE)
        return self.retrieve(identifier)


@pytest.fixture
def by_url(emulator: Emulator, http: httpx.Client) -> ByURL:
    return ByURL(emulator, http)


def test_a_video_is_fetched_while_its_task_is_uploading(
    by_url: ByURL, emulator: Emulator, web: Web, videos: Videos
) -> None:
    web.resources["/a%20b/plain.mp4?token=1"] = Resource(videos.plain().read_bytes())
    identifier = by_url.create(f"{web.url}/a%20b/plain.mp4?token=1")
    for number, status in enumerate(["uploading", "validating", "pending", "queued", "indexing", "ready"]):
        task = by_url.retrieve(identifier)
        assert (task["status"], measure_stage(task)) == (status, number * STAGE)
        emulator.advance(STAGE)
    task = by_url.retrieve(identifier)
    assert task["system_metadata"] == {"filename": "plain.mp4", "duration": 12.0, "width": 640, "height": 360}
    assert task["hls"]["status"] == "COMPLETE"
    assert httpx.get(task["hls"]["video_url"]).status_code == 200
    assert web.asked == ["/a%20b/plain.mp4?token=1"]


def test_a_task_is_uploading_for_as_long_as_that_takes(
    by_url: ByURL, emulator: Emulator, web: Web, videos: Videos
) -> None:
    emulator.configure(stage_seconds=0)
    released = threading.Event()
    web.resources["/v.mp4"] = Resource(videos.plain().read_bytes(), released=released)
    identifier = by_url.create(f"{web.url}/v.mp4")
    task = by_url.retrieve(identifier)
    assert task["status"] == "uploading"
    assert task["system_metadata"] == {"filename": "v.mp4"}
    now = moment(emulator.now)
    released.set()
    emulator.advance(0)
    task = by_url.retrieve(identifier)
    assert task["status"] == "ready"
    assert moment(task["updated_at"]) >= now


def test_a_task_that_is_not_to_be_streamed_has_no_stream(by_url: ByURL, web: Web, videos: Videos) -> None:
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    task = by_url.outcome(f"{web.url}/v.mp4", enable_video_stream="false")
    assert task["status"] == "ready"
    assert "hls" not in task


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int, by_url: ByURL, web: Web, videos: Videos) -> None:
    web.resources["/moved"] = Resource(status=status, headers={"Location": "/v.mp4"})
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    assert by_url.outcome(f"{web.url}/moved")["status"] == "ready"
    assert web.asked == ["/moved", "/v.mp4"]


def assert_failed(task: dict[str, Any]) -> None:
    assert task["status"] == "failed"
    assert task["hls"]["status"] == "CANCELED"
    assert set(task["hls"]) == {"status", "updated_at"}


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 429, 500, 503])
def test_a_url_that_does_not_return_a_video_gives_a_failed_task(
    status: int, by_url: ByURL, web: Web, videos: Videos
) -> None:
    content = b"" if status in (204, 304) else videos.cheap().read_bytes()
    web.resources["/v.mp4"] = Resource(content, status=status)
    assert_failed(by_url.outcome(f"{web.url}/v.mp4"))


@pytest.mark.parametrize(
    "location", ["file:///etc/hostname", "ftp://127.0.0.1/v.mp4", "data:video/mp4;base64,AAAA", "http://", "", "/again"]
)
def test_a_redirect_to_where_no_video_can_be_gives_a_failed_task(location: str, by_url: ByURL, web: Web) -> None:
    web.resources["/again"] = Resource(status=302, headers={"Location": location})
    assert_failed(by_url.outcome(f"{web.url}/again"))


@pytest.mark.parametrize("url", ["http://", "https://127.0.0.1:1/v.mp4", "http://nowhere.invalid/v.mp4", "http://:80/"])
def test_a_url_that_leads_nowhere_gives_a_failed_task(url: str, by_url: ByURL) -> None:
    assert_failed(by_url.outcome(url))


def test_a_port_where_nobody_listens_gives_a_failed_task(by_url: ByURL) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert_failed(by_url.outcome(f"http://127.0.0.1:{taken.getsockname()[1]}/v.mp4"))


def test_a_video_that_breaks_off_on_its_way_gives_a_failed_task(by_url: ByURL, web: Web, videos: Videos) -> None:
    content = videos.cheap().read_bytes()
    web.resources["/v.mp4"] = Resource(content, length=len(content) + 1000)
    assert_failed(by_url.outcome(f"{web.url}/v.mp4"))


@pytest.mark.parametrize(
    "properties",
    [CHEAP | {"duration": 5.0}, CHEAP | {"width": 320, "height": 240}, CHEAP | {"width": 1280}],
    ids=["too short", "too small", "too wide"],
)
def test_a_video_that_falls_short_gives_a_task_that_fails_when_it_is_checked(
    properties: dict[str, Any], by_url: ByURL, emulator: Emulator, web: Web, videos: Videos
) -> None:
    web.resources["/v.mp4"] = Resource(
        videos.make(f"falls-short-{sorted(properties.items())}.mp4", **properties).read_bytes()
    )
    identifier = by_url.create(f"{web.url}/v.mp4")
    emulator.advance(STAGE)
    assert by_url.retrieve(identifier)["status"] == "validating"
    emulator.advance(STAGE)
    task = by_url.retrieve(identifier)
    assert_failed(task)
    assert measure_stage(task) == 2 * STAGE
    emulator.advance(100 * STAGE)
    assert by_url.retrieve(identifier) == task


@pytest.mark.parametrize("content", [b"", b"<html>no video</html>", bytes(50_000)])
def test_what_is_not_a_video_gives_a_failed_task(content: bytes, by_url: ByURL, web: Web) -> None:
    web.resources["/v.mp4"] = Resource(content)
    assert_failed(by_url.outcome(f"{web.url}/v.mp4"))


@pytest.mark.parametrize(
    "content", ["#EXTM3U\n#EXTINF:12,\n{url}/v.ts\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile {url}/v.ts\n"]
)
def test_what_a_playlist_names_is_not_fetched(
    content: str, by_url: ByURL, web: Web, videos: Videos, upload: Upload
) -> None:
    web.resources["/v.ts"] = Resource(videos.make("segment.ts", **CHEAP).read_bytes())
    web.resources["/list.m3u8"] = Resource(content.format(url=web.url).encode())
    assert_failed(by_url.outcome(f"{web.url}/list.m3u8"))
    assert refusal(upload(web.resources["/list.m3u8"].content))[1] == "video_file_broken"
    assert web.asked == ["/list.m3u8"]


def test_a_video_larger_than_the_maximum_is_not_fetched_to_its_end(by_url: ByURL, emulator: Emulator, web: Web) -> None:
    emulator.configure(max_bytes=1_000_000)
    web.resources["/v.mp4"] = Resource(bytes(10_000_000), released=threading.Event())
    assert_failed(by_url.outcome(f"{web.url}/v.mp4"))
    files = platform_of(emulator).files
    assert not list(files.incoming.iterdir())


def test_a_video_beyond_the_credit_gives_a_failed_task(
    by_url: ByURL, emulator: Emulator, web: Web, videos: Videos
) -> None:
    emulator.configure(credit_seconds=15)
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    assert by_url.outcome(f"{web.url}/v.mp4")["status"] == "ready"
    assert_failed(by_url.outcome(f"{web.url}/v.mp4"))


def test_a_failed_task_can_be_deleted_and_leaves_nothing(
    by_url: ByURL, emulator: Emulator, http: httpx.Client, web: Web
) -> None:
    task = by_url.outcome(f"{web.url}/missing.mp4")
    folder: Path = platform_of(emulator).files.folder
    assert http.delete(f"/tasks/{task['_id']}").status_code == 204
    assert not [path for name in ("incoming", "videos", "media") for path in (folder / name).iterdir()]


@pytest.mark.parametrize(
    ("path", "filename"),
    [
        ("/holiday.mp4", "holiday.mp4"),
        ("/a/b/Ferien%20am%20Meer.mp4?x=/y.mov#z", "Ferien am Meer.mp4"),
        ("/folder/", "folder"),
        ("", "127.0.0.1"),
        ("/%E6%98%A0%E5%83%8F.mp4", "映像.mp4"),
    ],
)
def test_a_video_is_called_as_its_url_ends(path: str, filename: str, by_url: ByURL, web: Web) -> None:
    task = by_url.retrieve(by_url.create(f"{web.url}{path}"))
    assert task["system_metadata"]["filename"] == filename
