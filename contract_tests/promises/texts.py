"""All texts that promise something to users, and where their sentences stand."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from contract_tests.promises.sentences import of_docstring, of_markdown
from contract_tests.support.methods import RESOURCES, resource_of
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

__all__ = ["ROOT", "sentences"]

ROOT = Path(__file__).parents[2]
PACKAGES = {"twelvelabs_tasks", "twelvelabs_tasks_api", "twelvelabs_emulator"}
MODULES = (
    "twelvelabs_tasks",
    "twelvelabs_tasks.core",
    "twelvelabs_tasks.errors",
    "twelvelabs_tasks.indexes",
    "twelvelabs_tasks.indexes.videos",
    "twelvelabs_tasks.tasks",
    "twelvelabs_tasks.tasks.transfers",
    "twelvelabs_tasks.testing",
    "twelvelabs_tasks.types",
    "twelvelabs_tasks.video",
    "twelvelabs_emulator",
    "twelvelabs_emulator.pytest_plugin",
)


def sentences() -> dict[str, list[str]]:
    """Return all sentences, each with the places where it stands."""
    found: dict[str, list[str]] = {}
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for sentence in of_markdown(page.read_text()):
            found.setdefault(sentence, []).append(str(page.relative_to(ROOT)))
    for place, text in _docstrings().items():
        for sentence in of_docstring(text):
            found.setdefault(sentence, []).append(place)
    return found


def _docstrings() -> dict[str, str]:
    """Return the docstrings of all public objects, by their names."""
    found: dict[str, str] = {}
    for name in MODULES:
        module = import_module(name)
        found[name] = module.__doc__ or ""
        for public in module.__all__:
            found.update(_of_object(f"{name}.{public}", getattr(module, public)))
    for client in (TwelveLabs(api_key="key"), AsyncTwelveLabs(api_key="key")):
        for path in RESOURCES:
            resource = resource_of(client, path)
            for each in (resource, resource.with_raw_response):
                found.update(_of_object(f"{type(each).__module__}.{type(each).__name__}", type(each)))
    return found


def _of_object(name: str, item: Any) -> Iterator[tuple[str, str]]:
    if isinstance(item, type):
        yield name, item.__doc__ or ""
        for owner in item.__mro__:
            yield from _of_members(name if owner is item else f"{owner.__module__}.{owner.__name__}", owner)
    elif callable(item):
        yield name, item.__doc__ or ""


def _of_members(name: str, owner: type) -> Iterator[tuple[str, str]]:
    """Yield the docstrings of the methods and properties that a class of this project defines."""
    for member, value in vars(owner).items():
        function = getattr(value, "fget", None) or getattr(value, "__func__", value)
        is_public = not member.startswith("_") or member.endswith("__")
        if inspect.isfunction(function) and is_public and PACKAGES & {*Path(function.__code__.co_filename).parts}:
            yield f"{name}.{member}", function.__doc__ or ""
