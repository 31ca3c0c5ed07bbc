"""Fixtures of the tests of the drift report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.live.reports import INTEGRATION_ID, KEY, Report, Run
from twelvelabs_emulator import Emulator


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program against a base URL."""

    def run(base_url: str, *arguments: str, key: str = KEY, file: str = "drift.json", **environment: str) -> Report:
        inherited = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        result = subprocess.run(
            [sys.executable, "-m", "twelvelabs_tasks.testing", "--json", str(tmp_path / file), *arguments],
            env={**inherited, "TWELVE_LABS_API_KEY": key, "TWELVELABS_BASE_URL": base_url, **environment},
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Report(result, tmp_path / file)

    return run


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "bucket").mkdir()
    with Emulator(api_key=KEY, stage_seconds=0, integrations={INTEGRATION_ID: tmp_path / "bucket"}) as emulator:
        yield emulator
