# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .import_log import ImportLog

NAMES: frozenset[str] = frozenset({"data"})


class TransfersGetLogsResponse(types.Model):
    """The imports of an integration, the oldest first."""

    __slots__ = ("data",)

    data: list[ImportLog] | None
    """The imports."""

    def __init__(
        self,
        *,
        data: list[ImportLog] | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.data = data

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.data is not None:
            data["data"] = [item.to_dict() for item in self.data]
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersGetLogsResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("data")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TransfersGetLogsResponse.data", "an array", value)
        if value is not None:
            value = [ImportLog.from_dict(item) for item in value]
        self.data = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
