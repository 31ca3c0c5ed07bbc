"""What a task was created with is what it is described with, and is kept in the data folders of earlier versions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx

from contract_tests.support.emulators import Upload
from contract_tests.support.sample_arguments import choices, examples
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks.testing._document import contract

GIVEN_BACK = [
    name
    for name in {name for names in choices("create_task") for part in names for name in part}
    if name in contract().properties(contract().schemas["VideoIndexingTask"])
]
"""The parameters of `create_task` that are properties of a task."""


def test_a_task_is_described_with_what_it_was_created_with(
    emulator: Emulator, http: httpx.Client, upload: Upload, videos: Videos
) -> None:
    given = {**examples("create_task", GIVEN_BACK), "index_id": emulator.index_id}
    task_id = upload(videos.cheap(), **given).json()["_id"]
    listed = http.get("/tasks").json()["data"][0]
    for task in (http.get(f"/tasks/{task_id}").json(), listed):
        assert {name: task[name] for name in GIVEN_BACK} == given


def test_a_data_folder_of_an_earlier_version_gets_the_columns_that_it_lacks(videos: Videos, tmp_path: Path) -> None:
    with Emulator(tmp_path) as emulator:
        index_id = emulator.index_id
    with closing(sqlite3.connect(tmp_path / "emulator.sqlite3")) as database:
        for column in ("parameters", "has_vector"):
            database.execute(f"ALTER TABLE tasks DROP COLUMN {column}")
    with Emulator(tmp_path) as emulator:
        created = httpx.post(
            f"{emulator.base_url}/tasks",
            headers={"x-api-key": emulator.api_key},
            data={"index_id": index_id},
            files={"video_file": videos.cheap().read_bytes()},
        )
    assert created.status_code == 200
