"""Validation against schemas of the contract, formats included, by `jsonschema_rs`."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from ._document import Document

__all__ = ["is_json_object", "parse_json", "problems", "validator"]


def parse_json(content: bytes) -> Any:
    """Return what JSON holds; raise ValueError or RecursionError if it is not valid.

    Stricter than `json`, which takes NaN and Infinity, other encodings than UTF-8, numbers too large for a float, and
    objects with two properties of one name (which RFC 7493 forbids, because parsers differ in which one they take).
    """
    text = content.decode("utf-8")
    return json.loads(text, parse_constant=_refuse, parse_float=_parse_float, object_pairs_hook=_parse_object)


def is_json_object(text: str) -> bool:
    """Whether a text is of the contract's own format `json-object`."""
    try:
        return isinstance(json.loads(text, parse_constant=_refuse), dict)
    except (ValueError, RecursionError):
        return False


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _parse_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text:.40} is too large a number")
    return number


def _parse_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = Counter(name for name, _ in pairs)
        raise ValueError(f"there are two properties with the name {names.most_common(1)[0][0]!r:.60}")
    return found


def validator(
    document: Document, schema: Mapping[str, Any], *, mask: str | None = None
) -> jsonschema_rs.Draft202012Validator:
    """Return a validator for a schema whose references lead into a document.

    Args:
        document: The document.
        schema: The schema.
        mask: What messages say in place of the value that is wrong. Default: the value.
    """
    whole = {**schema, "components": document.root["components"]}
    formats = {"json-object": is_json_object, "binary": lambda _: True}
    return jsonschema_rs.Draft202012Validator(whole, formats=formats, validate_formats=True, mask=mask)


def problems(document: Document, schema: Mapping[str, Any], value: Any) -> list[str]:
    """Return what is wrong with a value, in words; text that holds JSON is validated as well."""
    found = [
        f"{'/'.join(map(str, error.instance_path)) or 'it'}: {error.message}"
        for error in validator(document, schema).iter_errors(value)
    ]
    resolved = document.resolve(schema)
    properties = document.properties(resolved)
    for name, item in value.items() if isinstance(value, dict) else ():
        if "contentSchema" in properties.get(name, {}) and isinstance(item, str) and is_json_object(item):
            inner = problems(document, properties[name]["contentSchema"], json.loads(item))
            found += [f"{name}: {problem}" for problem in inner]
    return found
