"""The numbers that the documentation gives for the limits and defaults of the emulator are the right ones."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import Upload, plant, platform_of
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.http import connections
from twelvelabs_emulator.http.traffic import Received, Traffic
from twelvelabs_emulator.platform import reception
from twelvelabs_emulator.workers.threads import WorkerThreads
from twelvelabs_emulator.workers.workers import OutOfTimeError, Packaging
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.testing import _cli
from twelvelabs_tasks.video._resources import examination_limits

MIB = 2**20


@pytest.mark.parametrize(("size", "seconds"), [(0, 1.0), (256 * MIB, 2.0), (1024 * MIB, 5.0)])
def test_the_limits_of_a_reader_are_those_of_the_readme(size: int, seconds: float) -> None:
    limits = examination_limits(size)
    assert (limits.processor_seconds, limits.memory, limits.may_open) == (seconds, 240 * MIB, False)


def test_a_stream_gets_ten_seconds_and_then_a_minute_and_five_times_the_duration(
    emulator: Emulator, upload: Upload, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[float, bool]] = []
    ended = threading.Event()

    def package(packaging: Packaging, seconds: float, *_: Any) -> int | None:
        asked.append((seconds, packaging.patient))
        if packaging.patient:
            ended.set()
        raise OutOfTimeError("It takes too long.")

    monkeypatch.setattr(platform_of(emulator).workers, "package", package)
    upload(videos.plain())  # 12 seconds long
    assert ended.wait(20)
    assert asked == [(10.0, False), (120.0, True)]


def test_the_times_for_downloads_and_pauses_are_those_of_the_readme() -> None:
    assert (reception.PATIENCE, connections.PATIENCE) == (30.0, 30.0)
    assert "64 KiB" in (reception.fetch.__doc__ or "")


def test_where_no_process_can_be_started_the_emulator_reads_video_itself(
    videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    with Emulator(stage_seconds=0) as emulator:
        assert isinstance(platform_of(emulator).workers, WorkerThreads)
        with TwelveLabs(api_key="any", base_url=emulator.base_url) as client:
            task = client.tasks.create(index_id=emulator.index_id, video_file=videos.cheap())
            done = client.tasks.wait_for_done(task.id, sleep_interval=0.05, timeout=30)
    assert done.status == "ready"
    assert done.system_metadata
    assert done.system_metadata.width == 360


@pytest.mark.slow
def test_a_fresh_emulator_takes_milliseconds() -> None:
    times = []
    with Emulator() as emulator:
        for _ in range(10):
            begun = time.monotonic()
            emulator.renew()
            times.append(time.monotonic() - begun)
    assert min(times) < 0.05


@pytest.mark.slow
def test_serve_takes_a_token() -> None:
    with ServerProcess("--token", "open-sesame") as server:
        assert server.environment["TWELVELABS_EMULATOR_TOKEN"] == "open-sesame"
        headers = {"authorization": "Bearer open-sesame"}
        assert httpx.get(f"{server.url}/_emulator", headers=headers).status_code == 200


@pytest.mark.slow
def test_streams_need_no_key(emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos) -> None:
    task_id = upload(videos.plain()).json()["_id"]
    emulator.advance(3600)
    hls = http.get(f"/tasks/{task_id}").json()["hls"]
    playlist = httpx.get(hls["video_url"])
    assert playlist.text.startswith("#EXTM3U")
    assert httpx.get(hls["thumbnail_urls"][0]).status_code == 200
    assert len(emulator.received) == 2


def test_defaults_that_are_given_in_words_are_so(emulator: Emulator) -> None:
    with Emulator() as other, Emulator() as third:
        for each in (other, third):
            assert httpx.get(f"{each.base_url}/tasks", headers={"x-api-key": "any"}).status_code == 200
            assert httpx.get(f"{each.base_url}/tasks").status_code == 401
            assert each.url.startswith("http://127.0.0.1:")
            assert len(each.index_id) == 24
        assert (
            len({other.url, third.url}) == len({other.index_id, third.index_id}) == len({other.token, third.token}) == 2
        )
        settings = httpx.get(
            f"{other.url}/_emulator/settings", headers={"authorization": f"Bearer {other.token}"}
        ).json()
    expected = {"stage_seconds": 1.0, "rate_limit": None, "credit_seconds": None, "max_bytes": 2_000_000_000}
    assert settings.items() >= expected.items()


def test_it_listens_between_start_and_stop_and_not_before_or_after() -> None:
    emulator = Emulator(index_id="0" * 24, port=0)
    assert not emulator.is_running
    assert emulator.start() is emulator
    try:
        assert emulator.is_running
        assert emulator.index_id == "0" * 24
        assert emulator.base_url == f"{emulator.url}/v1.3"
        assert httpx.get(emulator.documentation_url).status_code == 200
        url = emulator.url
    finally:
        emulator.stop()
    assert not emulator.is_running
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_stage_lasts_at_most_a_thousand_million_seconds() -> None:
    with Emulator(stage_seconds=1_000_000_000):
        pass
    with pytest.raises(ValueError, match="stage_seconds"):
        Emulator(stage_seconds=1_000_000_001)


def test_the_latest_thousand_failures_are_kept_the_oldest_first(emulator: Emulator) -> None:
    planted = plant(emulator, *[{"status": "failed", "fault": f"reason {number}"} for number in range(1001)])
    failures = emulator.failures
    assert [each.reason for each in failures] == [f"reason {number}" for number in range(1, 1001)]
    assert [each.task_id for each in failures] == [task.id for task in planted[1:]]
    assert failures[0].failed_at <= emulator.now


def test_a_rate_limit_is_one_of_a_minute(emulator: Emulator) -> None:
    emulator.configure(rate_limit=1)

    def ask() -> int:
        return httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": "key"}).status_code

    assert ask() == 200
    emulator.advance(55)
    assert ask() == 429
    emulator.advance(5)
    assert ask() == 200


def test_the_latest_ten_thousand_requests_are_kept_the_oldest_first() -> None:
    traffic = Traffic()
    for number in range(10_001):
        traffic.record(Received("GET", f"/{number}", "", {}, ""))
    kept = traffic.list_received()
    assert [each.path for each in kept] == [f"/{number}" for number in range(1, 10_001)]


def test_the_drift_report_takes_ten_minutes_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _cli.parse(["--help"])
    assert "(default: 600)" in capsys.readouterr().out
