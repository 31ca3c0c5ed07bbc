"""A plugin of pytest that records which lines each test reaches, and how long it takes.

The lines go to the data of `coverage`, which the variable `COVERAGE_PROCESS_START` starts in every interpreter: the
programs that tests start are measured too, and find the name of their test in `PYTEST_CURRENT_TEST`. The file that
`REACH_DURATIONS` names gets the seconds of each test that passed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

durations: dict[str, float] = {}
others: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    measured = coverage.Coverage.current()
    assert measured is not None, "coverage has not been started"
    measured.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        measured.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    durations[report.nodeid] = durations.get(report.nodeid, 0.0) + report.duration
    if not report.passed:
        others.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # the main process is told of all tests
        passed = {nodeid: seconds for nodeid, seconds in durations.items() if nodeid not in others}
        Path(os.environ["REACH_DURATIONS"]).write_text(json.dumps(passed), encoding="utf-8")
