"""The benchmarks run from start to end, and judge what they find."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from benchmarks.report import table
from benchmarks.rows import Figures, Required, Row, Spread, alternate, at_least, at_most

ROOT = Path(__file__).parents[2]
ALL = ("importing", "listing", "uploading", "waiting", "retrieving", "growth", "emulator", "testing")


@pytest.mark.slow
@pytest.mark.timeout(300)  # runs twenty programs
def test_measurements_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", *ALL, "--quick", f"--results={tmp_path}"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("| measured | this library |")
    written = json.loads((tmp_path / "results.json").read_text())
    assert all(row["this"]["median"] > 0 for row in written["rows"])
    assert result.stdout in (tmp_path / "results.md").read_text()
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "reason"), [
    (["nope"], "unknown measurement 'nope'; choose from importing, listing"),
    (["importing", "n\x1b[31m"], "unknown measurement 'n\\x1b[31m'"),
    (["--results=FILE"], "cannot write the results: "),
    (["--results=FILE/folder"], "cannot write the results: "),
    (["--results=FOLDER"], "cannot write the results: "),
])  # fmt: skip
def test_wrong_options_are_2_before_anything_is_measured(tmp_path: Path, arguments: list[str], reason: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "results.json").mkdir(parents=True)  # where a file has to be
    places = {"FILE": str(tmp_path / "file"), "FOLDER": str(tmp_path / "folder")}
    for name, path in places.items():
        arguments = [each.replace(name, path) for each in arguments]
    command = [sys.executable, "-m", "benchmarks", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 2
    assert reason in result.stderr.splitlines()[-1]
    assert "measuring" not in result.stderr


@pytest.mark.parametrize(
    ("required", "this", "other", "holds"),
    [
        (at_most(1.3), 1.3, 1.0, True),
        (at_most(1.3), 1.4, 1.0, False),
        (at_least(20), 40.0, 2.0, True),
        (at_least(20), 39.0, 2.0, False),
        (at_most(45), 45.0, None, True),
        (at_least(250), 249.0, None, False),
        (None, 1.0, 2.0, None),
    ],
)
def test_a_row_holds_if_its_ratio_or_else_its_figure_is_within_the_bound(
    required: Required | None, this: float, other: float | None, holds: bool | None
) -> None:
    beside = None if other is None else Spread.of([other])
    row = Row("what", "s", Spread.of([this]), "another", beside, required)
    assert row.holds is holds
    assert table([row]).count("**no**") == (holds is False)


def test_subjects_take_turns() -> None:
    order: list[str] = []
    samples = iter([4.0, 0.0, 1.0, 0.0, 2.0, 0.0, 3.0, 0.0])

    def ran(name: str) -> Figures:
        order.append(name)
        return {"seconds": next(samples)}

    took = alternate(4, {"a": partial(ran, "a"), "b": partial(ran, "b")})
    assert order == ["a", "b"] * 4
    assert took["a"]["seconds"] == Spread(2.5, 1.75, 3.25)
