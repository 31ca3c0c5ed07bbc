"""Fixtures of the tests of the drift report."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.live.reports import INTEGRATION_ID, KEY, Report, Run
from twelvelabs_emulator import Emulator
from twelvelabs_tasks.testing._cli import main


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in this process, which is faster than in one of its own, against a base URL."""

    def run(
        base_url: str,
        *arguments: str,
        key: str = KEY,
        file: str = "drift.json",
        encoding: str = "utf-8",
        **environment: str,
    ) -> Report:
        printed = io.BytesIO(), io.BytesIO()
        out, err = map(io.TextIOWrapper, printed, [encoding] * 2, ["strict", "backslashreplace"])
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            warnings.simplefilter("always")
            patch.setattr("warnings.showwarning", lambda message, *_: err.write(f"{message}\n"))
            for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
                patch.delenv(name)
            environment |= {"TWELVE_LABS_API_KEY": key, "TWELVELABS_BASE_URL": base_url}
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            try:
                status = main(["--json", str(tmp_path / file), *arguments])
            except SystemExit as ended:
                status = int(ended.code or 0)
        out.flush()
        err.flush()
        return Report(status, printed[0].getvalue(), printed[1].getvalue(), tmp_path / file)

    return run


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "bucket").mkdir()
    with Emulator(api_key=KEY, stage_seconds=0, integrations={INTEGRATION_ID: tmp_path / "bucket"}) as emulator:
        yield emulator
