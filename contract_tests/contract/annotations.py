"""Python types, compared as the inventory states them with as the library annotates them."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin

from twelvelabs_tasks import core, tasks
from twelvelabs_tasks import types as public

__all__ = ["NAMES", "accepts", "alternatives", "evaluate"]

NAMES: dict[str, Any] = {
    **{name: getattr(public, name) for name in dir(public)},
    **{name: getattr(core, name) for name in core.__all__},
    **{name: getattr(tasks, name) for name in tasks.__all__},
    "Any": Any,
    "Callable": Callable,
    "Mapping": Mapping,
    "Sequence": Sequence,
    "datetime": datetime,
}


def evaluate(text: str) -> Any:
    """Return the type that a string of the inventory means."""
    return eval(text, NAMES)


def alternatives(annotation: Any) -> frozenset[Any]:
    """Return what a union consists of, a literal as the type of its values: `Literal["a"] | str` is `str`."""
    if annotation is None:
        return frozenset({type(None)})
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return frozenset().union(*map(alternatives, get_args(annotation)))
    if origin is Literal:
        return frozenset(type(value) for value in get_args(annotation))
    if origin is not None and get_args(annotation) and origin is not Callable:
        return frozenset({(origin, tuple(alternatives(part) for part in get_args(annotation) if part is not ...))})
    return frozenset({annotation})


def accepts(annotation: Any, wanted: Any) -> bool:
    """Return whether a parameter takes all that another type is: a `Mapping` takes a `dict`, whatever is in them."""
    offered = alternatives(annotation)
    return all(any(_takes(offer, want) for offer in offered) for want in alternatives(wanted))


def _takes(offer: Any, want: Any) -> bool:
    if offer == want:
        return True
    outer, inner = _class(offer), _class(want)
    return (outer is not offer or inner is not want) and issubclass(inner, outer)


def _class(kind: Any) -> type:
    found: type = kind[0] if isinstance(kind, tuple) else get_origin(kind) or kind
    return found
