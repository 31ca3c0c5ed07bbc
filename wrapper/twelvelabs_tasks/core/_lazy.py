"""Names of a module that are imported when they are first used, because importing them takes time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

__all__ = ["import_on_use"]


def import_on_use(
    module: str, names: dict[str, str], public: Iterable[str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the `__getattr__` and the `__dir__` of a module.

    Args:
        module: The name of the module.
        names: The module that each name is imported from, relative to its package; empty if the name is that of
            a module.
        public: All names of the module that are public.
    """

    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        source = import_module(names[name] or f".{name}", sys.modules[module].__package__)
        found = getattr(source, name) if names[name] else source
        setattr(sys.modules[module], name, found)
        return found

    return get, lambda: sorted(public)
