"""Bodies of responses, drawn from the contract: right ones, ones that a future platform may send, and wrong ones.

Schemathesis draws the bodies of requests only. So each schema is made the request body of an operation in a mirror of
the contract, and the bodies are drawn from there.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from twelvelabs_tasks.testing._document import Document, contract
from twelvelabs_tasks.testing._schemas import validator

__all__ = ["bodies", "body_schema", "comparable", "draw_varied", "is_accepted", "wrong_bodies"]

UNKNOWN = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)


def body_schema(operation: str, status: int) -> Mapping[str, Any] | None:
    """Return the schema of the body of a response, `None` if it has none."""
    content = contract().operations[operation].responses[str(status)].get("content", {})
    schema: Mapping[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema


@cache
def _mirror() -> Any:
    paths = {
        f"/{name}": {
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": reference}}}},
                "responses": {"200": {"description": "Mirrored."}},
            }
        }
        for name in contract().schemas
        for reference in [f"#/components/schemas/{name}"]
    }
    components = {"schemas": copy.deepcopy(contract().schemas)}
    info = {"title": "A mirror", "version": "1"}
    return schemathesis.openapi.from_dict({"openapi": "3.1.0", "info": info, "paths": paths, "components": components})


def _draw(name: str, mode: GenerationMode) -> st.SearchStrategy[Any]:
    operation = _mirror()[f"/{name}"]["POST"]
    strategy: st.SearchStrategy[Any] = operation.as_strategy(generation_mode=mode)
    return strategy.map(lambda case: case.body)


def bodies(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for valid values of a schema of the contract."""
    return _draw(name, GenerationMode.POSITIVE)


def wrong_bodies(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for values that are not valid, some of which are not JSON at all."""
    return _draw(name, GenerationMode.NEGATIVE)


@st.composite
def draw_varied(draw: st.DrawFn, name: str) -> Any:
    """Draw a value that a newer platform might send: with what is unknown, `null` or missing, and 20.0 for 20."""
    return _vary(draw, contract().schemas[name], draw(bodies(name)))


def _vary(draw: st.DrawFn, schema: Mapping[str, Any], value: Any) -> Any:
    schema = contract().resolve(schema)
    if isinstance(value, dict):
        return _vary_object(draw, schema, value)
    if isinstance(value, list):
        return [_vary(draw, schema["items"], item) for item in value]
    if "enum" in schema:
        return draw(st.just(value) | st.text(max_size=8))
    if schema.get("type") == "integer" and isinstance(value, int) and abs(value) < 2**53:
        return draw(st.sampled_from([value, float(value)]))
    return value


def _vary_object(draw: st.DrawFn, schema: Mapping[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    properties = contract().properties(schema)
    required = schema.get("required", [])
    found: dict[str, Any] = {name: item for name, item in value.items() if name not in properties}
    found |= draw(st.dictionaries(st.text(max_size=8).filter(lambda name: name not in properties), UNKNOWN, max_size=2))
    for name, item in value.items():
        if name in properties:
            change = "keep" if name in required else draw(st.sampled_from(["keep", "keep", "null", "drop"]))
            if change != "drop":
                found[name] = None if change == "null" else _vary(draw, properties[name], item)
    return found


def comparable(name: str, value: Any) -> Any:
    """Return a body so that bodies that say the same are equal: `null` is left out, a time is a point in time."""
    return _comparable(contract().schemas[name], value)


def _comparable(schema: Mapping[str, Any], value: Any) -> Any:
    schema = contract().resolve(schema)
    if isinstance(value, dict):
        properties = contract().properties(schema)
        return {
            name: _comparable(properties[name], item) if name in properties else item
            for name, item in value.items()
            if item is not None or name not in properties
        }
    if isinstance(value, list):
        return [_comparable(schema["items"], item) for item in value]
    if _is_moment(schema) and isinstance(value, str):
        return _moment(value)
    return value


def _is_moment(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "date-time" and "pattern" not in schema


def _moment(text: str) -> datetime:
    text = re.sub(r"\.(\d{1,6})\d*", lambda match: f".{match[1]:0<6}", text.upper())
    return datetime.fromisoformat(text)


@cache
def _lenient(name: str) -> Any:
    document = contract().copy()
    for schema in document.schemas.values():
        _loosen(document, schema)
    return validator(Document(document.root), {"$ref": f"#/components/schemas/{name}"})


def _loosen(document: Document, schema: dict[str, Any]) -> None:
    """Take away what clients do not check: values, patterns, formats other than times; allow `null` where optional."""
    if not _is_moment(schema):
        schema.pop("format", None)
    schema.pop("enum", None)
    schema.pop("pattern", None)
    for part in schema.get("allOf", []):
        _loosen(document, part)
    for name, inner in schema.get("properties", {}).items():
        _loosen(document, inner)
        if name not in schema.get("required", []):
            schema["properties"][name] = {"anyOf": [inner, {"type": "null"}]}
    if isinstance(schema.get("items"), dict):
        _loosen(document, schema["items"])


def is_accepted(name: str, body: Any) -> bool:
    """Return whether a client should take a body: whether its types are right, and what is required is there."""
    return bool(_lenient(name).is_valid(body))
