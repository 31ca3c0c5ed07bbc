"""The commands of the Makefile do what the README says of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from contract_tests.mutants import __main__ as mutants
from contract_tests.mutants import choosing

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
LINT = ["ruff check", "ruff format --check", "mypy", "basedpyright", "codegen.generate --check"]
RECIPES = {
    "check": [*LINT, "HYPOTHESIS_PROFILE=quick", "pytest", '-m "not slow"'],
    "test": [*LINT, "pytest"],
    "environments": [
        "TZ=Asia/Kolkata",
        "LC_ALL=C",
        "PYTHONUTF8=0",
        "PYTHONOPTIMIZE=1",
        "PYTHONWARNINGS=error",
        "taken_ports",
    ],
    "fuzz": ["HYPOTHESIS_PROFILE=fuzz", "pytest"],
    "demo": ["demo.py"],
    "regenerate": ["codegen.generate"],
    "check-generated": ["codegen.generate --check"],
    "mutants": ["contract_tests.mutants --sample 7"],
    "coverage": ["pytest", "--cov=twelvelabs_tasks", "term-missing"],
    "faults": ["contract_tests.wrapper.faults --sample 7"],
    "bulk": ["BULK_VIDEOS=2000", "BULK_KILLS=67", "test_bulk_resumed.py", "test_killed_runs.py"],
    "media": ["MEDIA_MUTATIONS=2000", "test_hostile_media.py"],
    "bench": ["benchmarks --sample 7"],
    "contract-live": ["twelvelabs_tasks.testing --sample 7"],
}


def recipe(target: str) -> str:
    """Return what `make` would run for a target."""
    command = ["make", "--dry-run", "--no-print-directory", target, "ARGS=--sample 7"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("target", RECIPES)
def test_make_runs_what_the_readme_says(target: str) -> None:
    ran = recipe(target)
    assert [part for part in RECIPES[target] if part not in ran] == []
    for path in re.findall(r"contract_tests/\S+", ran):
        assert (ROOT / path).exists()


def test_make_test_leaves_no_test_out_and_regenerate_is_not_a_check() -> None:
    (ran,) = [line for line in recipe("test").splitlines() if "pytest" in line]
    assert re.search(r"-m pytest --numprocesses=\d+ --dist=loadgroup$", ran)
    assert "HYPOTHESIS_PROFILE" not in ran
    assert "--check" not in recipe("regenerate")


def test_help_lists_all_commands() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert len(targets) > 15
    assert [line.split()[0] for line in listed.splitlines()] == targets


@pytest.mark.parametrize(("profile", "drawn", "repeats"), [("repeatable", 100, 1), ("quick", 10, 1), ("fuzz", 5000, 0)])
def test_generated_data_is_the_same_in_every_run_but_that_of_a_long_one(profile: str, drawn: int, repeats: int) -> None:
    script = "from contract_tests.support.effort import cases; s = cases(100); print(s.max_examples, s.derandomize)"
    environment = {**os.environ, "HYPOTHESIS_PROFILE": profile}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [str(drawn), str(bool(repeats))]


@pytest.mark.slow
def test_after_the_tests_each_part_says_how_many_cases_it_was_given() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-n0",
        "contract_tests/promises",
        "-k",
        "split",
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "cases for each part of the project" in ran
    assert re.search(r"^promises +\d+ tests +\d+ cases$", ran, flags=re.MULTILINE)


def test_the_package_needs_the_python_that_the_readme_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11"
    assert re.findall(r"Python (\S+) or newer", README) == ["3.11", "3.11"]


@pytest.mark.parametrize(
    ("extra", "needed"),
    [
        ("video", {"av"}),
        ("testing", {"jsonschema-rs", "pyyaml"}),
        ("s3", {"twelvelabs-tasks[emulator]", "s3fs"}),
        ("emulator", {"twelvelabs-tasks[video]", "fsspec", "starlette", "uvicorn"}),
    ],
)
def test_the_extras_hold_what_they_are_said_to_be_needed_for(extra: str, needed: set[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert needed <= {re.split(r"[><=]", each)[0] for each in project["optional-dependencies"][extra]}


def test_mutants_are_those_of_the_branch_that_is_named_or_a_sample_of_a_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BASE", raising=False)
    assert mutants.parse([]).base == "main"
    monkeypatch.setenv("BASE", "release")
    assert mutants.parse([]).base == "release"
    assert mutants.parse(["--by-hand"]).by_hand
    options = mutants.parse(["wrapper/twelvelabs_tasks/errors", "--sample", "6"])
    found = choosing.of_modules(options.paths)
    chosen = choosing.sample(found, options.sample, options.seed)
    assert len(chosen) == 6 < len(found)
    assert chosen == choosing.sample(found, options.sample, options.seed)
