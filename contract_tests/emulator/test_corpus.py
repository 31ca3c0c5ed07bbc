"""Every kind of video there is: what is found out about it, and that its stream plays from the first picture on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from contract_tests.emulator.corpus.kinds import KINDS
from contract_tests.support.emulators import Upload
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import video


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_a_video_of_any_kind_is_seen_as_what_it_is_and_streamed_from_its_first_picture(
    name: str, tmp_path: Path, emulator: Emulator, http: httpx.Client, upload: Upload
) -> None:
    kind = KINDS[name]
    path = tmp_path / f"video.{kind.suffix}"
    kind.make(path)
    found = video.probe(path)
    assert (found.width, found.height) == kind.size
    assert found.duration == pytest.approx(kind.duration, abs=0.1)

    created = upload(path)
    assert created.status_code == 200, created.text
    emulator.advance(100)
    task: dict[str, Any] = http.get(f"/tasks/{created.json()['_id']}").json()
    metadata = task["system_metadata"]
    assert (metadata["duration"], metadata["width"], metadata["height"]) == (found.duration, *kind.size)
    assert task["hls"]["status"] == "COMPLETE"
    times = pictures(task["hls"]["video_url"])
    assert len(times) == kind.pictures
    assert times[-1] - times[0] == pytest.approx(kind.duration, abs=1.1)
    assert 0 <= times[0] < 2  # so that a player that begins at the beginning begins there
    listed = httpx.get(task["hls"]["video_url"]).text.splitlines()
    lasting = [float(line[8:-1]) for line in listed if line.startswith("#EXTINF:")]
    assert sum(lasting) == pytest.approx(kind.duration, abs=0.5)
    assert len(task["hls"]["thumbnail_urls"]) == 3


def pictures(url: str) -> list[float]:
    """Return when each picture of a stream is shown, in seconds."""
    with av.open(url) as container:
        return [frame.time or 0.0 for frame in container.decode(video=0)]
