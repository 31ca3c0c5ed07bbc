"""Whatever is done, in whatever order, the emulator agrees with a small model of the platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from contract_tests.emulator.comparison import NAMES, Comparison, Lasting
from contract_tests.emulator.model import BROKEN, TOO_SHORT, Sample
from contract_tests.support import effort
from contract_tests.support.videos import CHEAP, Videos
from contract_tests.support.web import Resource, Web
from twelvelabs_tasks.video import probe

TURNS = (
    "upload 200", "upload 400", "upload 404", "by URL 200", "by URL 404", "delete video 204", "delete video 404",
    "delete task 204", "delete task 400", "delete task 404", "import 201", "import 400", "import 404",
    "import of videos", "import of none", "ready", "failed", "page of tasks", "page of none",
    "restart",
)  # fmt: skip
"""What must have happened at least once for the comparison to mean something."""


@pytest.fixture(scope="module")
def samples(videos: Videos) -> dict[str, Sample]:
    """Files that the platform takes, and files that it does not."""
    found = {}
    for seed, name in enumerate(NAMES[:3]):
        path = videos.make(name, **CHEAP, duration=11.0 + seed, seed=seed)
        video = probe(path)
        known = {"duration": video.duration, "width": video.width, "height": video.height}
        found[name] = Sample(path.read_bytes(), known)
    short = videos.make("short.mp4", **CHEAP, duration=4.0).read_bytes()
    return found | {"short.mp4": Sample(short, {}, TOO_SHORT), "broken.mp4": Sample(b"no video", {}, BROKEN)}


@pytest.fixture
def lasting(tmp_path: Path, folder: Path) -> Iterator[Lasting]:
    lasting = Lasting(tmp_path / "data", folder)
    yield lasting
    lasting.emulator.stop()


@pytest.mark.slow
@pytest.mark.timeout(300)  # makes thousands of calls
def test_every_sequence_of_calls_goes_as_the_model_says(
    lasting: Lasting,
    web: Web,
    folder: Path,
    samples: dict[str, Sample],
    record_property: Callable[[str, object], None],
) -> None:
    url = lasting.emulator.base_url
    web.resources |= {f"/{name}": Resource(sample.content) for name, sample in samples.items()}
    seen: Counter[str] = Counter()

    with httpx.Client(base_url=url, headers={"x-api-key": "key"}, timeout=30) as http:

        def machine() -> Comparison:
            seen["sequences"] += 1
            return Comparison(lasting, http, web, folder, samples, seen)

        # It is said to take a class, and takes whatever makes a machine.
        run_state_machine_as_test(
            cast("type[Comparison]", machine), settings=settings(effort.cases(60), stateful_step_count=30)
        )
    record_property("cases", f"compared with the model: {dict(seen)}")
    assert seen["sequences"] >= 60
    assert [what for what in TURNS if not seen[what]] == []
