"""The pytest fixture: available without imports, free until it is used, fresh for every test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contract_tests.support.videos import Videos

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

HEAVY = ("twelvelabs_emulator.emulator", "starlette", "uvicorn", "av", "jsonschema_rs", "fsspec", "yaml", "httpx")
FRESH = """
import os
import pytest
from twelvelabs_tasks import TwelveLabs

seen = []

@pytest.mark.parametrize("number", range(3))
def test_it_is_fresh(twelvelabs_emulator, number):
    with TwelveLabs(api_key=twelvelabs_emulator.api_key, base_url=twelvelabs_emulator.base_url) as client:
        assert client.tasks.list().items == []
        client.tasks.create(index_id=twelvelabs_emulator.index_id, video_file={video!r})
        assert len(client.tasks.list().items) == 1
    twelvelabs_emulator.configure(api_key=f"key-{{number}}", rate_limit=1)
    twelvelabs_emulator.scenario(status=500, times=9)
    twelvelabs_emulator.advance(3600)
    seen.append((twelvelabs_emulator.index_id, twelvelabs_emulator.base_url))

def test_each_has_an_index_and_a_port_of_its_own():
    assert len({{index for index, _ in seen}}) == 3
    assert len({{url for _, url in seen}}) == 3

def test_the_environment_leads_clients_there(twelvelabs_environment):
    with TwelveLabs() as client:
        assert client.tasks.list().items == []
    assert [received.operation for received in twelvelabs_environment.received] == ["list_tasks"]

def test_the_environment_is_as_before_afterwards():
    assert "TWELVELABS_BASE_URL" not in os.environ
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as a user does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TWELVE"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_test_gets_a_fresh_emulator_from_one_server(videos: Videos, tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(FRESH.format(video=str(videos.cheap())))
    ended = run(tmp_path, "-q", "-W", "error")
    assert "6 passed" in ended.stdout, ended.stdout


def test_it_works_in_parallel(videos: Videos, tmp_path: Path) -> None:
    test = 'import pytest\n@pytest.mark.parametrize("n", range(8))\ndef test_it(twelvelabs_emulator, n): pass\n'
    (tmp_path / "test_mine.py").write_text(test)
    assert "8 passed" in run(tmp_path, "-q", "-n", "2").stdout


def test_a_session_that_does_not_use_it_loads_nothing_of_it(tmp_path: Path) -> None:
    """Other plugins of this environment load what they like; only this one is let in."""
    (tmp_path / "test_mine.py").write_text(
        "import sys\n"
        "def test_nothing_is_loaded():\n"
        "    assert 'twelvelabs_emulator.pytest_plugin' in sys.modules\n"
        f"    assert [name for name in {HEAVY} if name in sys.modules] == []\n"
    )
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "twelvelabs-emulator", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "1 passed" in ended.stdout, ended.stdout + ended.stderr


def test_it_shows_among_the_fixtures_with_what_it_does(tmp_path: Path) -> None:
    listed = run(tmp_path, "--fixtures", "-q").stdout
    for name in ("twelvelabs_emulator", "twelvelabs_environment", "twelvelabs_emulator_session [session scope]"):
        assert f"\n{name} -- " in listed
    assert "A fresh emulator" in listed


def test_a_missing_extra_is_a_clear_message_for_each_test_that_needs_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import sys\nsys.modules['starlette'] = None\n")
    pytester.makepyfile("def test_one(twelvelabs_emulator): pass\ndef test_other(): pass\n")
    ended = pytester.runpytest_subprocess("-q")
    ended.assert_outcomes(passed=1, errors=1)
    ended.stdout.fnmatch_lines(["*The emulator needs 'starlette', which is not installed: pip install 'twelvelabs-*"])
    ended.stdout.no_fnmatch_line("*Traceback*")


STRAY = """
import threading
import httpx

stop = threading.Event()

def keep_asking(url, index_id):
    with httpx.Client(base_url=url, headers={{"x-api-key": "stray"}}) as http:
        while not stop.is_set():
            form = {{"index_id": (None, index_id), "video_url": (None, "http://127.0.0.1:9/v.mp4")}}
            try:
                http.get("/tasks")
                http.post("/tasks", files=form)
            except httpx.TransportError:
                pass

def test_that_leaves_threads_running(twelvelabs_emulator):
    for _ in range(8):
        arguments = (twelvelabs_emulator.base_url, twelvelabs_emulator.index_id)
        threading.Thread(target=keep_asking, args=arguments, daemon=True).start()
    while len(twelvelabs_emulator.received) < 20:
        pass

import pytest

@pytest.mark.parametrize("number", range(20))
def test_that_is_not_disturbed(twelvelabs_emulator, number):
    twelvelabs_emulator.scenario(status=500)
    with httpx.Client(base_url=twelvelabs_emulator.base_url, headers={{"x-api-key": "own"}}) as http:
        assert http.get("/tasks").status_code == 500
        for _ in range(10):
            assert http.get("/tasks").json()["data"] == []
    assert len(twelvelabs_emulator.received) == 11
    if number == 19:
        stop.set()
"""


def test_a_thread_that_a_test_left_running_does_not_reach_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(STRAY.format())
    ended = run(tmp_path, "-q", "-W", "error")
    assert "21 passed" in ended.stdout, ended.stdout
