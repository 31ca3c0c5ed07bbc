"""Arguments of every kind that the contract allows, for each operation: drawn from its schemas."""

from __future__ import annotations

import json
import math
import string
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from contract_tests.support.sample_arguments import choices
from twelvelabs_tasks.testing._document import Document, contract

__all__ = ["TEXT", "arguments", "values"]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "", " ", "a b+c&d=e%20;f#g?h/i", "../..", "%2e%2e", "\r\nX-Evil: 1", '"', "\x00", "x" * 2000,
        "película 映画 \U0001f600.mp4",
    ]
)  # fmt: skip
TIMES = st.builds(
    "{}{}{}{}{}".format,
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from("Tt"),
    st.times().map(lambda time: time.isoformat("seconds")),
    st.sampled_from(["", ".5", ".123456789"]),
    st.sampled_from(["Z", "z", "+00:00", "-07:30", "+23:59"]),
)
URLS = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.com", "xn--bcher-kva.example:8443", "192.0.2.1", "[2001:db8::1]"]),
    st.text(string.ascii_letters + string.digits + "/-_.~", max_size=30).map(lambda path: "/" + path),
    st.sampled_from(["", "?a=1&b=%20+", "#t=10"]),
)
VIDEOS = st.binary(min_size=1, max_size=300) | st.sampled_from(
    [
        b"\r\n--+++--\r\n", b'--\r\nContent-Disposition: form-data; name="index_id"\r\n\r\nx', b"\r\n", b"-",
        bytes(2000),
    ]
)  # fmt: skip


def values(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for the valid values of a schema, in the form in which Python code has them."""
    schema = document.resolve(schema)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of(*(KINDS[kind](document, schema) for kind in kinds))


def _strings(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    match schema.get("format"):
        case "date-time":
            return TIMES
        case "uri":
            return URLS
        case "binary":
            return VIDEOS
        case "json-object":
            return values(document, schema["contentSchema"]).map(json.dumps)
    return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else TEXT


def _integers(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    extreme = [value for value in (schema.get("minimum"), schema.get("maximum"), 2**31, 10**30) if value is not None]
    allowed = [value for value in extreme if schema.get("minimum", value) <= value <= schema.get("maximum", value)]
    return st.integers(schema.get("minimum"), schema.get("maximum")) | st.sampled_from(allowed)


def _numbers(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    numbers = st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)
    # -0.0 is not less than 0, but its text begins with a minus.
    return numbers.filter(lambda number: number != 0 or math.copysign(1, number) > 0) | st.integers(0, 7200)


def _arrays(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    # In a query, an empty list cannot be distinguished from one that is not given.
    return st.lists(values(document, schema["items"]), min_size=1, max_size=8)


def _objects(document: Document, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(TEXT, values(document, schema["additionalProperties"]), max_size=4)
    properties = {name: values(document, node) for name, node in schema["properties"].items()}
    return optional(properties, schema.get("required", ()))


KINDS: Mapping[str, Callable[[Document, Mapping[str, Any]], st.SearchStrategy[Any]]] = {
    "string": _strings,
    "integer": _integers,
    "number": _numbers,
    "boolean": lambda document, schema: st.booleans(),
    "array": _arrays,
    "object": _objects,
    "null": lambda document, schema: st.none(),
}


def optional(known: Mapping[str, st.SearchStrategy[Any]], required: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for objects that have what is required, and any of the rest."""
    return st.fixed_dictionaries(
        {name: strategy for name, strategy in known.items() if name in required},
        optional={name: strategy for name, strategy in known.items() if name not in required},
    )


def arguments(operation: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for the arguments of an operation by their names in the contract; `path`, `query`, `body`."""
    document = contract()
    found = document.operations[operation]
    places: dict[str, st.SearchStrategy[Any]] = {}
    for place in ("path", "query"):
        parameters = found.parameters_in(place)
        known = {name: values(document, node["schema"]) for name, node in parameters.items()}
        places[place] = optional(known, [name for name, node in parameters.items() if node.get("required")])
    places["body"] = _bodies(document, operation) if "requestBody" in found.node else st.none()
    return st.fixed_dictionaries(places)


def _bodies(document: Document, operation: str) -> st.SearchStrategy[Any]:
    schema = document.body_schema(operation)
    known = {name: values(document, node) for name, node in schema["properties"].items()}
    return st.one_of(
        *(optional({name: known[name] for name in [*chosen, *free]}, chosen) for chosen, free in choices(operation))
    )
