# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""What the models and the operations share: the base of all models, files, responses, and the decoding of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import IO, Any, Generic, NamedTuple, Self, TypeVar
from urllib.parse import quote

import httpx

from .errors import InvalidBody

T = TypeVar("T")


class Model:
    """An object of the contract. Iterating over it yields pairs of a property's name and value."""

    __slots__ = ("additional_properties",)

    additional_properties: dict[str, Any]
    """Properties that arrived but that the contract does not describe."""

    def __init__(self, *, additional_properties: dict[str, Any] | None = None) -> None:
        self.additional_properties = {} if additional_properties is None else additional_properties

    def to_dict(self) -> dict[str, Any]:
        """Return the object as JSON data, properties that are `None` left out."""
        return dict(self.additional_properties)

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        """Make the object from JSON data; raise `errors.InvalidBody` if they are not what the contract says."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield from self._described()
        yield from self.additional_properties.items()

    def _described(self) -> Iterator[tuple[str, Any]]:
        """Yield the properties that the contract describes, in its order."""
        for kind in reversed(type(self).__mro__):
            for name in getattr(kind, "__slots__", ()) if kind not in (object, Model) else ():
                yield name, getattr(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return NotImplemented
        return (*self._described(), self.additional_properties) == (*other._described(), other.additional_properties)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self if value is not None)
        return f"{type(self).__name__}({shown})"


class File:
    """A file to upload: its content, and the name, media type and headers of its part."""

    def __init__(
        self,
        payload: IO[bytes] | bytes,
        file_name: str | None = None,
        mime_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.payload = payload
        self.file_name = file_name
        self.mime_type = mime_type
        self.headers: Mapping[str, str] = headers or {}

    def to_tuple(self) -> tuple[str | None, IO[bytes] | bytes, str | None, Mapping[str, str]]:
        """Return the form that httpx takes."""
        return self.file_name, self.payload, self.mime_type, self.headers


RequestFiles = list[tuple[str, tuple[str | None, IO[bytes] | bytes | str, str | None, Mapping[str, str]]]]


class Response(NamedTuple, Generic[T]):
    """An answer: its status code, content and headers, and the object its body holds."""

    status_code: int
    content: bytes
    headers: httpx.Headers
    parsed: T | None


def path_segment(name: str, value: str) -> str:
    """Return `value`, escaped for use as one segment of a path; raise ValueError if it cannot be one."""
    if value in ("", ".", ".."):
        raise ValueError(f"{name} must not be empty or a dot segment, but is {value!r}")
    return quote(value, safe="")


def json_body(response: httpx.Response) -> Any:
    """Return the JSON that an answer holds; raise `errors.InvalidBody` if it holds none."""
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        raise InvalidBody(f"The body of the answer is not JSON: {error}") from error


def beyond(names: frozenset[str], source: dict[str, Any]) -> dict[str, Any]:
    """Return what `source` holds beyond the properties with these names."""
    return {name: value for name, value in source.items() if name not in names}


def mismatch(name: str, expected: str, value: object) -> InvalidBody:
    """Return the exception for a value that is not of the type the contract says."""
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


RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", flags=re.ASCII)


def decode_datetime(name: str, value: Any) -> datetime:
    """Return a time in any spelling of RFC 3339: lower case, leap seconds, any number of decimals."""
    parts = RFC_3339.fullmatch(value) if isinstance(value, str) else None
    try:
        if parts is not None:
            date, hours_and_minutes, seconds, fraction, zone = parts.groups()
            leap = seconds == "60"
            text = f"{date}T{hours_and_minutes}{'59' if leap else seconds}.{(fraction or '')[:6]:0<6}{zone.upper()}"
            return datetime.fromisoformat(text) + timedelta(seconds=leap)
    except (ValueError, OverflowError):
        pass
    raise mismatch(name, "a date and time in the RFC 3339 format", value)
