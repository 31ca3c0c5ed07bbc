"""An upload of 4 MiB, cut at every 64 KiB and around its response: never two tasks, and never a silent success."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.pauses import note_pauses, skip_pauses
from contract_tests.support.relay import Cut, Relay, run_relay
from contract_tests.support.twins import Twin
from contract_tests.support.videos import Videos, pad
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs, errors

SIZE = 4 * 2**20
BLOCK = 64 * 2**10
NAME = "holiday.mp4"

# httpx does not close the generator of a body whose connection broke, and trio warns of such generators.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Async generator 'httpx:ResourceWarning")]


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of exactly 4 MiB."""
    folder = tmp_path_factory.mktemp("cut")
    cheap = Videos(folder).cheap()
    path = folder / NAME
    path.write_bytes(pad(cheap, SIZE - cheap.stat().st_size))
    assert path.stat().st_size == SIZE
    return path


@pytest.fixture(scope="module")
def whole(twelvelabs_emulator_session: Emulator, video: Path) -> Relay:
    """A way that an upload has passed whole: how many bytes the request has, and its response."""
    twelvelabs_emulator_session.reset()
    with run_relay(twelvelabs_emulator_session.base_url) as relay:
        create(Twin("sync"), relay, twelvelabs_emulator_session, video)
    assert relay.sent > SIZE
    return relay


def create(twin: Twin, relay: Relay, emulator: Emulator, video: Path, **arguments: Any) -> Any:
    """Create a task through a relay; what comes of it."""
    with skip_pauses(), note_pauses():
        return twin(
            lambda client: client.tasks.create(index_id=emulator.index_id, video_file=video, **arguments),
            base_url=relay.url,
            api_key=emulator.api_key,
        )


def task_ids(emulator: Emulator) -> list[str | None]:
    """Return the tasks that there are."""
    with TwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url) as client:
        return [task.id for task in client.tasks.list()]


def creations(emulator: Emulator) -> int:
    """Return how many requests to create a task have come."""
    return sum(each.operation == "create_task" for each in emulator.received)


@pytest.mark.parametrize("on_unknown", ["raise", "reconcile"])
@pytest.mark.parametrize("block", range(SIZE // BLOCK + 1))
def test_an_upload_that_is_cut_off_creates_nothing_and_says_so(
    twin: Twin, twelvelabs_emulator: Emulator, video: Path, block: int, on_unknown: str
) -> None:
    with run_relay(twelvelabs_emulator.base_url, Cut(request=block * BLOCK)) as relay:
        # What the system has taken and not passed on may have arrived, as far as this side can know.
        with pytest.raises((errors.ApiConnectionError, errors.CreateOutcomeUnknown)) as caught:
            create(twin, relay, twelvelabs_emulator, video, on_unknown=on_unknown)
        assert relay.connections == 1
    assert task_ids(twelvelabs_emulator) == []
    if isinstance(caught.value, errors.CreateOutcomeUnknown):
        assert caught.value.candidates == ()
    elif block:
        assert "of 4,194,304 bytes" in str(caught.value)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.99])
def test_a_response_that_is_cut_off_leaves_the_outcome_unknown(
    twin: Twin, twelvelabs_emulator: Emulator, video: Path, whole: Relay, part: float
) -> None:
    started = datetime.now(UTC)
    with run_relay(twelvelabs_emulator.base_url, Cut(response=int(whole.responded * part))) as relay:
        with pytest.raises(errors.CreateOutcomeUnknown) as caught:
            create(twin, relay, twelvelabs_emulator, video)
        assert relay.connections == 1
    assert len(task_ids(twelvelabs_emulator)) == creations(twelvelabs_emulator) == 1
    assert (caught.value.index_id, caught.value.filename) == (twelvelabs_emulator.index_id, NAME)
    assert started <= caught.value.started_at <= datetime.now(UTC)
    assert isinstance(caught.value.__cause__, errors.ApiConnectionError)
    assert not isinstance(caught.value, errors.ApiConnectionError)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.99])
def test_a_task_whose_response_was_cut_off_is_found_by_reconciliation(
    twin: Twin, twelvelabs_emulator: Emulator, video: Path, whole: Relay, part: float
) -> None:
    with run_relay(twelvelabs_emulator.base_url, Cut(response=int(whole.responded * part))) as relay:
        task = create(twin, relay, twelvelabs_emulator, video, on_unknown="reconcile")
    assert task_ids(twelvelabs_emulator) == [task.id]
    assert creations(twelvelabs_emulator) == 1


@pytest.mark.parametrize("on_unknown", ["raise", "reconcile"])
def test_an_upload_that_is_cut_after_its_last_byte_is_never_lost_in_silence(
    twin: Twin, twelvelabs_emulator: Emulator, video: Path, whole: Relay, on_unknown: str
) -> None:
    with run_relay(twelvelabs_emulator.base_url, Cut(request=whole.sent)) as relay:
        try:
            found = [create(twin, relay, twelvelabs_emulator, video, on_unknown=on_unknown).id]
        except errors.CreateOutcomeUnknown:
            found = []
        else:
            assert on_unknown == "reconcile"
    # The platform may not have acted yet when it was asked, or not at all.
    assert found in ([], task_ids(twelvelabs_emulator))
    assert len(task_ids(twelvelabs_emulator)) <= creations(twelvelabs_emulator) == 1
