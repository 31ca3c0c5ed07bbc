"""The formats of texts: those of the contract's own, and how parameters are written as text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

_INTEGER = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def parse_json(text: str | bytes) -> Any:
    """Read JSON strictly: no ``NaN``, no infinity, nothing that cannot be written as UTF-8.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


def parse_text(text: str, schema: Mapping[str, Any]) -> Any:
    """Read a parameter or form field as its schema wants it: exactly ``true`` and ``false``, plain decimal numbers.

    Raises:
        ValueError: It is not of that type.
    """
    match schema.get("type"):
        case "integer":
            return int(_matching(_INTEGER, text))
        case "number":
            number = float(_matching(_NUMBER, text))
            if not math.isfinite(number):
                raise ValueError("not a finite number")
            return number
        case "boolean":
            return {"true": True, "false": False}[_matching(re.compile("true|false"), text)]
        case _:
            return text


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"does not match {pattern.pattern}")
    return text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(parse_json(text), dict)
    except ValueError:
        return False


FORMATS: dict[str, Callable[..., bool]] = {"json-object": _is_json_object}
