"""What the tests of the library share: its clients, the platform they talk to, and a clock nobody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import respx

from contract_tests.support.clock import Clock, stop_clock
from contract_tests.support.environment import environment
from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.samples import make_file
from contract_tests.support.twins import BASE_URL, TWINS, Twin

__all__ = ["clock", "environment", "file", "ledger", "pair", "platform", "server", "twin"]


@pytest.fixture(params=TWINS, ids=str, scope="session")
def twin(request: pytest.FixtureRequest) -> Twin:
    """The sync client, and the async client under asyncio and trio."""
    assert isinstance(request.param, Twin)
    return request.param


@pytest.fixture
def platform() -> Iterator[respx.MockRouter]:
    """The platform, which responds as a test tells it to."""
    with respx.mock(base_url=BASE_URL, assert_all_called=False) as router:
        yield router


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The time, which passes only when somebody sleeps."""
    with stop_clock() as clock:
        yield clock


@pytest.fixture
def server() -> FakePlatform:
    """The platform, which does what it is asked to unless a test changes that."""
    return FakePlatform()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The file of a ledger."""
    return tmp_path / "uploads.sqlite"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to upload."""
    return make_file(tmp_path / "clip.mp4")


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    """Two files called clip.mp4, in two folders."""
    return [make_file(tmp_path / folder / "clip.mp4", f"video of {folder}".encode()) for folder in ("one", "other")]
