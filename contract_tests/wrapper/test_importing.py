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


OUT_OF_FILES = """
import resource

import httpx

import twelvelabs_tasks


def fail(request):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most))
    raise httpx.{failure}("Too many open files")


http = httpx.Client(transport=httpx.MockTransport(fail))
client = twelvelabs_tasks.TwelveLabs(api_key="any", max_retries=0, httpx_client=http)
try:
    client.tasks.{call}
except Exception as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("call", "failure", "expected"),
    [
        ("retrieve('1')", "ConnectError", "ApiConnectionError"),
        ("list()", "ReadTimeout", "ApiTimeoutError"),
        ("create(index_id='1', video_file=b'1')", "ConnectError", "ApiConnectionError"),
        ("create(index_id='1', video_url='https://a.test/1.mp4')", "ReadError", "CreateOutcomeUnknown"),
    ],
)
def test_what_an_error_needs_is_loaded_before_files_can_run_out(call: str, failure: str, expected: str) -> None:
    code = OUT_OF_FILES.format(call=call, failure=failure)
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.stdout.strip(), result.stderr) == (expected, "")
