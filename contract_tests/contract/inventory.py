"""Search the contract and the public Python interface for what the inventory of the SDK lists.

Both searches return what is missing, in words.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import yaml

from contract_tests.contract.annotations import NAMES, accepts, alternatives, evaluate
from twelvelabs_tasks import types
from twelvelabs_tasks.testing._document import Document

__all__ = [
    "error_message",
    "inventory",
    "list_errors",
    "list_missing_from_contract",
    "list_missing_from_python",
    "method",
]

WIRE_TYPES: Mapping[str, Mapping[str, Any]] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
    "File": {"type": "string", "format": "binary"},
    "dict[str, Any]": {"type": "object"},
}


@cache
def inventory() -> dict[str, Any]:
    """Return the inventory."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).with_name("sdk_inventory.yaml")).read_text())
    return found


def list_missing_from_contract(document: Document) -> list[str]:
    """Return what the inventory lists and the contract lacks."""
    return [
        *(problem for name, listed in inventory()["methods"].items() for problem in _operation(document, name, listed)),
        *(problem for name, listed in inventory()["classes"].items() for problem in _schema(document, name, listed)),
        *(
            f"enumeration {name}: value {value} is missing"
            for name, listed in inventory()["enumerations"].items()
            for value in listed["values"]
            if value not in document.schemas.get(name, {}).get("enum", ())
        ),
        *_codes(document),
    ]


def _operation(document: Document, name: str, listed: Mapping[str, Any]) -> Iterator[str]:
    operation = document.operations.get(listed["operation"])
    if operation is None:
        yield f"{name}: operation {listed['operation']} is missing"
        return
    if operation.node.get("deprecated", False) != listed.get("deprecated", False):
        yield f"{name}: operation {operation} should{'' if listed.get('deprecated') else ' not'} be deprecated"
    for parameter, facts in listed["parameters"].items():
        if "in" not in facts:
            continue
        where = f"{name}: parameter {parameter} ({facts['in']} of {operation})"
        node, required = _parameter(document, operation.id, facts["in"], facts.get("wire", parameter))
        if node is None:
            yield f"{where} is missing"
        else:
            if required != facts.get("required", False):
                yield f"{where} should be {'required' if facts.get('required') else 'optional'}"
            yield from (f"{where} {problem}" for problem in _facts(document, node, facts))


def _parameter(document: Document, operation: str, place: str, wire: str) -> tuple[dict[str, Any] | None, bool]:
    if place == "body":
        schema = document.body_schema(operation)
        return schema["properties"].get(wire), wire in schema.get("required", ())
    found = document.operations[operation].parameters_in(place).get(wire)
    return (None, False) if found is None else (found["schema"], found.get("required", False))


def _facts(document: Document, node: dict[str, Any], facts: Mapping[str, Any]) -> Iterator[str]:
    kind = facts.get("wire_type", facts["type"])
    if not _is_of_type(document, node, kind):
        yield f"should be of type {kind}"
    schema = document.resolve(node)
    for key in ("default", "maximum"):
        if key in facts and schema.get(key) != facts[key]:
            yield f"should have the {key} {facts[key]}"
    for value in facts.get("values", ()):
        if value not in schema.get("enum", ()):
            yield f"lacks the value {value}"


def _schema(document: Document, name: str, listed: Mapping[str, Any]) -> Iterator[str]:
    if name not in document.schemas:
        yield f"class {name}: the schema is missing"
        return
    schema = document.schemas[name]
    parts = [schema, *schema.get("allOf", [])]
    if "extends" in listed and {"$ref": f"#/components/schemas/{listed['extends']}"} not in parts:
        yield f"class {name} should extend {listed['extends']}"
    properties: dict[str, Any] = {}
    for part in parts:
        properties |= document.resolve(part).get("properties", {})
    required = {required for part in parts for required in document.resolve(part).get("required", ())}
    for python, facts in listed["properties"].items():
        wire, kind = facts.get("wire", python), facts["type"].removesuffix(" | None")
        if wire not in properties:
            yield f"class {name}: property {wire} is missing"
            continue
        if not _is_of_type(document, properties[wire], kind):
            yield f"class {name}: property {wire} should be of type {kind}"
        if (wire in required) != (kind == facts["type"]):
            yield f"class {name}: property {wire} should be {'required' if kind == facts['type'] else 'optional'}"


def _is_of_type(document: Document, node: Mapping[str, Any], kind: str) -> bool:
    """Return whether a schema describes values of a Python type of the inventory."""
    if kind in document.schemas:
        return node.get("$ref") == f"#/components/schemas/{kind}"
    schema = document.resolve(node)
    allowed = schema.get("type")
    names = [allowed] if isinstance(allowed, str) else [each for each in allowed or () if each != "null"]
    if array := re.fullmatch(r"(?:list|Sequence)\[(.+)\]", kind):
        return names == ["array"] and _is_of_type(document, schema["items"], array[1])
    wanted = WIRE_TYPES[kind]
    # A time that is handed out as text has a pattern, one that is handed out as a datetime has none.
    is_text = kind != "str" or schema.get("format") != "date-time" or "pattern" in schema
    is_moment = kind != "datetime" or "pattern" not in schema
    return names == [wanted["type"]] and wanted.get("format") in (None, schema.get("format")) and is_text and is_moment


