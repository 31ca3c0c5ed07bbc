"""Folders with odd names, folders that somebody changes, and databases of other programs."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulator_processes import ServerProcess
from contract_tests.support.emulators import STAGE, token_of
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator

MARKER = ".twelvelabs-emulator"
DATABASE = "emulator.sqlite3"


def send(emulator: Emulator, video: Path) -> httpx.Response:
    """Upload a video."""
    return httpx.post(
        f"{emulator.base_url}/tasks",
        headers={"x-api-key": emulator.api_key},
        data={"index_id": emulator.index_id},
        files={"video_file": ("video.mp4", video.read_bytes())},
        timeout=30,
    )


def assert_streams(emulator: Emulator, video: Path) -> str:
    """Check that an emulator makes a stream that can be played, and return its task."""
    task_id = send(emulator, video).json()["_id"]
    emulator.advance(100 * STAGE)
    task = httpx.get(f"{emulator.base_url}/tasks/{task_id}", headers={"x-api-key": emulator.api_key}).json()
    assert task["hls"]["status"] == "COMPLETE"
    playlist = httpx.get(task["hls"]["video_url"])
    names = [line for line in playlist.text.splitlines() if not line.startswith("#")]
    assert names
    for name in names:
        assert httpx.get(task["hls"]["video_url"].rpartition("/")[0] + f"/{name}").status_code == 200
    assert httpx.get(task["hls"]["thumbnail_urls"][0]).headers["content-type"] == "image/jpeg"
    return str(task_id)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["100%", "%d", "%05d/%s", "a%%b", "http:rel", "concat:a|b", "a b?c#d", "映像", b"\xff\xfe", "-x", "~", "$TT$"],
)
def test_streams_are_made_in_folders_of_any_name(name: str | bytes, tmp_path: Path, videos: Videos) -> None:
    with Emulator(tmp_path / os.fsdecode(name), stage_seconds=STAGE) as emulator:
        task_id = assert_streams(emulator, videos.cheap())
    with Emulator(tmp_path / os.fsdecode(name), stage_seconds=STAGE) as emulator:
        response = httpx.get(f"{emulator.base_url}/tasks/{task_id}", headers={"x-api-key": "key"})
        assert response.json()["hls"]["status"] == "COMPLETE"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["data", "http:rel", "%d"])
def test_a_relative_folder_stays_where_it_is_when_the_process_goes_elsewhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, videos: Videos
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    monkeypatch.chdir(here)
    emulator = Emulator(name, stage_seconds=STAGE)
    monkeypatch.chdir(there)
    with emulator:
        monkeypatch.chdir(tmp_path)
        assert_streams(emulator, videos.cheap())
    assert (here / name / DATABASE).is_file()
    assert not [*there.iterdir()]


@pytest.mark.skipif(sys.platform == "darwin", reason="all names are text on this system")
def test_videos_are_imported_from_a_folder_whose_own_name_is_not_text(tmp_path: Path, videos: Videos) -> None:
    place = tmp_path / os.fsdecode(b"\xff")
    (place / "sub").mkdir(parents=True)
    shutil.copy(videos.cheap(), place / "sub" / "v.mp4")
    (place / "broken.mp4").write_bytes(b"none")
    with Emulator(stage_seconds=STAGE, integrations={INTEGRATION_ID: place}) as emulator:
        path = f"{emulator.base_url}/tasks/transfers/import/{INTEGRATION_ID}"
        body, headers = {"index_id": emulator.index_id}, {"x-api-key": "key"}
        started = httpx.post(path, json=body, headers=headers)
        assert started.status_code == 201
        assert [video["filename"] for video in started.json()["videos"]] == ["sub/v.mp4"]
        emulator.advance(100 * STAGE)
        status = httpx.get(f"{path}/status", params=body, headers=headers).json()
        assert [video["filename"] for video in status["ready"]] == ["sub/v.mp4"]
        assert len(emulator.failures) == 0
        shutil.rmtree(place)
        refused = httpx.post(path, json=body, headers=headers)
        assert refused.status_code == 404
        assert "\\xff is not a folder" in refused.json()["message"]


def foreign_database(path: Path, sql: str) -> bytes:
    """Make a database of another program, and return its bytes."""
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.close()
    return path.read_bytes()


FOREIGN = {
    "other tables": "CREATE TABLE notes (id TEXT); INSERT INTO notes VALUES ('mine');",
    "a table of the same name": "CREATE TABLE settings (name TEXT, value TEXT); INSERT INTO settings VALUES (1, 2);",
    "another mark": "PRAGMA application_id = 1;",
}


@pytest.mark.parametrize("sql", FOREIGN.values(), ids=FOREIGN)
def test_a_database_of_another_program_is_refused_and_left_as_it_is(sql: str, tmp_path: Path) -> None:
    with Emulator(tmp_path):
        pass
    (tmp_path / DATABASE).unlink()
    content = foreign_database(tmp_path / DATABASE, sql)
    with pytest.raises(OSError, match=f"{DATABASE} is not a database of the emulator"):
        Emulator(tmp_path).start()
    assert (tmp_path / DATABASE).read_bytes() == content


def test_a_database_that_lies_elsewhere_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere.sqlite3"
    with Emulator(data):
        pass
    (data / DATABASE).rename(elsewhere)
    content = elsewhere.read_bytes()
    (data / DATABASE).symlink_to(elsewhere)
    with pytest.raises(OSError, match="it is a symbolic link"):
        Emulator(data).start()
    assert elsewhere.read_bytes() == content


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_a_database_of_an_earlier_version_is_known_by_its_tables(how: signal.Signals, tmp_path: Path) -> None:
    with ServerProcess("--data-dir", tmp_path) as server:
        server.kill() if how == signal.SIGKILL else server.stop(how)
    connection = sqlite3.connect(tmp_path / DATABASE)
    assert connection.execute("PRAGMA application_id").fetchone()[0] > 0
    connection.execute("PRAGMA application_id = 0")
    connection.close()
    with Emulator(tmp_path) as emulator:
        assert emulator.index_id == server.index_id


@pytest.mark.parametrize("content", [b"", b"something", b"\xff" * 100, None], ids=["empty", "text", "bytes", "link"])
def test_a_marker_that_the_emulator_did_not_write_does_not_count(content: bytes | None, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if content is None:
        with Emulator(tmp_path / "other"):
            pass
        (data / MARKER).symlink_to(tmp_path / "other" / MARKER)
    else:
        (data / MARKER).write_bytes(content)
    (data / "precious").write_bytes(b"mine")
    with pytest.raises(OSError, match="is not a data folder of the emulator: it holds 'precious'"):
        Emulator(data).start()
    assert sorted(path.name for path in data.iterdir()) == [MARKER, "precious"]


def test_a_marker_that_was_not_written_completely_is_written_again(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    with Emulator(tmp_path):
        pass
    with Emulator(tmp_path):
        assert (tmp_path / MARKER).read_text().startswith("The emulator of twelvelabs-tasks")


def test_nothing_that_others_put_beside_a_stream_is_removed(tmp_path: Path, videos: Videos) -> None:
    data, unknown = tmp_path / "data", "c" * 24
    with Emulator(data, stage_seconds=STAGE) as emulator:
        task_id = assert_streams(emulator, videos.cheap())
        mine = [
            data / "media" / task_id / "mine.txt",
            data / "media" / task_id / "stream" / "mine.ts",
            data / "media" / unknown / "mine.txt",
            data / "media" / unknown / "stream" / f"{task_id}.mine.ts",
            data / "media" / unknown / "mine" / f"{unknown}.00000.ts",
            data / "videos" / ("e" * 24) / "mine",
        ]
        for path in mine:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"mine")
        emulator.reset()
        assert all(path.read_bytes() == b"mine" for path in mine)
        left = [path.name for path in (data / "media" / task_id).rglob("*") if path.is_file()]
        assert sorted(left) == ["mine.ts", "mine.txt"]
    with Emulator(data):
        assert all(path.read_bytes() == b"mine" for path in mine)


def test_a_folder_of_a_stream_that_leads_elsewhere_is_left_alone(tmp_path: Path, videos: Videos) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with Emulator(data, stage_seconds=STAGE) as emulator:
        task_id = assert_streams(emulator, videos.cheap())
        (data / "media" / task_id / "stream").rename(elsewhere)
        (data / "media" / task_id / "stream").symlink_to(elsewhere, target_is_directory=True)
        emulator.reset()
        assert [*elsewhere.iterdir()]


def test_a_folder_that_is_removed_meanwhile_is_reported(
    tmp_path: Path, videos: Videos, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    with Emulator(data, stage_seconds=STAGE) as emulator:
        send(emulator, videos.cheap())
        emulator.advance(STAGE)
        shutil.rmtree(data)
        controls = httpx.Client(base_url=f"{emulator.url}/_emulator", headers=token_of(emulator), timeout=60)
        with controls:
            responses = [
                send(emulator, videos.cheap()),
                controls.get("/health"),
                controls.post("/clock", json={"seconds": 1}),
                controls.post("/reset"),
            ]
        for response in responses:
            assert response.status_code == 503
            assert response.json()["code"] == "service_unavailable"
            assert "which somebody has removed" in response.json()["message"]
    assert not [record for record in caplog.records if record.exc_info]
