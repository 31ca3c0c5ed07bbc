"""Too much of everything: memory, descriptors and the log stay within bounds, and ctrl-C ends it in silence."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import token_of
from contract_tests.support.polling import until
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos, pad
from contract_tests.support.web import Resource, Web
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.intake import Intake

MIB = 2**20
DESCRIPTORS = 96
REFUSED = 12
"""Large requests: if only the parsed form of each were kept, 20 MiB, they would take more memory than they may."""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Memory is read from /proc.")


@pytest.mark.slow
@on_linux
def test_large_requests_that_are_refused_leave_memory_flat(videos: Videos) -> None:
    metadata = {f"the key {number}": number for number in range(100_000)}
    text = json.dumps(metadata)
    assert len(text) > 2 * MIB
    with (
        ServerProcess("--integration", f"{INTEGRATION_ID}=/") as server,
        httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=60) as http,
    ):

        def send_refused(number: int) -> None:
            body = {"index_id": f"{number:024x}", "user_metadata": metadata}
            assert http.post(f"/tasks/transfers/import/{INTEGRATION_ID}", json=body).status_code == 404

        send_refused(0)
        before = server.resident
        for number in range(REFUSED):
            send_refused(number)
        grown = server.resident - before
        assert grown < 100 * MIB, f"grew by {grown / MIB:.0f} MiB"
        listed = httpx.get(f"{server.url}/_emulator/requests", headers=server.token).json()["data"]
        assert len(listed) == REFUSED + 1
        assert listed[-1]["arguments"]["index_id"] == f"{REFUSED - 1:024x}"
        size = listed[-1]["arguments"]["user_metadata"]["size"]
        assert 2 * MIB < size < 4 * MIB


@pytest.mark.slow
def test_the_requests_that_are_kept_take_so_much_memory_and_no_more(emulator: Emulator, http: httpx.Client) -> None:
    padding = {f"x-{number}": "y" * 5_000 for number in range(8)}
    for number in range(600):
        assert http.get("/tasks", params={"page": number + 1}, headers=padding).status_code == 200
    kept = emulator.received
    assert 300 < len(kept) < 500
    assert kept[-1].query == "page=600"
    emulator.reset()
    assert emulator.received == []


@pytest.mark.slow
@on_linux
def test_without_descriptors_it_waits_and_says_so_in_few_words(videos: Videos) -> None:
    """It has fewer than clients want, so that it can neither accept more of these nor open files."""
    with ServerProcess() as server:
        server.limit_descriptors(DESCRIPTORS)
        url = httpx.URL(server.url)
        with ExitStack() as crowd:
            used = server.processor_seconds
            begun = time.monotonic()
            for _ in range(3 * DESCRIPTORS):
                crowd.enter_context(socket.create_connection((url.host, url.port)))
            until(lambda: time.monotonic() > begun + 3, "three seconds to pass")
            assert server.processor_seconds - used < 2
            assert len(server.logged) < 5_000
        upload = {"video_file": ("v.mp4", videos.cheap().read_bytes())}
        with httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=30) as http:
            until(lambda: _status(http) == 200, "it to respond again")
            assert http.post("/tasks", data={"index_id": server.index_id}, files=upload).status_code == 200
        status, errors = server.stop()
        assert (status, "Traceback" in errors) == (0, False)


def _status(http: httpx.Client) -> int:
    try:
        return http.get("/tasks").status_code
    except httpx.TransportError:
        return 0


@pytest.mark.slow
@on_linux
def test_more_connections_than_it_can_have_are_turned_away_in_the_contracts_form() -> None:
    with ServerProcess() as server:
        server.limit_descriptors(DESCRIPTORS)
        url = httpx.URL(server.url)
        with ExitStack() as crowd:
            for _ in range(DESCRIPTORS - 32):  # The rest is left for files.
                crowd.enter_context(socket.create_connection((url.host, url.port)))
            with httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}) as http:
                response = http.get("/tasks")
                assert (response.status_code, response.json()["code"]) == (503, "service_unavailable")
                assert response.headers["Retry-After"] == "1"
        with httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=30) as http:
            until(lambda: _status(http) == 200, "it to respond again")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_the_end_under_load_is_prompt_and_silent(how: signal.Signals, videos: Videos, tmp_path: Path) -> None:
    content = pad(videos.cheap(), 4 * MIB)
    with (
        ServerProcess("--data-dir", tmp_path / "data", "--stage-seconds", "0") as server,
        ThreadPoolExecutor(40) as pool,
        httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=30) as http,
    ):
        stopped = threading.Event()
        arrived = threading.Semaphore(0)
        head = (
            f'--b\r\ncontent-disposition: form-data; name="index_id"\r\n\r\n{server.index_id}\r\n'
            '--b\r\ncontent-disposition: form-data; name="video_file"; filename="v.mp4"\r\n\r\n'
        ).encode()

        def half_an_upload() -> Iterator[bytes]:
            yield head + content[: 2 * MIB]
            arrived.release()
            stopped.wait(30)
            yield content[2 * MIB :]

        def work(number: int) -> None:
            form = {"content-type": "multipart/form-data; boundary=b"}
            while not stopped.is_set():
                try:
                    if number % 2:
                        http.post("/tasks", content=half_an_upload(), headers=form)
                    else:
                        http.get("/tasks", params={"page_limit": 50})
                        http.post("/tasks", data={"index_id": server.index_id}, files={"video_file": content})
                        arrived.release()
                except httpx.TransportError:
                    pass

        try:
            working = [pool.submit(work, number) for number in range(40)]
            for _ in range(30):
                assert arrived.acquire(timeout=60)
            begun = time.monotonic()
            ended = server.stop(how)
            took = time.monotonic() - begun
        finally:
            stopped.set()
        for each in working:
            each.result()
        assert ended == (0, "")
        assert took < 5


@pytest.mark.slow
def test_verbose_logs_one_line_for_each_request(videos: Videos) -> None:
    with (
        ServerProcess("-v") as server,
        httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=30) as http,
    ):
        http.get("/tasks", params={"status": "ready"})
        http.get("/tasks/x%1B[31m")
        http.get(f"{server.url}/_emulator/health")
        http.get(f"{server.url}/docs", headers={"host": "evil.test"})
        status, errors = server.stop()
    assert status == 0
    lines = [
        r"GET /v1\.3/tasks\?status=ready 200 \d+ ms",
        r"GET /v1\.3/tasks/x%1B\[31m 400 \d+ ms|GET /v1\.3/tasks/x%1B%5B31m 400 \d+ ms",
        r"GET /_emulator/health 200 \d+ ms",
        r"GET /docs 403 \d+ ms",
    ]
    assert len(errors.splitlines()) == len(lines), errors
    for line, wanted in zip(errors.splitlines(), lines, strict=True):
        assert re.fullmatch(rf"\d\d:\d\d:\d\d (?:{wanted})", line), line
    assert "\x1b" not in errors


@pytest.mark.parametrize("cause", ["url", "video"])
def test_why_a_task_failed_is_logged_and_reported(
    cause: str, emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture, web: Web
) -> None:
    emulator.configure(stage_seconds=0)
    path = "/none.mp4" if cause == "url" else "/v.mp4"
    if cause == "video":
        web.resources["/v.mp4"] = Resource(b"no video")
    url = f"{web.url}{path}"
    created = http.post("/tasks", files={"index_id": (None, emulator.index_id), "video_url": (None, url)}).json()
    emulator.advance(1)
    (failure,) = emulator.failures
    assert (failure.task_id, failure.filename) == (created["_id"], path[1:])
    assert failure.reason == (f"{url} responded with 404." if cause == "url" else failure.reason)
    assert failure.reason
    assert f"The task {failure.task_id} ({failure.filename!r}) failed: {failure.reason}" in caplog.text
    told = httpx.get(f"{emulator.url}/_emulator/failures", headers=token_of(emulator)).json()["data"]
    assert told == [
        {
            "task_id": failure.task_id,
            "filename": failure.filename,
            "reason": failure.reason,
            "failed_at": failure.failed_at,
        }
    ]
    assert failure.reason not in http.get(f"/tasks/{failure.task_id}").text  # As little as the platform says.


def test_reading_continues_whatever_uploads_wait_for(
    emulator: Emulator, http: httpx.Client, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    waiting = threading.Semaphore(0)

    def check(*_: object) -> None:
        waiting.release()
        released.wait(30)
        raise MemoryError("It was all in vain.")

    monkeypatch.setattr(Intake, "_check", check)
    files = {"video_file": ("v.mp4", videos.cheap().read_bytes())}
    with ThreadPoolExecutor(60) as pool:
        uploads = [
            pool.submit(http.post, "/tasks", data={"index_id": emulator.index_id}, files=files) for _ in range(60)
        ]
        try:
            for _ in uploads:
                assert waiting.acquire(timeout=30)
            assert http.get("/tasks").status_code == 200
        finally:
            released.set()
        assert {upload.result().status_code for upload in uploads} == {503}


@pytest.mark.slow
def test_names_cannot_command_the_terminal_that_shows_the_log() -> None:
    with (
        ServerProcess("--stage-seconds", "0") as server,
        httpx.Client(base_url=server.base_url, headers={"x-api-key": "k"}, timeout=30) as http,
    ):
        url = "http://127.0.0.1:9/%1B%5B31m%0Aa%E2%80%AE.mp4"
        assert http.post("/tasks", files={"index_id": (None, server.index_id), "video_url": (None, url)}).is_success
        until(lambda: "failed" in server.logged, "the task to fail")
        status, errors = server.stop()
    assert (status, len(errors.splitlines())) == (0, 1)
    assert all(each.isprintable() for each in errors.rstrip("\n"))
