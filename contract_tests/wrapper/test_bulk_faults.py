"""Bulk creations whose streams, ledgers or rate limits are as nobody expects: they end, or say what is wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.clock import Clock
from contract_tests.support.fake_platform import FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.samples import VIDEO, make_file, problem
from contract_tests.support.spoiled_ledgers import EDITED_BY_HAND
from contract_tests.support.twins import Twin
from twelvelabs_tasks import Ledger, errors

NAME = "clip.mp4"
SYNC = Twin("sync")
DOUBLINGS = 1024  # of a pause, after which no float can hold it
MOST_REFUSALS = 10  # of an input, before it is given up


# Streams


class SentOnce(io.BytesIO):
    """A file that can be rewound only until it was sent, as one on a disk that goes away."""

    def __init__(self, server: FakePlatform) -> None:
        super().__init__(VIDEO)
        self._server = server

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if self._server.sent["gone.mp4"]:
            raise OSError("the disk went away")
        return super().seek(offset, whence)


FAULTS: dict[str, tuple[Any, type[Exception]]] = {
    "told to wait": (httpx.Response(429, headers={"Retry-After": "0"}, json=problem()), errors.TooManyRequestsError),
    "lost": (Fate.BROKEN, errors.CreateOutcomeUnknown),
}


@pytest.mark.parametrize(("fate", "kind"), FAULTS.values(), ids=FAULTS)
def test_a_stream_that_cannot_be_rewound_any_more_fails_alone(twin: Twin, fate: Any, kind: type[Exception]) -> None:
    server = FakePlatform(fates={"gone.mp4": [fate]})
    files = [("0.mp4", VIDEO), ("gone.mp4", SentOnce(server)), ("2.mp4", VIDEO)]
    results = server.create_bulk(twin, video_files=files, max_concurrency=1)
    assert [type(result.error) for result in results] == [type(None), kind, type(None)]
    assert server.sent == {"0.mp4": 1, "gone.mp4": 1, "2.mp4": 1}


# Rate limits


@pytest.mark.slow
def test_any_number_of_pauses_in_a_row_fails_uploads_and_not_the_bulk_creation(clock: Clock) -> None:
    refused = [httpx.Response(429, json=problem())] * MOST_REFUSALS
    names = [f"{number}.mp4" for number in range(DOUBLINGS // (MOST_REFUSALS - 1) + 2)]
    server = FakePlatform(fates={name: [*refused] for name in names})
    results = server.create_bulk(SYNC, video_files=[(name, b"video") for name in names], max_concurrency=1)
    assert {type(result.error) for result in results} == {errors.TooManyRequestsError}
    assert len(clock.slept) > DOUBLINGS


# Ledgers


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITED_BY_HAND.values(), ids=EDITED_BY_HAND)
def test_a_ledger_that_was_edited_by_hand_is_refused(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    file = make_file(tmp_path / NAME)
    platform.fates = {NAME: [Fate.LOST]}
    platform.leave_unknown(twin, video_files=[file], ledger=ledger)
    edit(ledger)
    with pytest.raises(errors.LedgerError, match=r"uploads\.sqlite"):
        platform.create_in_turn(twin, video_files=[file], ledger=ledger)
    assert platform.sent[NAME] == 1


def test_a_ledger_whose_text_is_not_utf_8_is_not_listed(platform: FakePlatform, ledger: Path, tmp_path: Path) -> None:
    platform.create_in_turn(SYNC, video_files=[make_file(tmp_path / NAME)], ledger=ledger)
    EDITED_BY_HAND["text that is not UTF-8"](ledger)
    with Ledger(ledger) as opened, pytest.raises(errors.LedgerError, match=r"uploads\.sqlite"):
        opened.uploads()


def test_a_ledger_that_does_not_exist_is_not_made_by_looking_into_it(ledger: Path) -> None:
    with pytest.raises(errors.LedgerError, match="there is no such file"):
        Ledger(ledger)
    assert not ledger.exists()


def test_no_upload_is_settled_with_an_empty_identifier(platform: FakePlatform, ledger: Path, tmp_path: Path) -> None:
    file = make_file(tmp_path / NAME)
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(SYNC, video_files=[file], ledger=ledger)
    with Ledger(ledger) as opened:
        with pytest.raises(ValueError, match="task_id"):
            opened.settle(file, task_id="")
        assert [upload.state for upload in opened.uploads()] == ["started"]
