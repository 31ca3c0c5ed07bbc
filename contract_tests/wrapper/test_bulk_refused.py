"""A bulk creation that is refused again and again gives up on an input, and sends no more than it must."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from contract_tests.support.fake_platform import FakePlatform
from contract_tests.support.samples import VIDEO, make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

MOST_REFUSALS = 10
MOST_REFUSALS_AMONG_OTHERS = 50
FOR_EVER = 100  # refusals of each file, after which it is accepted, so that no test hangs


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses that the platform does not ask for be short."""
    monkeypatch.setattr("twelvelabs_tasks.tasks._many.pace.SHORTEST", 0.001)
    monkeypatch.setattr("twelvelabs_tasks.tasks._many.pace.LONGEST", 0.01)


def refusal(retry_after: str, status: int = 429) -> httpx.Response:
    """Return the response that tells an upload to wait."""
    return httpx.Response(status, headers={"Retry-After": retry_after}, json=problem("too_many_requests", "Slow down."))


@pytest.mark.slow
@pytest.mark.parametrize("retry_after", ["0", "-1", "0.01"])
def test_an_input_is_given_up_after_ten_refusals(
    twin: Twin, server: FakePlatform, tmp_path: Path, retry_after: str
) -> None:
    files = make_files(tmp_path, 5)
    server.fates = {file.name: [refusal(retry_after)] * FOR_EVER for file in files}
    results = server.create_bulk(twin, video_files=files, max_concurrency=2)
    assert [type(result.error) for result in results] == [errors.TooManyRequestsError] * 5
    assert server.sent == {file.name: MOST_REFUSALS for file in files}
    assert server.tasks == []


def test_503_with_retry_after_is_given_up_too(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"000.mp4": [refusal("0", 503)] * FOR_EVER}
    (result,) = server.create_bulk(twin, video_files=make_files(tmp_path, 1))
    assert isinstance(result.error, errors.ServiceUnavailableError)
    assert server.sent == {"000.mp4": MOST_REFUSALS}


def test_retries_of_one_request_do_not_multiply_refusals(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"000.mp4": [refusal("0")] * FOR_EVER}
    server.create_bulk(twin, video_files=make_files(tmp_path, 1), request_options={"max_retries": 5})
    assert server.sent == {"000.mp4": MOST_REFUSALS}


def test_an_input_that_is_given_up_stops_no_other(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files = make_files(tmp_path, 6)
    server.fates = {"002.mp4": [refusal("0")] * FOR_EVER}
    results = server.create_bulk(twin, video_files=files)
    assert [result.task is None for result in results] == [file.name == "002.mp4" for file in files]
    refused = server.sent.pop("002.mp4")
    assert MOST_REFUSALS <= refused < MOST_REFUSALS + len(files)  # in a row, without another one that is accepted
    assert set(server.sent.values()) == {1}


def test_an_input_that_is_refused_while_others_are_accepted_is_given_up_after_fifty_refusals(
    twin: Twin, server: FakePlatform
) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "refused.mp4", VIDEO
        for number in range(1000):
            if server.sent["refused.mp4"] == MOST_REFUSALS_AMONG_OTHERS:
                break
            yield f"{number}.mp4", VIDEO

    server.fates = {"refused.mp4": [refusal("0")] * FOR_EVER}
    first, *others = server.create_bulk(twin, video_files=files())
    assert isinstance(first.error, errors.TooManyRequestsError)
    assert server.sent["refused.mp4"] == MOST_REFUSALS_AMONG_OTHERS
    assert all(other.task for other in others)


@pytest.mark.slow
def test_an_input_that_was_given_up_is_sent_in_the_next_run(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    files = make_files(tmp_path, 1)
    server.fates = {"000.mp4": [refusal("0")] * MOST_REFUSALS}
    (first,) = server.create_bulk(twin, video_files=files, ledger=tmp_path / "uploads.sqlite")
    assert isinstance(first.error, errors.TooManyRequestsError)
    (second,) = server.create_bulk(twin, video_files=files, ledger=tmp_path / "uploads.sqlite")
    assert second.task is not None
    assert server.sent == {"000.mp4": MOST_REFUSALS + 1}


def test_nine_refusals_are_survived(twin: Twin, server: FakePlatform, tmp_path: Path) -> None:
    server.fates = {"000.mp4": [refusal("0")] * (MOST_REFUSALS - 1)}
    (result,) = server.create_bulk(twin, video_files=make_files(tmp_path, 1))
    assert result.task is not None
