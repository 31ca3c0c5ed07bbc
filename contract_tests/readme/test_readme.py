"""The README's examples run as they stand, in their order, and type checkers understand them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.sample import make_video
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.core._steps import Sleep
from twelvelabs_tasks.tasks._waiting import Wait

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_every_example_runs_against_the_emulator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_video(tmp_path / "holiday.mp4", duration=10.5)
    make_video(tmp_path / "stamp.mp4", duration=10.5, width=320, height=240)
    monkeypatch.chdir(tmp_path)
    # The examples wait as long as users would; here, only as long as the emulator needs.
    monkeypatch.setattr(Wait, "pause", lambda _: Sleep(0.05))
    names: dict[str, object] = {}
    with Emulator(stage_seconds=0.02) as emulator:
        monkeypatch.setenv("TWELVELABS_BASE_URL", emulator.base_url)
        for example in EXAMPLES:
            exec(example.replace("<YOUR_INDEX_ID>", emulator.index_id), names)
        for name, value in names.items():
            if isinstance(value, TwelveLabs):
                value.close()
            if name.startswith("test_") and callable(value):
                emulator.reset()
                value(emulator)
    printed = capsys.readouterr().out
    assert "Created task: id=" in printed
    assert "The unique identifier of your video is" in printed
    assert "does not exist in `tasks`. (resource_not_exist, 404)" in printed
    assert "too small: 320x240" in printed
    assert "GET /v1.3/tasks" in printed


@pytest.mark.slow
@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["basedpyright"]], ids=lambda command: command[0])
def test_type_checkers_understand_every_example(checker: list[str], tmp_path: Path) -> None:
    module = tmp_path / "examples.py"
    module.write_text("\n\n".join(EXAMPLES))
    result = subprocess.run(
        [Path(sys.executable).with_name(checker[0]), *checker[1:], module],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_make_target_that_is_named_exists() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    named = re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", README, flags=re.MULTILINE)
    assert {first or second for first, second in named} <= set(targets)
