"""A test that waits for ever fails, and the tests after it run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAITS = {
    "a lock": "threading.Lock().acquire() and threading.Event().wait()",
    "asyncio": "asyncio.run(asyncio.sleep(3600))",
    "asyncio, shielded": "asyncio.run(shielded())",
    "trio": "trio.run(trio.sleep_forever)",
    "a thread": "in_a_thread()",
    "what no signal interrupts": "ctypes.PyDLL(None).sleep(3600) or ctypes.PyDLL(None).sleep(3600)",
}
TESTS = """
import asyncio, ctypes, threading
from concurrent.futures import ThreadPoolExecutor
import pytest, trio

async def shielded():
    try:
        await asyncio.sleep(3600)
    finally:
        await asyncio.shield(asyncio.sleep(3600))

def in_a_thread():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(threading.Event().wait).result()

@pytest.fixture
def hanging():
    yield
    threading.Event().wait()

@pytest.mark.parametrize("how", WAITS)
def test_that_waits(how):
    eval(WAITS[how])

def test_whose_end_waits_after_it_failed(hanging):
    raise ZeroDivisionError

def test_after():
    pass
"""


@pytest.mark.slow
@pytest.mark.timeout(300)  # waits for the limits of seven tests, and for three new processes
def test_tests_that_wait_for_ever_fail_and_the_next_ones_run(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\ntimeout = 0.5\ntimeout_method = signal\n")
    (tmp_path / "test_it.py").write_text(f"WAITS = {WAITS!r}\n{TESTS}")
    plugins = [f"-p{name}" for name in ("xdist", "pytest_timeout", "contract_tests.support.time_limits")]
    command = [sys.executable, "-m", "pytest", "-q", "-pno:cacheprovider", *plugins, "-n1"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TIMEOUT_GRACE": "0.5"}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=250
    )
    failed = [f"test_that_waits[{how}]" for how in WAITS] + ["test_whose_end_waits_after_it_failed"]
    for name in failed:
        assert f"FAILED test_it.py::{name}" in ended.stdout, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout.splitlines()[-1], ended.stdout + ended.stderr
