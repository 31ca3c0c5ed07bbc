"""`create_bulk` with a ledger over every mixture of troubles: run often enough, it makes one task of each video."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.effort import cases
from contract_tests.support.fake_platform import FakePlatform, Fate, wait
from contract_tests.support.samples import make_files, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

FILES = 8
NAMES = st.sampled_from([f"{number:03}.mp4" for number in range(FILES)])
REFUSAL = httpx.Response(400, json=problem())
FATES = st.lists(
    st.sampled_from([Fate.LOST, Fate.LOST, Fate.BROKEN, Fate.UNREACHABLE, wait(0), REFUSAL, Fate.CREATED]), max_size=5
)
FAILURES = (errors.BadRequestError, errors.ApiConnectionError, errors.CreateOutcomeUnknown)
MOST_RUNS = 6  # more than any video is refused
STOPS = st.lists(st.integers(0, FILES), max_size=3)


class StopError(Exception):
    """Ends a run."""


@pytest.mark.slow
@given(st.dictionaries(NAMES, FATES, max_size=FILES), STOPS, st.sampled_from([1, 3]))
@cases(40)
def test_each_video_has_one_task_in_the_end_and_never_two(
    twin: Twin, fates: dict[str, list[Any]], stops: list[int], most: int
) -> None:
    server = FakePlatform(fates={name: list(several) for name, several in fates.items()})
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("twelvelabs_tasks.tasks._many.pace.SHORTEST", 0.001)
        (Path(folder) / "videos").mkdir()
        files = make_files(Path(folder) / "videos", FILES)
        names = [file.name for file in files]

        def run(stop: int | None) -> list[Any]:
            """Run it, or resume it; until there are so many tasks, if it is to be stopped."""

            def tell(sent: int, total: int | None) -> None:
                if stop is not None and len(server.tasks) >= stop:
                    raise StopError

            return server.create_bulk(
                twin,
                video_files=files,
                ledger=Path(folder) / "uploads.sqlite",
                settling_seconds=0,
                max_concurrency=most,
                on_progress=tell,
            )

        for stop in [*stops, *[None] * MOST_RUNS]:
            results: list[Any] = []
            with suppress(StopError):
                results = run(stop)
            assert set(Counter(server.filenames()).values()) <= {1}
            made = {task["_id"]: task["system_metadata"]["filename"] for task in server.tasks}
            assert len(results) in (0, FILES)
            for name, result in zip(names, results, strict=False):
                assert made[result.task.id] == name if result.task else isinstance(result.error, FAILURES)
            if results and all(result.task for result in results):
                break
        assert server.filenames() == names
