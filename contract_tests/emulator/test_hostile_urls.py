"""Videos from servers and URLs that mean no good: memory stays small, and every task comes to its end."""

from __future__ import annotations

import gzip
import logging
import threading
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import STAGE, platform_of
from contract_tests.support.videos import Videos
from contract_tests.support.web import Resource, Web
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.files import Files

MIB = 2**20


def create(http: httpx.Client, index_id: str, url: str) -> str:
    """Create a task from a URL, and return its id."""
    response = http.post("/tasks", files={"index_id": (None, index_id), "video_url": (None, url)})
    assert response.status_code == 200, response.text
    return str(response.json()["_id"])


def outcome(emulator: Emulator, http: httpx.Client, url: str) -> tuple[dict[str, Any], str]:
    """Create a task from a URL, have the time pass, and return the task and why it failed."""
    task_id = create(http, emulator.index_id, url)
    emulator.advance(100 * STAGE)
    reasons = [failure.reason for failure in emulator.failures if failure.task_id == task_id]
    return http.get(f"/tasks/{task_id}").json(), "".join(reasons)


def bomb(mebibytes: int) -> bytes:
    """Return zeros that are compressed twice."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(bytes(MIB)) for _ in range(mebibytes)]
    return gzip.compress(b"".join([*pieces, packer.flush()]))


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "deflate", "br", "zstd", "GZIP", "identity, gzip", "x"])
def test_a_video_that_is_sent_encoded_is_not_taken(
    encoding: str, emulator: Emulator, http: httpx.Client, web: Web, videos: Videos
) -> None:
    content = gzip.compress(videos.cheap().read_bytes())
    web.resources["/v.mp4"] = Resource(content, headers={"Content-Encoding": encoding})
    task, reason = outcome(emulator, http, f"{web.url}/v.mp4")
    assert task["status"] == "failed"
    assert f"is sent with the encoding {encoding.lower()!r}" in reason
    assert dict(web.arrivals[0].headers)["accept-encoding"] == "identity"


def test_a_video_that_is_sent_as_it_is_may_say_so(
    emulator: Emulator, http: httpx.Client, web: Web, videos: Videos
) -> None:
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes(), headers={"Content-Encoding": "identity"})
    assert outcome(emulator, http, f"{web.url}/v.mp4")[0]["status"] == "ready"


@pytest.mark.slow
@pytest.mark.parametrize("status", [200, 302, 404])
def test_what_would_fill_the_memory_when_decoded_does_not(status: int, web: Web) -> None:
    headers = {"Content-Encoding": "gzip, gzip", "Location": "/gone"}
    web.resources["/v.mp4"] = Resource(bomb(512), status, headers)
    with (
        ServerProcess("--max-bytes", "1000000") as server,
        httpx.Client(base_url=server.base_url, headers={"x-api-key": "key"}, timeout=60) as http,
    ):
        task_id = create(http, server.index_id, f"{web.url}/v.mp4")
        httpx.post(f"{server.url}/_emulator/clock", headers=server.token, json={"seconds": 60}, timeout=60)
        assert http.get(f"/tasks/{task_id}").json()["status"] == "failed"
        peak = next(
            line for line in Path(f"/proc/{server.pid}/status").read_text().splitlines() if line.startswith("VmHWM:")
        )
        assert int(peak.split()[1]) < 300 * 1024


def test_a_redirect_whose_body_does_not_end_is_followed_at_once(
    emulator: Emulator, http: httpx.Client, web: Web, videos: Videos
) -> None:
    web.resources["/moved"] = Resource(bytes(10_000), 302, {"Location": "/v.mp4"}, released=threading.Event())
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    assert outcome(emulator, http, f"{web.url}/moved")[0]["status"] == "ready"


def test_redirects_without_an_end_are_followed_a_few_times(emulator: Emulator, http: httpx.Client, web: Web) -> None:
    web.resources["/again"] = Resource(status=302, headers={"Location": "/again"})
    task, reason = outcome(emulator, http, f"{web.url}/again")
    assert task["status"] == "failed"
    assert "redirects more than" in reason
    assert len(web.asked) < 30


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/x", "http://127.0.0.1:65536/x", "https://127.0.0.1:70000/v.mp4"]
)
def test_a_port_that_cannot_be_gives_a_failed_task(
    url: str, emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    task, reason = outcome(emulator, http, url)
    assert task["status"] == "failed"
    assert task["hls"]["status"] == "CANCELED"
    assert url in reason
    assert not [record for record in caplog.records if record.exc_info]


def test_what_nobody_foresaw_fails_the_task_and_is_logged_once(
    emulator: Emulator, http: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("twelvelabs_emulator.platform.reception.fetch", fail)
    task, reason = outcome(emulator, http, "http://127.0.0.1:1/v.mp4")
    assert task["status"] == "failed"
    assert "nobody foresaw this" in reason
    (logged,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert logged.exc_info
    assert http.delete(f"/tasks/{task['_id']}").status_code == 204


def test_a_stream_that_fails_as_nobody_foresaw_is_an_error(
    emulator: Emulator, http: httpx.Client, web: Web, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("twelvelabs_emulator.platform.streams.is_whole", fail)
    web.resources["/v.mp4"] = Resource(videos.cheap().read_bytes())
    task, _ = outcome(emulator, http, f"{web.url}/v.mp4")
    assert (task["status"], task["hls"]["status"]) == ("ready", "ERROR")
    files: Files = platform_of(emulator).files
    assert not [*files.videos.iterdir(), *files.media.iterdir()]


@pytest.mark.parametrize("name", ["api_key", "api%5Fkey", "%61pi-key", "Access_Token", "access%5ftoken", "pass%77ord"])
def test_a_secret_in_a_query_is_not_shown_however_its_name_is_escaped(
    name: str, emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "twelvelabs_emulator")
    assert http.get(f"{emulator.base_url}/tasks?page=1&{name}=sesame").status_code == 400
    assert emulator.received[-1].query.startswith(f"page=1&{name}=sha256:")
    assert "sesame" not in repr(emulator.received) + caplog.text


def test_a_name_and_password_in_a_url_are_not_shown(
    emulator: Emulator, http: httpx.Client, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "twelvelabs_emulator")
    for where in (web.url.partition("://")[2], "127.0.0.1:1", "127.0.0.1:99999"):
        task, reason = outcome(emulator, http, f"http://somebody:sesame@{where}/v.mp4")
        assert task["status"] == "failed"
        assert f"http://***@{where}/v.mp4" in reason
    assert len(emulator.received) >= 6
    assert "sesame" not in repr(emulator.failures) + repr(emulator.received) + caplog.text
