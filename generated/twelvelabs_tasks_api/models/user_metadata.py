# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({})


class UserMetadata(types.Model):
    """Keys and values, of your own choosing, that help you categorize your videos."""

    __slots__ = ()

    def __init__(
        self,
        *,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("UserMetadata", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
