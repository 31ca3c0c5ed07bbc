"""The contract, read from `openapi.yaml`: which operations there are and what they take.

Only this module of the emulator reads it. `twelvelabs_tasks.testing`, which judges what the emulator responds, has a
reader of its own on purpose: with a shared one, a mistake in it would escape the judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import attrs
import jsonschema_rs
import yaml

from twelvelabs_tasks_api import contract_path

from .formats import FORMATS

__all__ = ["Body", "Contract", "Operation", "Parameter", "Schema", "load_contract"]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
Schema = Mapping[str, Any]


@attrs.frozen
class Parameter:
    """A parameter in the path or in the query."""

    name: str
    location: Literal["path", "query"]
    required: bool
    schema: Schema
    validator: jsonschema_rs.Draft202012Validator

    @property
    def repeated(self) -> bool:
        """Whether it may be given several times."""
        return self.schema.get("type") == "array"


@attrs.frozen
class Body:
    """The body of an operation.

    Attributes:
        media_type: Its media type.
        schema: Its schema, with the references of its properties resolved.
        validator: A validator for it.
        texts: Validators for the content of those properties that hold JSON as text.
    """

    media_type: str
    schema: Schema
    validator: jsonschema_rs.Draft202012Validator
    texts: Mapping[str, jsonschema_rs.Draft202012Validator]


@attrs.frozen
class Operation:
    """An operation: a path, a method, and what they take."""

    id: str
    method: str
    template: str
    parameters: tuple[Parameter, ...]
    body: Body | None

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the path parameters in the segments of a path, or `None` if the path belongs to another operation."""
        wanted = self.template.strip("/").split("/")
        if len(wanted) != len(segments):
            return None
        values = {}
        for want, have in zip(wanted, segments, strict=True):
            if want.startswith("{"):
                values[want[1:-1]] = have
            elif want != have:
                return None
        return values


class Contract:
    """The contents of `openapi.yaml`.

    Args:
        source: The document, in YAML.
    """

    def __init__(self, source: bytes) -> None:
        self.source = source
        # The loader in C, if PyYAML has it, takes a tenth of the time.
        self.document: dict[str, Any] = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self.operations = {operation.id: operation for operation in self._operations()}

    @property
    def api_version(self) -> str:
        """The value of the header `X-Api-Version`."""
        return str(self.document["components"]["headers"]["X-Api-Version"]["example"])

    @property
    def prefix(self) -> str:
        """The beginning of the paths of all operations, such as `/v1.3`."""
        return urlsplit(str(self.document["servers"][0]["url"])).path

    def find(self, raw_path: bytes) -> Iterator[tuple[Operation, dict[str, str]]]:
        """Yield the operations of a path, whatever their method, each with its path parameters.

        The path is split before it is decoded, so that an escaped slash does not divide an id.
        """
        path = raw_path.decode("latin-1")
        if not path.startswith(self.prefix + "/"):
            return
        segments = [unquote(segment) for segment in path[len(self.prefix) + 1 :].split("/")]
        for operation in self.operations.values():
            values = operation.match(segments)
            if values is not None:
                yield operation, values

    def resolve(self, node: Any) -> Any:
        """Return a node, with what its reference points to."""
        while "$ref" in node:
            target: Any = self.document
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def validator(self, schema: Schema) -> jsonschema_rs.Draft202012Validator:
        """Return a validator for a schema of the contract, formats included."""
        whole = {**schema, "components": self.document["components"]}
        return jsonschema_rs.Draft202012Validator(whole, formats=FORMATS, validate_formats=True)

    def _operations(self) -> Iterator[Operation]:
        for template, item in self.document["paths"].items():
            shared = item.get("parameters", [])
            for method in _METHODS:
                if method in item:
                    found = item[method]
                    parameters = tuple(map(self._parameter, [*shared, *found.get("parameters", [])]))
                    yield Operation(found["operationId"], method.upper(), template, parameters, self._body(found))

    def _parameter(self, node: Any) -> Parameter:
        node = self.resolve(node)
        schema = self.resolve(node["schema"])
        return Parameter(node["name"], node["in"], node.get("required", False), schema, self.validator(schema))

    def _body(self, operation: Any) -> Body | None:
        if "requestBody" not in operation:
            return None
        ((media_type, content),) = self.resolve(operation["requestBody"])["content"].items()
        schema = self.resolve(content["schema"])
        schema = {**schema, "properties": {name: self.resolve(node) for name, node in schema["properties"].items()}}
        texts = {
            name: self.validator(self.resolve(node["contentSchema"]))
            for name, node in schema["properties"].items()
            if node.get("contentMediaType") == "application/json"
        }
        return Body(media_type, schema, self.validator(schema), texts)


@cache
def load_contract() -> Contract:
    """Return the contract of this project."""
    return Contract(contract_path().read_bytes())
