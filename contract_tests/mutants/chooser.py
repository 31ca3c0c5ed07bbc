"""A plugin of pytest that runs the tests named in a file, in that order, and notes which one fails.

`MUTANT_TESTS` names that file, and the failed tests are written beside it, to `failed`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

CHOSEN = Path(os.environ["MUTANT_TESTS"])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {nodeid: number for number, nodeid in enumerate(json.loads(CHOSEN.read_text(encoding="utf-8")))}
    items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        with CHOSEN.with_name("failed").open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")
