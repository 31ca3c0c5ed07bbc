"""The contract as checks read it: its operations, its schemas and its examples."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from attrs import frozen

from twelvelabs_tasks_api import contract_path

__all__ = ["METHODS", "Document", "Operation", "contract"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@frozen
class Operation:
    """One operation of the contract.

    Attributes:
        id: Its `operationId`.
        method: Its method, in capitals.
        path: The template of its path.
        node: What the contract says of it.
        parameters: Its parameters and those of its path, references resolved.
        responses: Its responses by status code, references resolved.
    """

    id: str
    method: str
    path: str
    node: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...]
    responses: Mapping[str, Mapping[str, Any]]

    def parameters_in(self, place: str) -> dict[str, Mapping[str, Any]]:
        """Return the parameters in the path or the query, by name."""
        return {parameter["name"]: parameter for parameter in self.parameters if parameter["in"] == place}

    def __str__(self) -> str:
        return self.id


class Document:
    """An OpenAPI document."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.schemas: dict[str, dict[str, Any]] = root["components"]["schemas"]
        self.operations = {operation.id: operation for operation in self._operations()}

    def copy(self) -> Document:
        """Return a copy that can be changed."""
        return Document(copy.deepcopy(self.root))

    def resolve(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Return a node with what its reference leads to, overlaid by what stands beside the reference."""
        found = dict(node)
        while "$ref" in found:
            target: Any = self.root
            for key in found.pop("$ref").removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            found = {**target, **found}
        return found

    def properties(self, schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return the properties of an object, those of `allOf` included, references resolved."""
        schema = self.resolve(schema)
        found = {name: self.resolve(node) for name, node in schema.get("properties", {}).items()}
        for part in schema.get("allOf", []):
            found |= self.properties(part)
        return found

    def body_schema(self, operation: str) -> dict[str, Any]:
        """Return the schema of the body that an operation takes."""
        ((_, content),) = self.operations[operation].node["requestBody"]["content"].items()
        return self.resolve(content["schema"])

    def example(self, operation: str, status: int) -> Any:
        """Return the first example of the body of a response."""
        (content,) = self.operations[operation].responses[str(status)]["content"].values()
        if "example" in content:  # pragma: no branch - what succeeds has one; several are for contracts of others
            return copy.deepcopy(content["example"])
        return copy.deepcopy(next(iter(content["examples"].values()))["value"])  # pragma: no cover - likewise

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    node = item[method]
                    parameters = map(self.resolve, [*item.get("parameters", []), *node.get("parameters", [])])
                    responses = {status: self.resolve(response) for status, response in node["responses"].items()}
                    yield Operation(node["operationId"], method.upper(), path, node, tuple(parameters), responses)


@cache
def contract() -> Document:
    """Return the contract of this library. It is shared: change a copy only."""
    return Document(yaml.safe_load(contract_path().read_bytes()))
