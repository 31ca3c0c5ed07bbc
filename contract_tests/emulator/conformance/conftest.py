"""The emulator that schemathesis calls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.emulator.conformance.hooks import API_KEY, videos
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID
from twelvelabs_emulator import Emulator

NOWHERE = "http://127.0.0.1:9"
"""A proxy that is not there."""


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An emulator with the ids of the contract's examples, which reaches no URL."""
    folder = tmp_path_factory.mktemp("integration")
    for number, video in enumerate(videos()):
        (folder / f"{number}.mp4").write_bytes(video)
    (folder / "notes.txt").write_text("no video")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy"):
            patch.setenv(name, NOWHERE)
        patch.setenv("no_proxy", "127.0.0.1")
        integrations = {INTEGRATION_ID: folder}
        with Emulator(stage_seconds=0.001, api_key=API_KEY, index_id=INDEX_ID, integrations=integrations) as emulator:
            yield emulator.base_url
