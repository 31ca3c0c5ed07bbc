"""Arguments of each operation, made from the examples of the contract.

They are grouped by place, as `{"path": ..., "query": ..., "body": ...}`, and have their names in the contract.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from twelvelabs_tasks.testing._document import contract

__all__ = ["Arguments", "choices", "combinations", "examples", "minimal", "python_names"]

Arguments = dict[str, Any]


def minimal(operation: str) -> list[Arguments]:
    """Return the arguments that suffice: once for each alternative that the body has, such as a file or a URL."""
    return [_with_body(operation, chosen) for chosen, _ in choices(operation)]


def combinations(operation: str) -> list[Arguments]:
    """Return arguments with every combination of the optional properties of the body."""
    return list(_combinations(operation))


def choices(operation: str) -> list[tuple[list[str], list[str]]]:
    """Return the required and the optional properties of the body, for each alternative that it has."""
    if "requestBody" not in contract().operations[operation].node:
        return [([], [])]
    schema = contract().body_schema(operation)
    alternatives = [choice["required"] for part in schema.get("allOf", []) for choice in part.get("oneOf", [])]
    exclusive = {name for names in alternatives for name in names}
    required = schema.get("required", [])
    free = [name for name in schema["properties"] if name not in {*required, *exclusive}]
    return [([*required, *chosen], free) for chosen in alternatives or [[]]]


def examples(operation: str, names: Iterable[str]) -> dict[str, Any]:
    """Return the examples of properties of the body."""
    properties = contract().body_schema(operation)["properties"]
    return {name: _example(properties[name]) for name in names}


def python_names(arguments: Arguments) -> dict[str, Any]:
    """Return all arguments by their names in Python."""
    given = {**arguments["path"], **arguments["query"], **(arguments["body"] or {})}
    return {name.replace("-", "_"): value for name, value in given.items()}


def _combinations(operation: str) -> Iterator[Arguments]:
    for chosen, free in choices(operation):
        for number in range(len(free) + 1):
            for some in itertools.combinations(free, number):
                yield _with_body(operation, [*chosen, *some])


def _with_body(operation: str, names: list[str]) -> Arguments:
    found = contract().operations[operation]

    def list_required(place: str) -> dict[str, Any]:
        return {name: node["example"] for name, node in found.parameters_in(place).items() if node.get("required")}

    body = None
    if "requestBody" in found.node:
        body = examples(operation, names)
    return {"path": list_required("path"), "query": list_required("query"), "body": body}


def _example(schema: Mapping[str, Any]) -> Any:
    schema = contract().resolve(schema)
    (example, *_) = schema["examples"]
    return example.encode() if schema.get("format") == "binary" else example
