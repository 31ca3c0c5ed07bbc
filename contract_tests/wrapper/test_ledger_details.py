"""What the docstrings of `Ledger` say beside the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.samples import make_files
from contract_tests.support.twins import Twin
from twelvelabs_tasks import Ledger, errors

TASK, VIDEO_ID = "62a1ec6d9ea24f052b971aff", "62a1ec6d9ea24f052b971bbb"


@pytest.fixture
def files(server: FakePlatform, ledger: Path, tmp_path: Path) -> list[Path]:
    """Files that were uploaded one after the other, the last first."""
    files = make_files(tmp_path, 3)[::-1]
    server.create_in_turn(Twin("sync"), video_files=files, ledger=ledger)
    return files


def test_uploads_are_listed_in_the_order_in_which_they_began(ledger: Path, files: list[Path]) -> None:
    with Ledger(ledger) as opened:
        listed = list(opened.uploads())
    assert [upload.input for upload in listed] == [str(file.resolve()) for file in files]
    assert [upload.started_at for upload in listed] == sorted(upload.started_at for upload in listed)


def test_a_ledger_that_is_closed_can_be_opened_by_others_and_not_used_any_more(ledger: Path, files: list[Path]) -> None:
    first = Ledger(ledger)
    with pytest.raises(errors.LedgerError):
        Ledger(ledger)
    first.close()
    with Ledger(ledger) as second:
        assert len(list(second.uploads())) == 3
    with pytest.raises(errors.LedgerError):
        list(first.uploads())
    with pytest.raises(errors.LedgerError):
        first.settle(files[0], task_id=TASK)
    with pytest.raises(errors.LedgerError):
        first.forget(files[0])


def test_the_video_of_an_upload_is_that_of_its_task_unless_another_is_named(ledger: Path, files: list[Path]) -> None:
    with Ledger(ledger) as opened:
        opened.settle(files[0], task_id=TASK)
        opened.settle(files[1], task_id=TASK[::-1], video_id=VIDEO_ID)
        first, second, _ = opened.uploads()
    assert (first.task_id, first.video_id) == (TASK, TASK)
    assert (second.task_id, second.video_id) == (TASK[::-1], VIDEO_ID)
