"""Uploads whose responses are lost, with filenames that a real server lists in a way of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.support.twins import TWINS, Twin
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs, errors

NAMES = ['a"b.mp4', r"C:\x\y.mp4"]


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_an_upload_of_any_name_is_sent_once_if_its_response_is_lost(
    emulator: Emulator, client: TwelveLabs, videos: Videos, tmp_path: Path, twin: Twin, name: str
) -> None:
    emulator.scenario("create_task", disconnect="after", times=1)
    for _ in range(2):
        (result,) = twin(
            lambda client: client.tasks.create_bulk(
                index_id=emulator.index_id,
                video_files=[(name, videos.cheap())],
                enable_video_stream=False,
                ledger=tmp_path / "uploads.sqlite",
                settling_seconds=0.02,
            ),
            base_url=emulator.base_url,
            api_key=emulator.api_key,
        )
        (task,) = client.tasks.list()
        if result.task is not None:
            assert result.task.id == task.id
        else:
            assert isinstance(result.error, errors.CreateOutcomeUnknown)
            assert [candidate.id for candidate in result.error.candidates] == [task.id]
