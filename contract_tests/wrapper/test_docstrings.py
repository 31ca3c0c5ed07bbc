"""The documentation of a method says the same in every form: sync, async, raw."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from contract_tests.support.methods import resource_of
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, errors
from twelvelabs_tasks.testing._document import contract

ONLY_ASYNC = [
    "If the call is cancelled, the task may still have been created.",
    "It may be async.",
    "It is iterated over, not awaited.",
    "Files are read, and the iterables consumed, off the event loop. If the call is cancelled, uploads end at once.",
    "Exception: What the iterables or `on_progress` raised. No more uploads begin then, those on their way end at "
    "once, and the ledger holds what is known.",
]
ONLY_SYNC = [
    r", and with an executor of other processes",
    r"With other processes, they are sent to them\.",
    r"executor: What to send with.*?(?=ledger: )",
    r"worker_timeout: .*?(?=on_progress: )",
    r"Exception: What the iterables, .*?(?=Example:)",
]
METHODS = [f"tasks.{name}" for name in ("create", "wait_for_done", "wait_for_all", "as_completed", "create_bulk")] + [
    str(operation.node["x-sdk-method"]) for operation in contract().operations.values()
]


def text_of(client: Any, path: str) -> str:
    """Return the documentation of a method on one line."""
    parent, _, name = path.rpartition(".")
    return " ".join((inspect.getdoc(getattr(resource_of(client, parent), name)) or "").split())


def clients() -> tuple[TwelveLabs, AsyncTwelveLabs]:
    return TwelveLabs(api_key="key"), AsyncTwelveLabs(api_key="key")


@pytest.mark.parametrize("path", METHODS)
def test_a_method_and_its_async_twin_have_the_same_documentation(path: str) -> None:
    sync, twin = (text_of(client, path) for client in clients())
    for each in ONLY_ASYNC:
        twin = twin.replace(each, "")
    for pattern in ONLY_SYNC:
        sync = re.sub(pattern, "", sync)
    twin = re.sub(r"\b(await|async) ", "", twin)
    assert len(sync) > 500
    assert twin.split() == sync.split()


@pytest.mark.parametrize("path", METHODS)
def test_a_docstring_names_every_argument_and_only_errors_that_there_are(path: str) -> None:
    for client in clients():
        parent, _, name = path.rpartition(".")
        method = getattr(resource_of(client, parent), name)
        text = inspect.getdoc(method) or ""
        arguments = re.findall(r"^    (\w+): ", text.partition("\nArgs:\n")[2].partition("\n\n")[0], flags=re.M)
        assert arguments == list(inspect.signature(method).parameters)
        for named in re.findall(r"errors\.(\w+)", text):
            assert issubclass(getattr(errors, named), errors.TwelveLabsError)


@pytest.mark.parametrize("operation", list(contract().operations))
def test_the_class_that_a_docstring_names_for_a_status_is_the_one_that_is_raised(operation: str) -> None:
    text = text_of(TwelveLabs(api_key="key"), str(contract().operations[operation].node["x-sdk-method"]))
    for named, status in re.findall(r"errors\.(\w+): (\d{3}) \(", text):
        assert errors.class_of(int(status), None).__name__ == named
