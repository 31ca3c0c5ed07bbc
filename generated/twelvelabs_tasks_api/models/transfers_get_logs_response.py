# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .import_log import ImportLog


@define(kw_only=True, repr=False)
class TransfersGetLogsResponse(types.Model):
    """The imports of an integration, the oldest first."""

    data: list[ImportLog] | None = None
    """The imports."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "data",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.data is not None:
            data["data"] = [item.to_dict() for item in self.data]
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersGetLogsResponse", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("data")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("TransfersGetLogsResponse.data", "an array", value)
        if value is not None:
            value = [ImportLog.from_dict(item) for item in value]
        self.data = value
        self.additional_properties = cls._additional(source)
        return self
