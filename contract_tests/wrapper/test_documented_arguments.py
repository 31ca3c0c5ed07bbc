"""What docstrings say of arguments: all are there, and their defaults are those of the signatures."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from contract_tests.promises.sentences import of_docstring
from contract_tests.support.methods import RESOURCES, resource_of
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, tasks, testing, types, video

CLASSES = [TwelveLabs, Emulator, tasks.Ledger]
FUNCTIONS = [getattr(video, name) for name in video.__all__ if inspect.isfunction(getattr(video, name))]
FUNCTIONS += [testing.ask, testing.drift_of]


def documented() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield all functions, methods and classes whose docstring has a section on their arguments."""
    yield from ((item.__qualname__, item) for item in (*CLASSES, *FUNCTIONS))
    for name in ("scenario", "advance", "create_index"):
        yield f"Emulator.{name}", getattr(Emulator(), name)
    for client in (TwelveLabs(api_key="key"), AsyncTwelveLabs(api_key="key")):
        for path in RESOURCES:
            resource = resource_of(client, path)
            for name, method in inspect.getmembers(resource, inspect.ismethod):
                if not name.startswith("_"):
                    yield f"{type(client).__name__}.{path}.{name}", method


DOCUMENTED = dict(documented())


@pytest.mark.parametrize("item", DOCUMENTED.values(), ids=DOCUMENTED)
def test_a_docstring_documents_every_parameter(item: Callable[..., Any]) -> None:
    section = (inspect.getdoc(item) or "").partition("\nArgs:\n")[2].partition("\n\n")[0]
    named = [line.strip().partition(":")[0] for line in section.splitlines() if line[4:5].strip()]
    assert named == [*inspect.signature(item).parameters]


def value_of(text: str) -> object:
    """Return the value that a text names, such as `16 MiB` or `` `"raise"` ``."""
    if text == "the loopback address.":
        return "127.0.0.1"
    first = text.partition(", ")[0].rstrip(".").replace("`", "")
    number, _, unit = first.replace(",", "").partition(" ")
    return ast.literal_eval(number) * 2**20 if unit == "MiB" else ast.literal_eval(first.replace(",", ""))


@pytest.mark.parametrize("item", DOCUMENTED.values(), ids=DOCUMENTED)
def test_a_default_that_a_docstring_names_is_that_of_the_signature(item: Callable[..., Any]) -> None:
    parameters = inspect.signature(item).parameters
    for sentence in of_docstring(item.__doc__ or ""):
        name, found, text = sentence.partition(": Default: ")
        default = parameters[name].default if found and name in parameters else None
        if default not in (None, inspect.Parameter.empty, ()):
            assert value_of(text) == default, sentence


def test_a_default_that_a_docstring_omits_is_none_or_named_otherwise() -> None:
    assert value_of("`True`.") is True
    assert value_of("2,000,000,000, the API's own limit.") == 2_000_000_000
    assert value_of("16 MiB.") == 2**24
    given = {
        f"{path}.{name}": parameter.default
        for path, item in DOCUMENTED.items()
        for name, parameter in inspect.signature(item).parameters.items()
        if parameter.default not in (None, inspect.Parameter.empty, ())
    }
    assert given["TwelveLabs.max_retries"] == 2
    assert given["TwelveLabs.tasks.create_bulk.max_concurrency"] == 4
    without = {each for each in given if f"{each.rpartition('.')[2]}: Default: " not in sentences_of(each)}
    assert without == set()


def sentences_of(parameter: str) -> str:
    """Return what the docstring says in which a parameter is documented."""
    return "\n".join(of_docstring(DOCUMENTED[parameter.rpartition(".")[0]].__doc__ or ""))


def test_a_client_has_what_is_documented_and_no_other_resources() -> None:
    for client in (TwelveLabs(api_key="key"), AsyncTwelveLabs(api_key="key")):
        public = {name for name in dir(client) if not name.startswith("_")}
        assert public == {"indexes", "tasks", "aclose" if isinstance(client, AsyncTwelveLabs) else "close"}
        assert {name for name in dir(client.indexes) if not name.startswith("_")} == {"videos"}


def test_all_types_but_one_come_from_the_contract() -> None:
    generated = import_module("twelvelabs_tasks_api.models")
    others = [name for name in vars(types)["__all__"] if getattr(types, name) is not getattr(generated, name, None)]
    assert [name for name in others if not name.startswith("Tasks")] == ["BulkResult"]
