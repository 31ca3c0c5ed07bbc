"""`Ledger`: what it tells of the uploads, and how it is told what became of them."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.polling import until
from contract_tests.support.samples import INDEX_ID, make_file
from contract_tests.support.spoiled_ledgers import SPOILED
from contract_tests.support.twins import Twin
from twelvelabs_tasks import Ledger, errors

NAME = "clip.mp4"
OTHER_INDEX = "f" * 24
GIVEN = "62a1ec6d9ea24f052b971aff"
SYNC = Twin("sync")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the ledger."""
    return tmp_path / "uploads.sqlite"


def settle(path: Path, *arguments: Any, **options: Any) -> None:
    with Ledger(path) as ledger:
        ledger.settle(*arguments, **options)


def forget(path: Path, *arguments: Any, **options: Any) -> None:
    with Ledger(path) as ledger:
        ledger.forget(*arguments, **options)


def uploads(path: Path) -> list[Any]:
    with Ledger(path) as ledger:
        return list(ledger.uploads())


def states(path: Path) -> dict[str, str]:
    """Return the state of each upload by its input."""
    return {upload.input: upload.state for upload in uploads(path)}


# What it tells


def test_a_ledger_lists_its_uploads(twin: Twin, platform: FakePlatform, path: Path, tmp_path: Path) -> None:
    files = [make_file(tmp_path / f"{number}.mp4") for number in range(3)]
    platform.fates = {"1.mp4": [Fate.REFUSED], "2.mp4": [Fate.BROKEN]}
    url = "https://example.com/films/a.mp4?token=1"
    before = datetime.now(UTC)
    platform.leave_unknown(twin, video_files=files, video_urls=[url], ledger=path)
    created, failed, started, fetched = sorted(uploads(path), key=lambda upload: str(upload.filename))
    assert [each.input for each in (created, failed, started, fetched)] == [*map(str, files), url]
    assert [each.filename for each in (created, failed, started, fetched)] == ["0.mp4", "1.mp4", "2.mp4", "a.mp4"]
    assert [each.state for each in (created, failed, started, fetched)] == ["created", "failed", "started", "created"]
    assert {each.index_id for each in (created, failed, started, fetched)} == {INDEX_ID}
    assert all(before <= each.started_at <= datetime.now(UTC) for each in (created, failed, started, fetched))
    assert created.started_at.utcoffset() == timedelta(0)
    assert (created.task_id, created.video_id, created.error) == (*[platform.tasks[0]["_id"]] * 2, None)
    assert (failed.task_id, failed.video_id) == (None, None)
    assert "BadRequestError" in failed.error
    assert (started.task_id, started.video_id, started.error) == (None, None, None)


def test_a_file_is_listed_by_the_folder_it_lies_in(
    twin: Twin, platform: FakePlatform, path: Path, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "folder" / NAME)
    linked = tmp_path / "linked"
    linked.symlink_to(file.parent, target_is_directory=True)
    platform.create_in_turn(twin, video_files=[linked / ".." / "folder" / NAME], ledger=path)
    assert [upload.input for upload in uploads(path)] == [str(file.resolve())]


def test_a_file_that_is_a_symbolic_link_is_listed_by_its_own_name(
    twin: Twin, platform: FakePlatform, path: Path, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "folder" / NAME)
    link = tmp_path / "links" / "holiday.mp4"
    link.parent.mkdir()
    link.symlink_to(file)
    platform.create_in_turn(twin, video_files=[link, file], ledger=path)
    assert {upload.input: upload.filename for upload in uploads(path)} == {
        str(tmp_path.resolve() / "links" / "holiday.mp4"): "holiday.mp4",
        str(file.resolve()): NAME,
    }
    assert platform.sent == {"holiday.mp4": 1, NAME: 1}


