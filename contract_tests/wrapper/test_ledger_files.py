"""The file of a ledger: what it knows goes with it, and whatever else may lie in its place is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate, serve_platform
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.lost_runs import kill_when
from contract_tests.support.samples import VIDEO, make_file
from contract_tests.support.spoiled_ledgers import SPOILED, edit_dates
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

pytestmark = pytest.mark.slow

ADVICE = re.compile(r"\b(restore|delete|remove|give|put|begin|pass|use)\b", re.IGNORECASE)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Some files."""
    return [make_file(tmp_path / "videos" / f"{number:03}.mp4", VIDEO + bytes(number)) for number in range(5)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ten files and the ledger of their uploads."""
    folder = tmp_path_factory.mktemp("full")
    files = [make_file(folder / f"{number:03}.mp4") for number in range(10)]
    with serve_platform() as platform:
        platform.create_in_turn(Twin("sync"), video_files=files, ledger=folder / "uploads.sqlite")
    return folder


# Where it is


@pytest.mark.parametrize("move", [shutil.copyfile, shutil.move], ids=["copied", "renamed"])
def test_a_ledger_that_is_moved_on_its_own_after_sigkill_knows_everything(
    twin: Twin, platform: FakePlatform, files: list[Path], ledger: Path, tmp_path: Path, move: Callable[..., object]
) -> None:
    platform.fates = {files[4].name: [Fate.KEPT]}
    kill_when(lambda: len(platform.tasks) == 5, platform, ledger, files)
    moved = tmp_path / "elsewhere" / "moved.sqlite"
    moved.parent.mkdir()
    move(ledger, moved)
    results = platform.create_in_turn(twin, video_files=files, ledger=moved)
    assert [result.task and result.task.id for result in results] == [task["_id"] for task in platform.tasks]
    assert set(platform.sent.values()) == {1}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_is_not_the_ledger_that_it_was_is_refused_with_what_to_do(
    twin: Twin, platform: FakePlatform, full: Path, ledger: Path, spoil: Callable[[Path], None]
) -> None:
    shutil.copyfile(full / "uploads.sqlite", ledger)
    spoil(ledger)
    content = ledger.read_bytes()
    with pytest.raises(errors.LedgerError, match=r"uploads\.sqlite") as refused:
        platform.create_in_turn(twin, video_files=sorted(full.glob("*.mp4")), ledger=ledger)
    assert ADVICE.search(str(refused.value).partition("cannot be used")[2])
    assert not platform.sent
    if spoil is not edit_dates:  # those come to light only while it is in use
        assert ledger.read_bytes() == content


def test_a_ledger_is_refused_by_either_of_two_names(
    twin: Twin, platform: FakePlatform, files: list[Path], ledger: Path, tmp_path: Path
) -> None:
    platform.create_in_turn(twin, video_files=files, ledger=ledger)
    other = tmp_path / "other.sqlite"
    other.hardlink_to(ledger)
    for path in (ledger, other):
        with pytest.raises(errors.LedgerError, match="link"):
            platform.create_in_turn(twin, video_files=files, ledger=path)
    other.unlink()
    platform.create_in_turn(twin, video_files=files, ledger=ledger)
    assert set(platform.sent.values()) == {1}


def delete(ledger: Path) -> None:
    ledger.unlink()


def replace(ledger: Path) -> None:
    shutil.copyfile(ledger, ledger.with_name("copy.sqlite")).replace(ledger)


@pytest.mark.parametrize("spoil", [delete, replace])
def test_a_ledger_that_is_deleted_or_replaced_while_in_use_ends_the_run(
    twin: Twin, platform: FakePlatform, files: list[Path], ledger: Path, spoil: Callable[[Path], None]
) -> None:
    def inputs() -> Iterator[Path]:
        yield from files[:2]
        spoil(ledger)
        yield from files[2:]

    with pytest.raises(errors.LedgerError, match=r"deleted|replaced"):
        platform.create_in_turn(twin, video_files=inputs(), ledger=ledger)
    assert len(platform.sent) < len(files)


# How paths are written


def spellings(file: Path, tmp_path: Path) -> Iterable[Path]:
    """Return several paths of one file."""
    linked = tmp_path / "linked"
    linked.symlink_to(file.parent, target_is_directory=True)
    (tmp_path / "nested").symlink_to(linked, target_is_directory=True)
    return [
        file,
        file.parent / ".." / file.parent.name / file.name,
        linked / file.name,
        tmp_path / "nested" / file.name,
    ]


def test_a_file_is_the_same_upload_however_its_path_is_written(
    twin: Twin, platform: FakePlatform, files: list[Path], ledger: Path, tmp_path: Path
) -> None:
    for path in spellings(files[0], tmp_path):
        (result,) = platform.create_in_turn(twin, video_files=[path], ledger=ledger)
        assert result.task is not None
        assert result.task.id == platform.tasks[0]["_id"]
        assert platform.sent == {files[0].name: 1}


def test_a_file_whose_path_is_written_in_several_ways_at_once_is_sent_once(
    twin: Twin, platform: FakePlatform, files: list[Path], ledger: Path, tmp_path: Path
) -> None:
    results = platform.create_in_turn(twin, video_files=spellings(files[0], tmp_path), ledger=ledger)
    assert {result.task and result.task.id for result in results} == {platform.tasks[0]["_id"]}
    assert platform.sent == {files[0].name: 1}
