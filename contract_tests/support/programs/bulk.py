"""A program that uploads a folder of videos with a ledger, to be killed and run again.

    python -m contract_tests.support.programs.bulk INDEX_ID FOLDER LEDGER

Prints, as JSON, the id of each task by the name of its file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from twelvelabs_tasks import TwelveLabs

SETTLING_SECONDS = 0.5  # the list of the emulator shows a task at once


def main(index_id: str, folder: str, ledger: str) -> None:
    with TwelveLabs() as client:
        results = client.tasks.create_bulk(
            index_id=index_id,
            video_files=sorted(Path(folder).iterdir()),
            enable_video_stream=False,
            ledger=ledger,
            settling_seconds=SETTLING_SECONDS,
        )
    failures = [result for result in results if result.task is None]
    assert not failures, failures
    sys.stdout.write(json.dumps({Path(str(each.input)).name: each.task.id for each in results if each.task}))


if __name__ == "__main__":
    main(*sys.argv[1:])
