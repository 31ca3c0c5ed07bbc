"""Importing the library and making a client takes no more than it must; the rest comes when it is first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

PUBLIC = [
    "core.SyncPager",
    "errors.ApiError",
    "indexes.videos",
    "tasks.transfers",
    "tasks.TasksClient",
    "types.VideoItem",
]
LATER = [
    "twelvelabs_tasks.tasks",
    "twelvelabs_tasks.types",
    "twelvelabs_tasks_api.client",
    "twelvelabs_tasks_api.models",
]


def evaluate(expression: str) -> str:
    """Return what an expression is in a new process that has imported the library."""
    code = f"import sys, twelvelabs_tasks; print({expression})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return result.stdout.strip()


def test_a_new_client_has_loaded_neither_models_nor_operations() -> None:
    loaded = evaluate("twelvelabs_tasks.TwelveLabs(api_key='any') and sorted(sys.modules)")
    assert "'httpx'" in loaded
    assert [name for name in LATER if f"'{name}'" in loaded] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_is_there_after_one_import(name: str) -> None:
    assert name.rpartition(".")[2] in evaluate(f"twelvelabs_tasks.{name}")


@pytest.mark.parametrize("module", ["twelvelabs_tasks", "twelvelabs_tasks_api"])
def test_what_does_not_exist_is_missing_under_its_name(module: str) -> None:
    expression = f"[hasattr(__import__('{module}'), name) for name in ('Client', 'TwelveLab', 'tasks')]"
    exists = {"twelvelabs_tasks": "[False, False, True]", "twelvelabs_tasks_api": "[False, False, False]"}
    assert evaluate(expression) == exists[module]
