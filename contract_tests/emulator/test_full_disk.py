"""On a full disk nothing is accepted that cannot be kept, reading continues, and work resumes when there is space."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.disks import Disk, mount
from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import refusal
from contract_tests.support.polling import until
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos, pad
from contract_tests.support.web import Resource, Web

pytestmark = pytest.mark.slow

MIB = 2**20
FULL = (503, "service_unavailable")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mount(tmp_path / "disk", 16) as disk:
        yield disk


@pytest.fixture
def server(disk: Disk, folder: Path) -> Iterator[ServerProcess]:
    """An emulator whose data folder is on the disk, with an integration on another."""
    with ServerProcess(
        "--data-dir", disk.path / "data", "--stage-seconds", "0.05", "--integration", f"{INTEGRATION_ID}={folder}"
    ) as server:
        yield server
        status, errors = server.stop()
        assert (status, "Traceback" in errors) == (0, False), errors


@pytest.fixture
def http(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base_url, headers={"x-api-key": "key"}, timeout=30) as http:
        yield http


def create(http: httpx.Client, server: ServerProcess, **fields: Any) -> httpx.Response:
    form: dict[str, Any] = {"index_id": (None, server.index_id)}
    for name, value in fields.items():
        form[name] = (None if isinstance(value, str) else "v.mp4", value)
    return http.post("/tasks", files=form)


def is_ready(http: httpx.Client, task_id: str) -> bool:
    response = http.get(f"/tasks/{task_id}")
    assert response.status_code == 200, response.text
    task = response.json()
    assert task["status"] != "failed", task
    if task["status"] != "ready":
        return False
    assert task["hls"]["status"] == "COMPLETE"
    assert http.get(task["hls"]["video_url"]).status_code == 200
    return True


def await_ready(http: httpx.Client, task_id: str) -> None:
    until(lambda: is_ready(http, task_id), "the task")


@pytest.mark.parametrize("leave", [0, 300_000, MIB + 300_000], ids=["no space", "less than a piece", "more"])
def test_an_upload_that_the_disk_has_no_room_for_is_refused_and_one_that_it_has_is_whole(
    leave: int, disk: Disk, server: ServerProcess, http: httpx.Client, videos: Videos
) -> None:
    content = pad(videos.cheap(), 3 * MIB)
    disk.fill(leave=leave)
    refused = create(http, server, video_file=content)
    assert refusal(refused)[:2] == FULL
    assert int(refused.headers["Retry-After"]) >= 1
    assert http.get("/tasks").json()["data"] == []
    data = disk.path / "data"
    assert [*(data / "incoming").iterdir(), *(data / "videos").iterdir()] == []
    disk.clear()
    hashes = set()
    accepted = create(http, server, video_file=content)
    assert accepted.status_code == 200, accepted.text
    for path in (data / "videos").iterdir():
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert hashes <= {hashlib.sha256(content).hexdigest()}
    await_ready(http, accepted.json()["_id"])


@pytest.mark.parametrize("more", [8 * 2**10, 64 * 2**10, MIB, 3 * MIB])
def test_what_is_accepted_on_an_almost_full_disk_becomes_ready_without_more_space(
    more: int, disk: Disk, server: ServerProcess, http: httpx.Client, videos: Videos
) -> None:
    content = pad(videos.cheap(), MIB)
    disk.fill(leave=len(content) + more)
    created = [create(http, server, video_file=content) for _ in range(3)]
    assert (created[0].status_code == 200) is (more == 3 * MIB)
    for each in created:
        if each.status_code == 200:
            await_ready(http, each.json()["_id"])
        else:
            assert refusal(each)[:2] == FULL


def test_reading_continues_while_the_disk_is_full(
    disk: Disk, server: ServerProcess, http: httpx.Client, videos: Videos
) -> None:
    done = create(http, server, video_file=pad(videos.cheap(), MIB)).json()["_id"]
    await_ready(http, done)
    waiting = create(http, server, video_url="http://127.0.0.1:9/none.mp4").json()["_id"]
    disk.fill()
    for _ in range(20):  # The task falls due in the meantime.
        listed = http.get("/tasks")
        assert listed.status_code == 200, listed.text
        assert {task["_id"] for task in listed.json()["data"]} == {done, waiting}
        assert is_ready(http, done)
        assert http.get(f"/tasks/{waiting}").status_code == 200
        for path in ("status", "logs"):
            url = f"/tasks/transfers/import/{INTEGRATION_ID}/{path}"
            assert http.get(url, params={"index_id": server.index_id} if path == "status" else {}).status_code == 200
        assert http.get(f"{server.url}/docs").status_code == 200


@pytest.mark.parametrize("way", ["upload", "url", "import"])
def test_work_that_a_full_disk_stopped_is_taken_up_when_there_is_space(
    way: str, disk: Disk, server: ServerProcess, http: httpx.Client, videos: Videos, web: Web, folder: Path
) -> None:
    content = pad(videos.cheap(), 3 * MIB)
    released = threading.Event()
    if way == "upload":
        content = videos.make("transcoded.avi", codec="mpeg4", width=1280, height=720, duration=12.0).read_bytes()
        task = create(http, server, video_file=content).json()["_id"]
        disk.fill()  # while the stream is being made, which takes seconds
    elif way == "url":
        web.resources["/v.mp4"] = Resource(content, released=released)
        task = create(http, server, video_url=f"{web.url}/v.mp4").json()["_id"]
        disk.fill()
        released.set()
    else:
        (folder / "v.mp4").write_bytes(content)
        disk.fill(leave=MIB)
        response = http.post(f"/tasks/transfers/import/{INTEGRATION_ID}", json={"index_id": server.index_id})
        task = response.json()["videos"][0]["video_id"]
    data = disk.path / "data"
    until(lambda: "short of a resource" in server.logged, "the first attempt")
    assert http.get(f"/tasks/{task}").json()["status"] not in ("ready", "failed")
    disk.clear()
    await_ready(http, task)
    assert not list((data / "incoming").iterdir())


def test_what_cannot_be_stored_is_refused_and_not_half_done(
    disk: Disk, server: ServerProcess, http: httpx.Client
) -> None:
    """A database may have room in its own files for a while: it is filled with tasks until it has none."""
    disk.fill()
    made = []
    long = "http://127.0.0.1:9/" + "a" * 50_000
    while (response := create(http, server, video_url=long)).status_code == 200:
        made.append(response.json()["_id"])
        disk.fill()
    assert refusal(response)[:2] == FULL
    reset = http.post(f"{server.url}/_emulator/reset", headers=server.token)
    assert refusal(reset)[:2] == FULL
    total = http.get("/tasks").json()["page_info"]["total_results"]
    assert total == len(made)
    disk.clear()
    assert create(http, server, video_url=long).status_code == 200
    assert http.get("/tasks").json()["page_info"]["total_results"] == total + 1
