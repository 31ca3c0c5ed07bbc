"""Every test has a time limit, the setting `timeout` or its own mark; also where nothing can interrupt it.

`pytest-timeout` interrupts a test at its limit. What then still waits, in code that no signal interrupts or while it
cleans up, ends its process with the stacks of all threads; pytest-xdist reports the test and starts another process.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Generator

import pytest

from contract_tests.support import effort

GRACE = float(os.environ.get("TIMEOUT_GRACE", "30"))
"""How many seconds a test may take to end once it was interrupted, before its process is ended."""
STDERR = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the standard error of the run, which is captured during tests."""
    assert sys.__stderr__ is not None
    config.stash[STDERR] = os.dup(sys.__stderr__.fileno())


def pytest_unconfigure(config: pytest.Config) -> None:
    os.close(config.stash[STDERR])


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer() -> bool | None:
    """Set no limit in runs that are meant to take long."""
    return True if effort.IS_LONG else None


def _limit(item: pytest.Item) -> Generator[None, object, object]:
    if effort.IS_LONG:
        return (yield)
    mark = item.get_closest_marker("timeout")
    seconds = float(mark.args[0] if mark else item.config.getini("timeout"))
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=item.config.stash[STDERR])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


# One for each phase: after a failure, pytest switches the limits of the phases before off.


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _limit(item))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _limit(item))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _limit(item))
