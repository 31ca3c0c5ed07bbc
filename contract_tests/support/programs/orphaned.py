"""A program that uploads by processes that are forked from it, to be killed while they do.

    python -m contract_tests.support.programs.orphaned URL FILE...

The API key is in its environment.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

from contract_tests.support.samples import INDEX_ID
from twelvelabs_tasks import TwelveLabs


def main(url: str, *files: str) -> None:
    with (
        ProcessPoolExecutor(len(files), multiprocessing.get_context("fork")) as pool,
        TwelveLabs(base_url=url) as client,
    ):
        client.tasks.create_bulk(index_id=INDEX_ID, video_files=files, executor=pool, max_concurrency=len(files))


if __name__ == "__main__":
    main(*sys.argv[1:])
