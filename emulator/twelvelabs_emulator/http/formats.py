"""Formats of text: the contract's own ones, and parameters written as text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

__all__ = ["FORMATS", "parse_json", "parse_text"]

_INTEGER = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def parse_json(text: str | bytes) -> Any:
    """Return the value of JSON text, strictly: no `NaN`, no infinity, nothing that UTF-8 cannot represent.

    Raises:
        ValueError: The text is not JSON.
    """
    try:
        value = json.loads(text, parse_constant=_reject)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


def parse_text(text: str, schema: Mapping[str, Any]) -> Any:
    """Return the value of a parameter or form field: exactly `true` and `false`, and plain decimal numbers.

    Raises:
        ValueError: The text is not of the type that the schema wants.
    """
    match schema.get("type"):
        case "integer":
            return int(_match(_INTEGER, text))
        case "number":
            number = float(_match(_NUMBER, text))
            if not math.isfinite(number):
                raise ValueError("not a finite number")
            return number
        case "boolean":
            return {"true": True, "false": False}[_match(re.compile("true|false"), text)]
        case _:
            return text


def _match(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"does not match {pattern.pattern}")
    return text


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(parse_json(text), dict)
    except ValueError:
        return False


FORMATS: dict[str, Callable[..., bool]] = {"json-object": _is_json_object}
