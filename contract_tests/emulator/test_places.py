"""Places that integrations import from: folders, buckets of S3, and whatever else fsspec can list."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import httpx
import pytest

from contract_tests.support.emulators import refusal
from contract_tests.support.integrations import Integration
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.integrations import Integration as Place

BROKEN = "Cannot read video file. Please check the video file is valid and try again."


@pytest.fixture
def directory(folder: Path) -> str:
    """A folder."""
    return str(folder)


@pytest.fixture
def memory() -> Iterator[str]:
    """A place in memory."""
    files = fsspec.filesystem("memory")
    yield "memory://holidays"
    files.rm("/holidays", recursive=True)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a store that speaks S3, on this machine."""
    server = pytest.importorskip("moto.server", reason="moto, a store that speaks S3, is not installed")
    s3fs = pytest.importorskip("s3fs", reason="s3fs, of the extra twelvelabs-tasks[s3], is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    store.start()
    host, port = store.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem()
    files.mkdir("holidays")
    yield "s3://holidays"
    files.rm("holidays", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()
    store.stop()


@pytest.fixture(params=["directory", "memory", "bucket"])
def place(request: pytest.FixtureRequest) -> str:
    """A place of each kind."""
    return str(request.getfixturevalue(request.param))


def fill(place: str, videos: Videos) -> None:
    files: dict[str, Any] = {
        "a.mp4": videos.cheap(1).read_bytes(),
        "2024/summer/b.webm": videos.make("b.webm", codec="libvpx-vp9", width=360, height=360, rate=5).read_bytes(),
        "copy of a.mp4": videos.cheap(1).read_bytes(),
        "notes.txt": b"no video",
        ".hidden.mp4": videos.cheap(2).read_bytes(),
    }
    for name, content in files.items():
        filesystem, path = fsspec.core.url_to_fs(f"{place}/{name}")
        if "://" not in place:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        filesystem.pipe_file(path, content)


@pytest.mark.slow
def test_videos_are_imported_from_wherever_they_lie(
    place: str, emulator: Emulator, http: httpx.Client, videos: Videos
) -> None:
    fill(place, videos)
    emulator.configure(integrations={INTEGRATION_ID: place})
    integration = Integration(emulator, http, emulator.index_id)
    assert integration.names() == {"not_imported": ["2024/summer/b.webm", "a.mp4", "copy of a.mp4", "notes.txt"]}
    imported, failed = integration.finish()
    assert set(imported) == {"2024/summer/b.webm", "a.mp4"}
    assert failed == {"notes.txt": BROKEN}
    assert integration.names() == {"ready": ["2024/summer/b.webm", "a.mp4"], "failed": ["notes.txt"]}
    for identifier in imported.values():
        task = http.get(f"/tasks/{identifier}").json()
        assert task["hls"]["status"] == "COMPLETE"
    assert integration.finish() == ({}, failed)
    assert set(integration.finish(incremental_import=False)[0]) == {"2024/summer/b.webm", "a.mp4", "copy of a.mp4"}


@pytest.mark.slow
def test_a_change_of_a_file_is_noticed_wherever_it_lies(
    place: str, emulator: Emulator, http: httpx.Client, videos: Videos
) -> None:
    fill(place, videos)
    emulator.configure(integrations={INTEGRATION_ID: f"{place}/"})
    integration = Integration(emulator, http, emulator.index_id)
    integration.finish()
    filesystem, path = fsspec.core.url_to_fs(f"{place}/notes.txt")
    filesystem.pipe_file(path, videos.cheap(3).read_bytes())
    assert set(integration.finish()[0]) == {"notes.txt"}


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("/nowhere/at/all", "/nowhere/at/all is not a folder."),
        ("memory://nowhere", "/nowhere is not a folder."),
        ("http://127.0.0.1:1/folder", "http://127.0.0.1:1/folder "),
    ],
)
def test_an_import_from_a_place_that_cannot_be_listed_is_refused(
    place: str, why: str, emulator: Emulator, http: httpx.Client
) -> None:
    emulator.configure(integrations={INTEGRATION_ID: place})
    integration = Integration(emulator, http, emulator.index_id)
    status, code, message = refusal(integration.ask())
    assert (status, code) == (404, "resource_not_exist")
    assert message.startswith(f"Resource with id `{INTEGRATION_ID}` does not exist in `integrations`. {why}")
    assert integration.logs() == []
    assert integration.names() == {}


def test_a_file_is_hidden_if_its_name_or_that_of_a_folder_around_it_begins_with_a_dot(tmp_path: Path) -> None:
    place = tmp_path / ".data" / "videos"  # The place itself may lie in a hidden folder.
    visible = ["a.b/c.mp4", "d..mp4", "e/f/g.mp4", "v1.0/h.", "~i.mp4"]
    hidden = [".j.mp4", "..k", ".git/l.mp4", "e/.m.mp4", "e/.n/o.mp4", ".p/q/r.mp4", "e/...s/t.mp4"]
    for name in (*visible, *hidden):
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [file.filename for file in Place(str(place)).files()] == visible