def test_a_ledger_is_not_opened_while_tasks_are_created_with_it(
    platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.fates = {NAME: [Fate.HELD]}
    run = threading.Thread(
        target=lambda: platform.create_in_turn(SYNC, video_files=pair[:1], ledger=path),
    )
    run.start()
    try:
        until(lambda: platform.sent[NAME], "the upload")
        with pytest.raises(errors.LedgerError, match="another bulk creation uses it"):
            Ledger(path)
    finally:
        platform.release()
        run.join()
    assert states(path) == {str(pair[0].resolve()): "created"}


def test_no_tasks_are_created_with_a_ledger_that_is_open(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.create_in_turn(twin, video_files=pair[:1], ledger=path)
    with Ledger(path), pytest.raises(errors.LedgerError, match="uses it"):
        platform.create_in_turn(twin, video_files=pair, ledger=path)
    assert platform.sent[NAME] == 1


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_is_not_the_ledger_that_it_was_is_not_read(
    platform: FakePlatform, path: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    files = [make_file(tmp_path / f"{number:03}.mp4") for number in range(10)]
    platform.create_in_turn(SYNC, video_files=files, ledger=path)
    spoil(path)
    content = path.read_bytes()
    with pytest.raises(errors.LedgerError, match=r"uploads\.sqlite"):
        uploads(path)
    assert path.read_bytes() == content


# What it is told


def test_an_upload_that_is_settled_with_a_task_is_not_retried(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(twin, video_files=pair[:1], ledger=path)
    settle(path, str(pair[0]), task_id=GIVEN)
    assert [(each.state, each.task_id) for each in uploads(path)] == [("created", GIVEN)]
    (result,) = platform.create_in_turn(twin, video_files=pair[:1], ledger=path)
    assert result.task.id == GIVEN
    assert platform.sent[NAME] == 1


@pytest.mark.slow
def test_an_upload_that_is_settled_without_a_task_is_retried(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.fates = {NAME: [Fate.LOST]}
    platform.leave_unknown(twin, video_files=pair[:1], ledger=path)
    settle(path, str(pair[0]), task_id=None)
    assert [(each.state, each.task_id) for each in uploads(path)] == [("failed", None)]
    (result,) = platform.create_in_turn(twin, video_files=pair[:1], ledger=path)
    assert result.task.id == platform.tasks[1]["_id"]
    assert platform.sent[NAME] == 2


@pytest.mark.slow
def test_of_two_versions_of_a_file_the_one_that_is_unclear_is_settled(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(twin, video_files=pair[:1], ledger=path)
    pair[0].write_bytes(b"a later version, of another size")
    platform.create_in_turn(twin, video_files=pair[:1], ledger=path, on_unclear="send")
    later = platform.tasks[-1]["_id"]
    assert {(each.state, each.task_id) for each in uploads(path)} == {("started", None), ("created", later)}
    settle(path, pair[0], task_id=GIVEN)
    assert {(each.state, each.task_id) for each in uploads(path)} == {("created", GIVEN), ("created", later)}


def test_an_upload_that_was_created_may_be_settled_without_a_task(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.create_in_turn(twin, video_files=pair[:1], ledger=path)
    settle(path, str(pair[0]), task_id=None)
    (result,) = platform.create_in_turn(twin, video_files=pair[:1], ledger=path)
    assert result.task.id == platform.tasks[1]["_id"]


@pytest.mark.slow
@pytest.mark.parametrize("created", [0, 1], ids=["the first created", "the second created"])
@pytest.mark.parametrize("by", ["its task", "having none"])
def test_of_two_uploads_of_one_name_the_other_is_clear_when_one_is_settled(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path, created: int, by: str
) -> None:
    fates = [Fate.BROKEN, Fate.BROKEN]
    fates[created] = Fate.LOST
    platform.fates = {NAME: fates}
    platform.leave_unknown(twin, video_files=pair, ledger=path)
    results = platform.create_in_turn(twin, video_files=pair, ledger=path)
    assert all(isinstance(result.error, errors.CreateOutcomeUnknown) for result in results)
    (lost,) = platform.tasks
    if by == "its task":
        settle(path, pair[created], task_id=lost["_id"])
    else:
        settle(path, pair[1 - created], task_id=None)
    results = platform.create_in_turn(twin, video_files=pair, ledger=path)
    assert [platform.contents[result.task.id] for result in results] == [each.read_bytes() for each in pair]
    assert results[created].task.id == lost["_id"]
    assert platform.sent[NAME] == 3


@pytest.mark.slow
def test_an_upload_that_is_forgotten_is_sent_as_if_it_had_never_been(
    twin: Twin, platform: FakePlatform, pair: list[Path], path: Path
) -> None:
    platform.create_in_turn(twin, video_files=pair, ledger=path)
    forget(path, str(pair[0]))
    assert states(path) == {str(pair[1].resolve()): "created"}
    results = platform.create_in_turn(twin, video_files=pair, ledger=path)
    assert [result.task.id for result in results] == [platform.tasks[2]["_id"], platform.tasks[1]["_id"]]


def test_an_upload_that_may_have_a_task_is_not_forgotten(platform: FakePlatform, pair: list[Path], path: Path) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(SYNC, video_files=pair[:1], ledger=path)
    before = uploads(path)
    with pytest.raises(ValueError, match="settle it instead"):
        forget(path, str(pair[0]))
    assert uploads(path) == before


@pytest.mark.slow
@pytest.mark.parametrize("change", [lambda *where: settle(*where, task_id=GIVEN), forget], ids=["settle", "forget"])
@pytest.mark.parametrize(
    "write", [str, Path, os.path.relpath, lambda path: path.parent / ".." / path.parent.name / NAME]
)
def test_an_input_may_be_written_in_any_way_that_leads_to_it(
    platform: FakePlatform, path: Path, tmp_path: Path, change: Callable[..., None], write: Callable[[Path], Any]
) -> None:
    file = make_file(tmp_path / "folder" / NAME)
    platform.create_in_turn(SYNC, video_files=[file], ledger=path)
    file.unlink()  # what is settled by hand need not exist any more
    change(path, write(file))
    assert [upload.task_id for upload in uploads(path)] in ([GIVEN], [])


@pytest.mark.parametrize("change", [lambda *where: settle(*where, task_id=GIVEN), forget], ids=["settle", "forget"])
def test_a_url_is_an_input_as_it_is(platform: FakePlatform, path: Path, change: Callable[..., None]) -> None:
    url = "https://example.com/a/../films//a.mp4?token=1"
    platform.create_in_turn(SYNC, video_urls=[url], ledger=path)
    change(path, url)
    assert [upload.task_id for upload in uploads(path)] in ([GIVEN], [])


CHANGES: dict[str, Callable[..., None]] = {
    "settle": lambda *where, **options: settle(*where, task_id=None, **options),
    "forget": forget,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_input_that_the_ledger_does_not_hold_is_refused(
    platform: FakePlatform, pair: list[Path], path: Path, change: Callable[..., None]
) -> None:
    platform.create_in_turn(SYNC, video_files=pair[:1], ledger=path)
    with pytest.raises(LookupError, match=str(pair[1])):
        change(path, str(pair[1]))
    with pytest.raises(LookupError, match=str(pair[0])):
        change(path, str(pair[0]), index_id=OTHER_INDEX)
    assert states(path) == {str(pair[0].resolve()): "created"}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_an_input_in_several_indexes_the_index_must_be_given(
    platform: FakePlatform, pair: list[Path], path: Path, change: Callable[..., None]
) -> None:
    for index_id in (INDEX_ID, OTHER_INDEX):
        platform.create_in_turn(SYNC, video_files=pair[:1], ledger=path, index_id=index_id)
    with pytest.raises(ValueError, match="index_id"):
        change(path, str(pair[0]))
    change(path, str(pair[0]), index_id=OTHER_INDEX)
    kept = [upload.index_id for upload in uploads(path) if upload.state == "created"]
    assert kept == [INDEX_ID]


def test_what_a_ledger_is_told_stays_in_a_copy_of_it(platform: FakePlatform, pair: list[Path], path: Path) -> None:
    platform.create_in_turn(SYNC, video_files=pair, ledger=path)
    with Ledger(path) as ledger:
        ledger.settle(pair[0], task_id=GIVEN)
        copy = shutil.copyfile(path, path.with_name("copy.sqlite"))
    assert {upload.input: upload.task_id for upload in uploads(copy)}[str(pair[0].resolve())] == GIVEN
