# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""What the models share: their base class, and the decoding of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from reprlib import recursive_repr
from typing import Any, ClassVar, Self

from attr import define, field, fields  # `attrs` is the same, but imports five more modules

__all__ = (
    "InvalidBody",
    "Model",
    "beyond",
    "decode_datetime",
    "decode_integer",
    "decode_strings",
    "mismatch",
    "new",
    "take",
)


class InvalidBody(Exception):  # noqa: N818 - it is caught by the library, which raises an error of its own
    """The body of a response is not what the contract says."""


@define(kw_only=True, repr=False)
class Model:
    """An object of the contract. Iterating over it yields pairs of a property's name and value.

    Attributes:
        additional_properties: Properties that arrived but that the contract does not describe.
    """

    NAMES: ClassVar[dict[str, str]] = {}
    """The names of the properties in the contract, by those of the attributes."""

    additional_properties: dict[str, Any] = field(factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the object as JSON data, without the properties that are `None`."""
        data = dict(self.additional_properties)
        for attribute, name in self.NAMES.items():
            value = getattr(self, attribute)
            if value is not None:
                data[name] = encode(value)
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        """Return the object that JSON data describes.

        Args:
            source: The JSON data.

        Raises:
            InvalidBody: They are not what the contract says.
        """
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for attribute in fields(type(self)):
            if attribute.name != "additional_properties":
                yield attribute.name, getattr(self, attribute.name)
        yield from self.additional_properties.items()

    @recursive_repr("...")
    def __repr__(self) -> str:  # as attrs would make it, but once: a quarter of the time that a model takes to import
        values = (f"{attribute.name}={getattr(self, attribute.name)!r}" for attribute in fields(type(self)))
        return f"{type(self).__name__}({', '.join(values)})"


class _MadeWhenUsed:
    """A slot that holds an empty dictionary as soon as somebody looks: most objects need none, and a list is long."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, model: Any, kind: type | None = None) -> Any:
        if model is None:
            return self
        try:
            return self._slot.__get__(model, kind)
        except AttributeError:
            self._slot.__set__(model, {})
            return self._slot.__get__(model, kind)

    def __set__(self, model: Any, value: Any) -> None:
        self._slot.__set__(model, value)


setattr(Model, "additional_properties", _MadeWhenUsed(Model.__dict__["additional_properties"]))  # noqa: B010 - typed


def encode(value: Any) -> Any:
    """Return a value as JSON data."""
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [encode(each) for each in value]
    return value


new = object.__new__


def take(model: Model, source: Any) -> None:
    """Set the attributes of a model from JSON data, whatever of them is there; raise `InvalidBody` for no object."""
    if not isinstance(source, dict):
        raise mismatch(type(model).__name__, "an object", source)
    for attribute, name in model.NAMES.items():
        setattr(model, attribute, source.get(name))
    model.additional_properties = beyond(model, source)


def beyond(model: Model, source: dict[str, Any]) -> dict[str, Any]:
    """Return what an object of JSON data holds beyond the properties of a model."""
    names = frozenset(model.NAMES.values())
    return {name: value for name, value in source.items() if name not in names}


def mismatch(name: str, expected: str, value: object) -> InvalidBody:
    """Return the exception for a value that does not have the type of the contract."""
    return InvalidBody(f"{name} should be {expected}, but is {value!r:.100}")


def decode_integer(name: str, value: Any) -> int:
    """Return a JSON integer, which may be written 20.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise mismatch(name, "an integer", value)


def decode_strings(name: str, value: list[Any]) -> list[str]:
    """Return a JSON array of strings."""
    if not all(isinstance(item, str) for item in value):
        raise mismatch(name, "an array of strings", value)
    return value


# Compiled when it is first used, because most programs never use it.
RFC_3339 = r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)"


def decode_datetime(name: str, value: Any) -> datetime:
    """Return a time in any spelling of RFC 3339: lower case, leap seconds, any number of decimals."""
    parts = re.fullmatch(RFC_3339, value, re.ASCII) if isinstance(value, str) else None
    try:
        if parts is not None:
            date, hours_and_minutes, seconds, fraction, zone = parts.groups()
            leap = seconds == "60"
            text = f"{date}T{hours_and_minutes}{'59' if leap else seconds}.{(fraction or '')[:6]:0<6}{zone.upper()}"
            return datetime.fromisoformat(text) + timedelta(seconds=leap)
    except (ValueError, OverflowError):
        pass
    raise mismatch(name, "a date and time in the RFC 3339 format", value)
