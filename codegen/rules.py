"""What generator and templates have a rule for, and where a contract asks for more.

The generator itself ends in a traceback for some of it, ignores some, and makes code that cannot run of the rest. So
the contract is looked through before it starts, and each place is named.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

import jsonschema_rs
from openapi_spec_validator.schemas import openapi_v31_schema_validator

from codegen.contract import SCHEMAS, Contract, Use, escape, nested_schemas, unescape
from codegen.names import Problem, names

__all__ = ["Problem", "problems"]

Kind: TypeAlias = Literal["a string", "an enum", "a boolean", "an integer", "a number", "a time", "a file", "an object",
                          "an array", "any value"]  # fmt: skip

IN_JSON: set[Kind] = {"a string", "an enum", "a boolean", "an integer", "a number", "a time", "an object", "an array",
                      "any value"}  # fmt: skip
IN_ARRAYS: set[Kind] = {"a string", "an enum", "an object"}
IN_PARTS: set[Kind] = {"a string", "an enum", "a boolean", "an integer", "a number", "a file"}
IN_QUERIES: set[Kind] = {"a string", "an enum", "a boolean", "an integer", "a number", "a time", "an array"}
IN_QUERY_ARRAYS: set[Kind] = {"a string", "an enum", "a boolean", "an integer", "a number"}
IN_PATHS: set[Kind] = {"a string", "an enum"}
FREE_VALUES: set[Kind] = {"a string", "an enum", "a boolean", "an integer", "a number", "any value"}

SIMPLE_TYPES = ("string", "number", "integer", "boolean")
ANNOTATIONS = {"title", "description", "examples", "example", "default", "deprecated", "readOnly", "writeOnly",
               "externalDocs", "$comment", "contentMediaType", "contentEncoding", "contentSchema"}  # fmt: skip
# What the platform checks and a client need not: requests are sent as they are given, responses are decoded by type.
ASSERTIONS = {"pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
              "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}  # fmt: skip
STRUCTURE = {"$ref", "type", "format", "enum", "properties", "required", "items", "allOf", "additionalProperties"}
KNOWN = ANNOTATIONS | ASSERTIONS | STRUCTURE


def problems(contract: Contract) -> Iterator[Problem]:
    """Yield every place at which a contract is not valid, or asks for what has no rule."""
    found = [*_check_openapi(contract)] or [*_check_json_schema(contract), *_check_references(contract)]
    found = found or [*_find_circles(contract)]
    if found:  # What follows counts on it.
        yield from found
        return
    for place, schema in contract.schemas():
        yield from ((place, f"no rule for {reason}") for reason in _reasons(contract, place, schema))
    yield from ((place, f"no rule for {reason}") for place, reason in _uses(contract))
    yield from _operations(contract)
    yield from names(contract)


def kind_of(contract: Contract, schema: Any) -> Kind | None:
    """Return what a schema becomes in Python, `None` if there is no rule for it."""
    schema = _resolve(contract, schema)
    if not isinstance(schema, dict) or schema.keys() & {"oneOf", "anyOf", "const"}:
        return None
    types = _types(schema)
    if len(types) > 1 or types == ["null"]:
        return None
    if "enum" in schema and types != ["boolean"]:
        return "an enum" if all(isinstance(value, str) for value in schema["enum"]) else None
    if types == ["string"]:
        return _string(schema)
    if types:
        return {"boolean": "a boolean", "integer": "an integer", "number": "a number", "object": "an object",
                "array": "an array"}[types[0]]  # type: ignore[return-value]  # fmt: skip
    return "an object" if "properties" in schema or "allOf" in schema else "any value"


def _string(schema: dict[str, Any]) -> Kind | None:
    stays_text = "pattern" in schema  # see `Timestamp` in the contract
    kinds: dict[str | None, Kind | None] = {"binary": "a file", "date": None, "uuid": None}
    kinds["date-time"] = "a string" if stays_text else "a time"
    return kinds.get(schema.get("format"), "a string")


def _alias(schema: dict[str, Any]) -> str | None:
    """Return the reference that a schema stands for, if it adds nothing to it."""
    if "allOf" in schema and len(schema["allOf"]) == 1 and "$ref" in schema["allOf"][0]:
        return str(schema["allOf"][0]["$ref"])
    return schema.get("$ref")


def _types(schema: dict[str, Any]) -> list[str]:
    """Return the types of a schema; null, which is the same as absent, only if there is no other."""
    types = _all_types(schema)
    return [each for each in types if each != "null"] or types


def _all_types(schema: Any) -> list[str]:
    types = schema.get("type", []) if isinstance(schema, dict) else []
    return types if isinstance(types, list) else [types]


def _check_openapi(contract: Contract) -> Iterator[Problem]:
    for error in openapi_v31_schema_validator.iter_errors(contract.root):
        yield _place(error.absolute_path), f"not valid OpenAPI 3.1: {error.message.splitlines()[0]:.200}"


def _check_json_schema(contract: Contract) -> Iterator[Problem]:
    named = [Use(f"components/schemas/{escape(name)}", schema, "") for name, schema in contract.components.items()]
    for use in (*named, *contract.parameters(), *contract.bodies(), *contract.responses()):
        try:
            jsonschema_rs.meta.validate(use.schema)
        except jsonschema_rs.ValidationError as error:
            yield (
                f"{use.place}/{_place(error.instance_path)}".rstrip("/"),
                f"not valid JSON Schema: {error.message:.200}",
            )


def _place(path: Iterable[str | int]) -> str:
    return "/".join(escape(str(step)) for step in path)


def _check_references(contract: Contract) -> Iterator[Problem]:
    for place, schema in contract.schemas():
        if isinstance(schema, dict) and "$ref" in schema and contract.find_schema(schema["$ref"]) is None:
            yield place, f"{schema['$ref']} is not one of components/schemas"
    for place, reference in contract.references():
        if not contract.has_target(reference):
            yield place, f"{reference} leads nowhere"


def _reasons(contract: Contract, place: str, schema: Any) -> Iterator[str]:
    """Yield what there is in one schema, not in those within it, that has no rule."""
    if not isinstance(schema, dict):
        yield f"{str(schema).lower()} as a schema"
        return
    if _only_constrains(schema) and "/allOf/" in place:
        return
    yield from (each for each in schema if each not in KNOWN and not each.startswith("x-"))
    yield from _reference(contract, schema)
    types = _types(schema)
    if len(types) > 1 or types == ["null"]:
        yield f"type {', '.join(types)}"
    if types == ["string"] and "enum" not in schema and _string(schema) is None:
        yield f"format {schema['format']}"
    if "enum" in schema and kind_of(contract, schema) is None:
        yield "enum with values that are not all strings"
    elif schema.get("enum") == []:
        yield "enum without values"
    if "null" in _all_types(_resolve(contract, schema.get("items", {}))):
        yield "null in an array"
    if ("items" in schema) != (types == ["array"]):
        yield "items without type array" if "items" in schema else "type array without items"
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and (kind_of(contract, extra) or "any value") not in FREE_VALUES:
        yield f"additionalProperties, each {kind_of(contract, extra)}"
    yield from _inheritance(contract, schema)


def _reference(contract: Contract, schema: dict[str, Any]) -> Iterator[str]:
    """Yield what is beside a reference and would be lost."""
    target = contract.find_schema(schema.get("$ref"))
    if isinstance(target, dict) and (target.get("type") not in SIMPLE_TYPES or "enum" in target):
        yield from (f"{each} beside $ref" for each in schema if each in ASSERTIONS | STRUCTURE - {"$ref"})


def _inheritance(contract: Contract, schema: dict[str, Any]) -> Iterator[str]:
    """Yield what is in `allOf` that does not become a class derived from another, or constraints."""
    parts = [part for part in schema.get("allOf", []) if isinstance(part, dict)]
    if _alias(schema) and parts:
        yield from (f"{each} beside allOf with a $ref only" for each in schema if each in STRUCTURE - {"allOf", "type"})
        return
    for number, part in enumerate(parts):
        if "$ref" in part and number > 0:
            yield "allOf with a $ref that is not the first"
        elif "allOf" in part:
            yield "allOf within allOf"
        elif not _only_constrains(part) and kind_of(contract, part) != "an object":
            yield "allOf with what is not an object"


def _only_constrains(schema: dict[str, Any]) -> bool:
    """Whether a schema says nothing but which properties must be there."""
    branches = [branch for keyword in ("oneOf", "anyOf") for branch in schema.get(keyword, [])]
    return schema.keys() <= ANNOTATIONS | {"required", "oneOf", "anyOf"} and all(
        isinstance(branch, dict) and branch.keys() <= ANNOTATIONS | {"required"} for branch in branches
    )


def _uses(contract: Contract) -> Iterator[Problem]:
    """Yield the schemas that have a rule, but none where they are."""
    forms = {id(_resolve(contract, use.schema)) for use in contract.bodies() if use.role.startswith("multipart/")}
    queries = [*contract.parameters()]
    for place, schema in contract.schemas():
        if not isinstance(schema, dict):
            continue
        if id(_resolve(contract, schema)) in forms and ("$ref" in schema and not _is_body(place)):
            yield place, "the schema of a form in JSON"
        kinds, where = (IN_PARTS, "in a form") if id(schema) in forms else (IN_JSON, "in JSON")
        for name, inner in schema.get("properties", {}).items():
            yield from _check_kind(contract, f"{place}/properties/{escape(name)}", inner, kinds, where)
        if "items" in schema:
            in_query = any(place.startswith(use.place) for use in queries)
            kinds, where = (IN_QUERY_ARRAYS, "in an array") if in_query else (IN_ARRAYS, "in an array")
            yield from _check_kind(contract, f"{place}/items", schema["items"], kinds, where)
    for use in queries:
        if use.role in ("cookie", "header"):
            yield use.place, f"a {use.role} parameter"
        kinds, where = (IN_PATHS, "in a path") if use.role == "path" else (IN_QUERIES, f"as a {use.role} parameter")
        yield from _check_kind(contract, use.place, use.schema, kinds, where)
    for use in (*contract.bodies(), *contract.responses()):
        if use.role.partition(";")[0].endswith("json") or use.role.startswith("multipart/"):
            yield from _check_kind(contract, use.place, use.schema, {"an object"}, "as a whole body")


def _is_body(place: str) -> bool:
    return "requestBody" in place.split("/")[3:4] or place.startswith("components/requestBodies/")


def _operations(contract: Contract) -> Iterator[Problem]:
    """Yield what operations have that has no rule, and what they lack."""
    for path, item in contract.root["paths"].items():
        if "$ref" in item:
            yield f"paths/{escape(path)}", "no rule for a $ref of a path"
    for place, node in contract.places_of_operations():
        for key in ("operationId", "summary", "tags", "x-sdk-method"):
            if key not in node:
                yield place, f"no {key}"
        whole = contract.resolve(node)
        for number, parameter in enumerate(whole.get("parameters", [])):
            yield from _parameter(f"{place}/parameters/{number}", parameter)
        yield from _media_types(f"{place}/requestBody", whole.get("requestBody", {}))
        for status, response in whole["responses"].items():
            yield from _media_types(f"{place}/responses/{status}", response)


def _parameter(place: str, parameter: dict[str, Any]) -> Iterator[Problem]:
    if "content" in parameter:
        yield place, "no rule for a parameter with content"
    where = parameter.get("in", "")
    usual = {"query": "form", "path": "simple"}.get(where)
    is_usual = parameter.get("style", usual) == usual and parameter.get("explode", where == "query") == (
        where == "query"
    )
    if not is_usual:
        yield place, "no rule for this style of a parameter"


def _media_types(place: str, node: dict[str, Any]) -> Iterator[Problem]:
    content = node.get("content", {})
    if len(content) > 1:
        yield place, "no rule for several media types"
    for media_type, each in content.items():
        if not media_type.partition(";")[0].endswith("json") and not media_type.startswith("multipart/"):
            yield f"{place}/content/{escape(media_type)}", "no rule for this media type"
        elif "schema" not in each:
            yield f"{place}/content/{escape(media_type)}", "no schema"


def _check_kind(contract: Contract, place: str, schema: Any, kinds: set[Kind], where: str) -> Iterator[Problem]:
    kind = kind_of(contract, schema)
    if kind is not None and kind not in kinds:
        yield place, f"{kind} {where}"


def _resolve(contract: Contract, schema: Any) -> Any:
    """Return what a schema stands for, `None` if it stands for itself."""
    seen: set[str] = set()
    while isinstance(schema, dict) and (reference := _alias(schema)):
        if reference in seen:
            return None
        seen.add(reference)
        schema = contract.find_schema(reference)
    return schema


def _find_circles(contract: Contract) -> Iterator[Problem]:
    """Yield the references from which a schema is reached again: each model imports those that it holds."""
    links = {name: list(_links(name, schema)) for name, schema in contract.components.items()}
    for name, targets in links.items():
        for place, target in targets:
            if name in _reachable(links, target):
                yield place, f"{name} would hold itself, by way of {target}: models import those they hold"


def _links(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    """Yield the references within a named schema: their places, and the names they lead to."""
    for place, inner in nested_schemas(f"components/schemas/{escape(name)}", schema):
        if isinstance(inner, dict) and "$ref" in inner:
            yield place, unescape(inner["$ref"].removeprefix(SCHEMAS))


def _reachable(links: dict[str, list[tuple[str, str]]], start: str) -> set[str]:
    """Return the names that references lead to from a name, itself included."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [target for _, target in links.get(name, [])]
    return reached
