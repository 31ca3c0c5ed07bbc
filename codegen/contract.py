"""Read the contract, and find the schemas in it that the generator reads, each with its place.

A place is a JSON pointer without its first slash, such as `components/schemas/Task/properties/status`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

__all__ = ["SCHEMAS", "Contract", "ContractError", "Use", "escape", "nested_schemas", "read", "unescape"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCHEMAS = "#/components/schemas/"


class ContractError(Exception):
    """The contract cannot be generated from. The message says why, with the places."""


@frozen
class Use:
    """A schema that an operation uses directly.

    Attributes:
        place: Its place.
        schema: The schema, which may be a reference.
        role: Where a parameter is (`query`, `path`, ...), or the media type of a body.
        name: That of a parameter.
        description: That of a parameter.
    """

    place: str
    schema: Any
    role: str
    name: str = ""
    description: str = ""


class Contract:
    """A contract whose every value is JSON."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    @property
    def components(self) -> dict[str, Any]:
        """The schemas that have names."""
        return _mapping(_mapping(self.root.get("components")).get("schemas"))

    def find_schema(self, reference: object) -> Any:
        """Return the schema that a reference leads to, `None` if it leads to none."""
        if not isinstance(reference, str) or not reference.startswith(SCHEMAS):
            return None
        return self.components.get(unescape(reference.removeprefix(SCHEMAS)))

    def places_of_operations(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield all operations as they are written, with their places."""
        for path, item in _mapping(self.root.get("paths")).items():
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    yield f"paths/{escape(path)}/{method}", item[method]

    def parameters(self) -> Iterator[Use]:
        """Yield the schemas of all parameters; the role is where the parameter is."""
        listed = (
            (f"{place}/{number}", node)
            for place, nodes in self._operations("parameters")
            for number, node in enumerate(nodes)
        )
        shared = ((f"components/parameters/{name}", node) for name, node in self._shared("parameters"))
        for place, node in (*listed, *shared):
            if "schema" in node:
                yield Use(f"{place}/schema", node["schema"], node["in"], node["name"], node.get("description", ""))

    def bodies(self) -> Iterator[Use]:
        """Yield the schemas of all request bodies; the role is the media type."""
        for place, node in self._operations("requestBody"):
            yield from _contents(place, node)
        for name, node in self._shared("requestBodies"):
            yield from _contents(f"components/requestBodies/{name}", node)

    def responses(self) -> Iterator[Use]:
        """Yield the schemas of all responses; the role is the media type."""
        for place, node in self._operations("responses"):
            for status, response in node.items():
                yield from _contents(f"{place}/{escape(status)}", response)
        for name, node in self._shared("responses"):
            yield from _contents(f"components/responses/{name}", node)

    def schemas(self) -> Iterator[tuple[str, Any]]:
        """Yield every schema that the generator makes code from, the outer ones first, with its place."""
        for name, schema in self.components.items():
            yield from nested_schemas(f"components/schemas/{escape(name)}", schema)
        for use in (*self.parameters(), *self.bodies(), *self.responses()):
            yield from nested_schemas(use.place, use.schema)

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield all operations, with path and method; their references are resolved, and they have all parameters."""
        for path, item in _mapping(self.root.get("paths")).items():
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    node = self.resolve(item[method])
                    own = {(each["in"], each["name"]) for each in node.get("parameters", [])}
                    shared = self.resolve(item.get("parameters", []))
                    of_path = [each for each in shared if (each["in"], each["name"]) not in own]
                    yield path, method, {**node, "parameters": [*of_path, *node.get("parameters", [])]}

    def resolve(self, node: Any) -> Any:
        """Return a node with what its references lead to in their place; what is beside a reference comes first."""
        if isinstance(node, list):
            return [self.resolve(each) for each in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            beside = {key: value for key, value in node.items() if key != "$ref"}
            return {**self.resolve(self._at(node["$ref"])), **self.resolve(beside)}
        return {key: self.resolve(value) for key, value in node.items()}

    def references(self) -> Iterator[tuple[str, str]]:
        """Yield the references in the paths to parameters, bodies and responses, with their places."""
        for key in ("parameters", "requestBody", "responses"):
            for place, node in self._operations(key):
                children = enumerate(node) if isinstance(node, list) else node.items()
                for name, child in (("", node), *((f"/{escape(str(name))}", child) for name, child in children)):
                    if isinstance(child, dict) and "$ref" in child:
                        yield place + name, child["$ref"]

    def has_target(self, reference: str) -> bool:
        """Whether there is something at a reference."""
        return self._at(reference) is not None

    def _at(self, reference: str) -> Any:
        node: Any = self.root
        for key in reference.removeprefix("#/").split("/"):
            node = _mapping(node).get(unescape(key))
        return node

    def _operations(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield what the paths and their operations have under a key, with the place."""
        for path, item in _mapping(self.root.get("paths")).items():
            place = f"paths/{escape(path)}"
            for where, node in ((place, item), *((f"{place}/{each}", item.get(each)) for each in METHODS)):
                if isinstance(node, dict) and key in node:
                    yield f"{where}/{key}", node[key]

    def _shared(self, kind: str) -> Iterator[tuple[str, Any]]:
        for name, node in _mapping(_mapping(self.root.get("components")).get(kind)).items():
            yield escape(name), node


def nested_schemas(place: str, schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield a schema and those within it, with their places.

    The values of `additionalProperties` are handed out as they came, so no code is made from their schema; nor is any
    from `anyOf` and `oneOf`, for which there is no rule.
    """
    yield place, schema
    for name, inner in _mapping(schema).get("properties", {}).items():
        yield from nested_schemas(f"{place}/properties/{escape(name)}", inner)
    if "items" in _mapping(schema):
        yield from nested_schemas(f"{place}/items", schema["items"])
    for number, inner in enumerate(_mapping(schema).get("allOf", [])):
        yield from nested_schemas(f"{place}/allOf/{number}", inner)


class Loader(yaml.SafeLoader):
    """Reads YAML, and refuses what would be lost in silence: a key that is there twice, or that is not text."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """Return a mapping; raise `yaml.YAMLError` for such a key."""
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key, _ in node.value:
            kind = key.tag.rpartition(":")[2]
            if kind not in ("str", "int", "merge"):
                problem = f"the key {key.value!r} is read as a {kind}: put it into quotation marks"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is there twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return node


def read(path: Path) -> Contract:
    """Return the contract that a file holds; raise ContractError if it holds none that JSON could express."""
    try:
        root = yaml.load(path.read_bytes(), Loader)
    except (
        yaml.YAMLError,
        ArithmeticError,
        LookupError,
        AttributeError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise ContractError(f"{path.name} is not valid YAML: {error}") from error
    try:
        # Via JSON, so that YAML's aliases become copies and its keys text, as the generator reads them.
        root = json.loads(json.dumps(root, allow_nan=False, default=_refuse))
    except (TypeError, ValueError, RecursionError) as error:
        places = "".join(f"\n  {place}: {problem}" for place, problem in _find_beyond_json(root, "", ()))
        raise ContractError(f"{path.name} is not valid JSON once it is parsed:{places or f' {error}'}") from error
    if not isinstance(root, dict):
        raise ContractError(f"{path.name} does not hold an object")
    return Contract(root)


def _refuse(value: object) -> Any:
    raise TypeError(type(value).__name__)


def _find_beyond_json(node: Any, place: str, above: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """Yield the places of what JSON cannot express, which YAML makes of 2024-03-01 without quotation marks."""
    if id(node) in above:
        yield place, "holds itself"
    elif isinstance(node, (dict, list)):
        children = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in children:
            yield from _find_beyond_json(child, f"{place}/{escape(str(key))}".lstrip("/"), (*above, id(node)))
    elif isinstance(node, float) and (node != node or node in (float("inf"), float("-inf"))):
        yield place, f"{node} is not a number of JSON"
    elif not isinstance(node, (str, int, float, type(None))):
        yield place, f"{node!s:.60} is read as a {type(node).__name__}: put it into quotation marks"


def _contents(place: str, node: Any) -> Iterator[Use]:
    for media_type, content in _mapping(_mapping(node).get("content")).items():
        if "schema" in _mapping(content):
            yield Use(f"{place}/content/{escape(media_type)}/schema", content["schema"], media_type)


def _mapping(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}


def escape(key: str) -> str:
    """Return a key as a JSON pointer has it."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(key: str) -> str:
    """Return the key that a JSON pointer has in this form."""
    return key.replace("~1", "/").replace("~0", "~")
