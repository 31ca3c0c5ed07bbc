"""What the tests of the emulator share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulators import STAGE, Upload
from contract_tests.support.environment import environment as environment
from contract_tests.support.integrations import Integration
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos
from contract_tests.support.web import Web, serve
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Videos:
    """Real videos, each made on first use."""
    return Videos(tmp_path_factory.mktemp("videos"))


@pytest.fixture
def emulator(twelvelabs_emulator: Emulator) -> Emulator:
    """A fresh emulator whose tasks stand still unless its clock is moved."""
    twelvelabs_emulator.configure(stage_seconds=STAGE)
    return twelvelabs_emulator


@pytest.fixture
def http(emulator: Emulator) -> Iterator[httpx.Client]:
    """A client that sends any request, with a valid key."""
    headers = {"x-api-key": emulator.api_key}
    with httpx.Client(base_url=emulator.base_url, headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
def upload(emulator: Emulator, http: httpx.Client) -> Upload:
    """Upload a video, to the only index unless another one is given."""

    def send(video: Path | bytes, **fields: str) -> httpx.Response:
        name, content = (video.name, video.read_bytes()) if isinstance(video, Path) else ("video.mp4", video)
        form = {"index_id": emulator.index_id} | fields
        return http.post("/tasks", data=form, files={"video_file": (name, content)})

    return send


@pytest.fixture
def client(emulator: Emulator) -> Iterator[TwelveLabs]:
    """This project's own client."""
    with TwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for an integration."""
    path = tmp_path / "integration"
    path.mkdir()
    return path


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server that has nothing yet."""
    with serve() as web:
        yield web


@pytest.fixture
def integration(emulator: Emulator, http: httpx.Client, folder: Path) -> Integration:
    """An integration whose videos lie in `folder`."""
    emulator.configure(integrations={INTEGRATION_ID: folder})
    return Integration(emulator, http, emulator.index_id)
