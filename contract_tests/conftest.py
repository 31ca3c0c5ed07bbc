"""Print after the tests how many cases each part of the project was given."""

from __future__ import annotations

import re
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest

pytest.register_assert_rewrite("contract_tests.support")  # Failed assertions there show values as well.

from contract_tests.support import effort  # noqa: E402 - after that

pytest_plugins = ["contract_tests.support.time_limits"]
DRAWN = re.compile(r"(\d+) passing, (\d+) failing")


def pytest_configure(config: pytest.Config) -> None:
    """Let programs that tests start be ended, even if a shell runs the tests in the background or under `nohup`.

    Programs inherit that a signal is ignored, but not that it has a handler.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    starts_workers = config.getoption("numprocesses", None)  # which inherit that as well, and so survive a hang-up
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN and not starts_workers:
        signal.signal(signal.SIGHUP, lambda number, frame: None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what runs under asyncio as well: as a rule, what holds there holds under trio.

    The longest tests, which have time limits of their own, run first, lest one is all that is left at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)
    for item in items:
        if "trio" in re.split(r"[\[\]-]", item.name):
            item.add_marker("slow")


def pytest_report_header() -> str:
    return f"data drawn by hypothesis: profile {effort.PROFILE}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests ran for each party, and how many cases these drew; a test that draws none is one case."""
    ran: Counter[str] = Counter(
        report.nodeid
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
    )
    for report in terminalreporter.getreports(""):
        statistics = str(getattr(report, "_hypothesis_stats", ""))  # that of a hypothesis test, told at its teardown
        drawn = sum(int(number) for found in DRAWN.findall(statistics) for number in found)
        ran[report.nodeid] = max(drawn, ran[report.nodeid])
    tests = Counter(map(_party, ran))
    cases: Counter[str] = Counter()
    for nodeid, count in ran.items():
        cases[_party(nodeid)] += count
    terminalreporter.section("cases for each part of the project")
    for party in sorted(tests):
        terminalreporter.line(f"{party:<12} {tests[party]:>6} tests {cases[party]:>8} cases")
    for report in terminalreporter.getreports(""):
        for name, value in report.user_properties if report.when == "teardown" else ():
            if name == "cases":  # What a test has counted itself.
                terminalreporter.line(str(value))


def _party(nodeid: str) -> str:
    """Return the folder below this one that a test lies in."""
    folders = Path(nodeid.partition("::")[0]).parent.parts
    return folders[1] if len(folders) > 1 else "all"