def error_message(code: str) -> re.Pattern[str]:
    """Return what the message of an error code looks like."""
    template = inventory()["error_codes"][code]
    return re.compile(".+" if template is None else re.sub(r"\\{\w+\\}", ".+", re.escape(template)))


def _codes(document: Document) -> Iterator[str]:
    shown = [
        error
        for operation in document.operations.values()
        for status, response in operation.responses.items()
        if status.startswith("4")
        for error in list_errors(response)
    ]
    for code in inventory()["error_codes"]:
        if code not in document.schemas.get("ErrorCode", {}).get("enum", ()):
            yield f"error code {code} is missing"
        if not any(error["code"] == code and error_message(code).fullmatch(error["message"]) for error in shown):
            yield f"error code {code}: no response has its message"


def list_errors(response: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the examples of a response that is an error."""
    for content in response.get("content", {}).values():
        examples = [example["value"] for example in content.get("examples", {}).values()]
        examples += [content["example"]] if "example" in content else []
        yield from (example for example in examples if "code" in example)


def method(client: type, path: str) -> Any:
    """Return a method of a client by its path, such as `tasks.transfers.create`; None if there is none."""
    *names, last = path.split(".")
    found: Any = client(api_key="key")
    for name in names:
        found = getattr(found, name, None)
    return getattr(found, last, None)


def list_missing_from_python(client: type) -> list[str]:
    """Return what the inventory lists and a client, or what can be imported next to it, lacks."""
    return [
        *(problem for name, listed in inventory()["methods"].items() for problem in _method(client, name, listed)),
        *(problem for name, listed in inventory()["classes"].items() for problem in _class(name, listed)),
        *(problem for name, listed in inventory()["enumerations"].items() for problem in _enumeration(name, listed)),
        *(
            f"{module}.{name} cannot be imported"
            for module, names in inventory()["names"].items()
            for name in names
            if not hasattr(importlib.import_module(module), name)
        ),
    ]


def _method(client: type, name: str, listed: Mapping[str, Any]) -> Iterator[str]:
    found = method(client, name)
    if found is None:
        yield f"method {name} is missing"
        return
    signature, hints = inspect.signature(found), get_type_hints(found, localns=NAMES)
    returns = listed["returns"].replace(
        "SyncPager", "AsyncPager" if inspect.iscoroutinefunction(found) else "SyncPager"
    )
    if alternatives(hints["return"]) != alternatives(evaluate(returns)):
        yield f"method {name} should return {returns}"
    for parameter, facts in listed["parameters"].items():
        where = f"method {name}: parameter {parameter}"
        if parameter not in signature.parameters:
            yield f"{where} is missing"
            continue
        default = inspect.Parameter.empty if facts.get("required") else facts.get("python")
        if signature.parameters[parameter].default != default:
            yield f"{where} should {'be required' if facts.get('required') else f'default to {default}'}"
        wanted = facts["type"] if facts.get("required") or "python" in facts else f"({facts['type']}) | None"
        if not accepts(hints[parameter], evaluate(wanted) if "Callable" not in wanted else evaluate("Callable | None")):
            yield f"{where} should take {wanted}"
    positional = [
        each.name for each in signature.parameters.values() if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    if positional != listed.get("positional", []):
        yield f"method {name} should take {listed.get('positional', [])} without their names, and nothing else"


def _class(name: str, listed: Mapping[str, Any]) -> Iterator[str]:
    found: Any = getattr(types, name, None)
    if found is None:
        yield f"class {name} is missing"
        return
    if getattr(importlib.import_module(listed.get("from", "twelvelabs_tasks.types")), name, None) is not found:
        yield f"class {name} cannot be imported from {listed['from']}"
    if "extends" in listed and not issubclass(found, getattr(types, listed["extends"])):
        yield f"class {name} should extend {listed['extends']}"
    hints = get_type_hints(found)
    for property_, facts in listed["properties"].items():
        if property_ not in hints:
            yield f"class {name}: property {property_} is missing"
        elif alternatives(hints[property_]) != alternatives(evaluate(facts["type"])):
            yield f"class {name}: property {property_} should be of type {facts['type']}"


def _enumeration(name: str, listed: Mapping[str, Any]) -> Iterator[str]:
    found = getattr(types, name, None)
    if getattr(importlib.import_module(listed.get("from", "twelvelabs_tasks.types")), name, None) is not found:
        yield f"enumeration {name} cannot be imported from {listed['from']}"
    known = {value for part in get_args(found) for value in get_args(part)}
    yield from (f"enumeration {name}: value {value} is missing" for value in listed["values"] if value not in known)
