"""Uploads in bulk whose outcome is unknown: none gets the task of another one, and none is retried on a guess."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.clock import stop_clock
from contract_tests.support.fake_platform import SETTLING, FakePlatform, Fate
from contract_tests.support.fixtures import served_platform as served_platform
from contract_tests.support.lost_runs import kill_when, run_with_clock
from contract_tests.support.samples import INDEX_ID, make_file
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

NAME = "clip.mp4"
REWRITTEN = {
    "a quotation mark": ('a"b.mp4', "a%22b.mp4"),
    "a path of Windows": (r"C:\x\y.mp4", "y.mp4"),
    "a folder": ("x/y.mp4", "y.mp4"),
    "a percent sign": ("100%25.mp4", "100%.mp4"),
    "letters that are composed": (unicodedata.normalize("NFD", "é.mp4"), unicodedata.normalize("NFC", "é.mp4")),
    "another name altogether": ("größe.mp4", "video-1.mp4"),
}


def candidates(result: Any) -> list[str | None]:
    """Return the ids of the candidates of a result that is unclear."""
    assert isinstance(result.error, errors.CreateOutcomeUnknown), result
    return [candidate.id for candidate in result.error.candidates]


def is_own(platform: FakePlatform, result: Any) -> bool:
    """Return whether the task of a result is that of its input."""
    assert result.task is not None, result
    return platform.contents[result.task.id] == Path(result.input).read_bytes()


# Two files of one name


@pytest.mark.slow
@pytest.mark.parametrize("again", [[0], [1], [0, 1]], ids=["the first", "the second", "both"])
@pytest.mark.parametrize(
    "fates", [(Fate.LOST, Fate.BROKEN), (Fate.BROKEN, Fate.LOST)], ids=["the first created", "the second created"]
)
def test_a_task_that_may_be_that_of_two_uploads_of_one_name_is_given_to_neither(
    twin: Twin, platform: FakePlatform, pair: list[Path], ledger: Path, fates: tuple[Fate, Fate], again: list[int]
) -> None:
    platform.fates = {NAME: list(fates)}
    platform.leave_unknown(twin, video_files=pair, ledger=ledger)
    results = platform.create_in_turn(twin, video_files=[pair[number] for number in again], ledger=ledger)
    assert [candidates(result) for result in results] == [[platform.tasks[0]["_id"]]] * len(again)
    assert platform.sent[NAME] == 2


@pytest.mark.slow
@pytest.mark.parametrize("created", [0, 1], ids=["the first created", "the second created"])
def test_two_files_of_one_name_are_not_exchanged_after_sigkill(
    twin: Twin, platform: FakePlatform, pair: list[Path], ledger: Path, created: int
) -> None:
    fates = [Fate.HELD, Fate.HELD]
    fates[created] = Fate.KEPT
    platform.fates = {NAME: fates}
    kill_when(lambda: platform.sent[NAME] == 2 and platform.tasks, platform, ledger, pair, at_once=2)
    (content,) = platform.contents.values()
    (other,) = [path for path in pair if path.read_bytes() != content]
    (result,) = platform.create_in_turn(twin, video_files=[other], ledger=ledger)
    assert candidates(result) == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 2


def test_a_task_of_the_same_name_that_the_client_created_since_is_that_of_no_upload(
    twin: Twin, platform: FakePlatform, pair: list[Path], ledger: Path
) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(twin, video_files=pair[:1], ledger=ledger)
    created, (resumed,) = platform.use_all(
        twin,
        lambda client: client.tasks.create(index_id=INDEX_ID, video_file=pair[1]),
        lambda client: client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=pair[:1], ledger=ledger, settling_seconds=SETTLING
        ),
    )
    assert resumed.task.id != created.id
    assert is_own(platform, resumed)
    assert platform.sent[NAME] == 3


@pytest.mark.slow
def test_a_task_in_another_ledger_of_the_client_is_that_of_no_upload(
    twin: Twin, platform: FakePlatform, pair: list[Path], tmp_path: Path
) -> None:
    def upload(client: Any, file: Path, ledger: str) -> Any:
        return client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=[file], ledger=tmp_path / ledger, settling_seconds=SETTLING
        )

    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(twin, video_files=pair[:1], ledger=tmp_path / "a.sqlite")
    (other,), (resumed,) = platform.use_all(
        twin,
        lambda client: upload(client, pair[1], "b.sqlite"),
        lambda client: upload(client, pair[0], "a.sqlite"),
    )
    assert resumed.task.id != other.task.id
    assert is_own(platform, resumed)
    assert is_own(platform, other)


@pytest.mark.parametrize("first", [Fate.CREATED, Fate.LOST], ids=["created", "found"])
def test_a_task_of_an_earlier_bulk_creation_of_the_client_is_that_of_no_upload(
    twin: Twin, platform: FakePlatform, pair: list[Path], first: Fate
) -> None:
    def upload(client: Any, file: Path) -> Any:
        return client.tasks.create_bulk(index_id=INDEX_ID, video_files=[file], settling_seconds=SETTLING)

    platform.fates = {NAME: [first, Fate.BROKEN]}
    results = platform.use_all(twin, lambda client: upload(client, pair[0]), lambda client: upload(client, pair[1]))
    assert all(is_own(platform, result) for (result,) in results)
    assert platform.sent[NAME] == 3


# Names that the list rewrites


@pytest.mark.slow
@pytest.mark.parametrize(("name", "listed_as"), REWRITTEN.values(), ids=REWRITTEN)
def test_an_upload_whose_name_the_list_may_rewrite_is_not_retried(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path, name: str, listed_as: str
) -> None:
    platform.fates = {name: [Fate.LOST]}
    platform.listed_as = lambda _: listed_as
    files = [(name, make_file(tmp_path / NAME))]
    for _ in range(2):
        (result,) = platform.create_in_turn(twin, video_files=files, ledger=ledger)
        assert candidates(result) == [platform.tasks[0]["_id"]]
        assert platform.sent == {name: 1}


@pytest.mark.slow
@pytest.mark.parametrize("other", ["größe.mp4", "https://example.com/watch"], ids=["a file", "a URL"])
def test_a_task_that_may_be_that_of_an_upload_whose_name_the_list_rewrites_is_that_of_no_other(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path, other: str
) -> None:
    platform.fates = {other.rpartition("/")[2]: [Fate.LOST], NAME: [Fate.BROKEN]}
    platform.listed_as = lambda _: NAME
    files: list[Any] = [make_file(tmp_path / NAME)]
    urls = [other] if other.startswith("https:") else []
    if not urls:
        files.append((other, make_file(tmp_path / "other.mp4")))
    platform.leave_unknown(twin, video_files=files, video_urls=urls, ledger=ledger)
    results = platform.create_in_turn(twin, video_files=files, video_urls=urls, ledger=ledger)
    assert [candidates(result) for result in results] == [[platform.tasks[0]["_id"]]] * 2
    assert sum(platform.sent.values()) == 2


# Clocks


@pytest.mark.parametrize("ahead", [10.0, 3600.0])
def test_an_upload_is_found_if_only_the_date_of_a_gateway_is_ahead(
    twin: Twin, platform: FakePlatform, tmp_path: Path, ahead: float
) -> None:
    platform.date_ahead = ahead
    platform.fates = {NAME: [Fate.LOST]}
    (result,) = platform.create_in_turn(twin, video_files=[make_file(tmp_path / NAME)])
    assert result.task is not None
    assert result.task.id == platform.tasks[0]["_id"]
    assert platform.sent[NAME] == 1


@pytest.mark.parametrize("ledgered", [False, True])
@pytest.mark.parametrize("ahead", [-3600.0, -60.0, -8.0, 8.0, 60.0])
def test_an_upload_to_a_platform_whose_clock_is_off_and_unknown_is_not_retried(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path, ahead: float, ledgered: bool
) -> None:
    platform.date_ahead, platform.clock_ahead = None, ahead
    platform.fates = {NAME: [Fate.LOST]}
    more = {"ledger": ledger} if ledgered else {}
    (result,) = platform.create_in_turn(twin, video_files=[make_file(tmp_path / NAME)], **more)
    known = candidates(result) if result.task is None else [result.task.id]
    assert known == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 1


@pytest.mark.slow
@pytest.mark.parametrize("date_ahead", [0.0, None], ids=["with Date", "without Date"])
@pytest.mark.parametrize("ahead", [30.0, 3600.0, 43_200.0])
def test_an_upload_that_began_while_the_clock_of_this_machine_was_ahead_is_not_retried(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path, ahead: float, date_ahead: float | None
) -> None:
    file = make_file(tmp_path / NAME)
    platform.date_ahead = date_ahead
    platform.fates = {NAME: [Fate.LOST]}
    platform.hides_lists = True
    run_with_clock(ahead, platform, ledger, [file])
    platform.hides_lists = False
    (result,) = platform.create_in_turn(twin, video_files=[file], ledger=ledger)
    known = candidates(result) if result.task is None else [result.task.id]
    assert known == [platform.tasks[0]["_id"]]
    assert platform.sent[NAME] == 1


# What is to be done with what is unclear


@pytest.mark.slow
def test_an_upload_that_is_unclear_is_retried_on_demand(
    twin: Twin, platform: FakePlatform, ledger: Path, tmp_path: Path
) -> None:
    platform.fates = {'a"b.mp4': [Fate.LOST]}
    platform.listed_as = lambda _: "a%22b.mp4"
    files = [('a"b.mp4', make_file(tmp_path / NAME))]
    for _ in range(2):
        (result,) = platform.create_in_turn(twin, video_files=files, ledger=ledger, on_unclear="send")
        assert result.task is not None
        assert result.task.id == platform.tasks[1]["_id"]
        assert len(platform.tasks) == 2


@pytest.mark.slow
def test_uploads_of_one_name_that_are_unclear_are_retried_on_demand(
    twin: Twin, platform: FakePlatform, pair: list[Path], ledger: Path
) -> None:
    platform.fates = {NAME: [Fate.LOST, Fate.LOST]}
    platform.leave_unknown(twin, video_files=pair, ledger=ledger)
    results = platform.create_in_turn(twin, video_files=pair, ledger=ledger, on_unclear="send")
    assert all(is_own(platform, result) for result in results)
    assert platform.sent[NAME] == 4


def test_an_upload_whose_task_is_found_is_never_retried(twin: Twin, platform: FakePlatform, tmp_path: Path) -> None:
    platform.fates = {NAME: [Fate.LOST]}
    (result,) = platform.create_in_turn(twin, video_files=[make_file(tmp_path / NAME)], on_unclear="send")
    assert result.task is not None
    assert platform.sent[NAME] == 1


@pytest.mark.parametrize("choice", ["raise", "", None])
def test_every_other_request_is_refused(twin: Twin, platform: FakePlatform, pair: list[Path], choice: Any) -> None:
    with pytest.raises(ValueError, match="on_unclear must be 'report' or 'send'"):
        platform.create_in_turn(twin, video_files=pair, on_unclear=choice)
    assert not platform.sent


@pytest.mark.parametrize(("seconds", "level"), [(119, "INFO"), (130, "WARNING")])
def test_a_long_wait_for_what_is_unclear_is_logged_as_a_warning(
    platform: FakePlatform, pair: list[Path], ledger: Path, caplog: pytest.LogCaptureFixture, seconds: int, level: str
) -> None:
    platform.fates = {NAME: [Fate.BROKEN]}
    platform.leave_unknown(Twin("sync"), video_files=pair[:1], ledger=ledger)
    caplog.clear()  # of what a logger that another test has set to INFO said so far
    with caplog.at_level("INFO", "twelvelabs_tasks"), stop_clock():
        platform.create_in_turn(Twin("sync"), video_files=pair[:1], ledger=ledger, settling_seconds=seconds)
    assert [each.levelname for each in caplog.records if each.message.startswith("Waiting")] == [level]
