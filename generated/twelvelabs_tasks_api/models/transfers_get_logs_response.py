# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch, take
from .import_log import ImportLog


@define(kw_only=True)
class TransfersGetLogsResponse(Model):
    """The imports of an integration, the oldest first."""

    NAMES: ClassVar[dict[str, str]] = {
        "data": "data",
    }

    data: list[ImportLog] | None = None
    """The imports."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        try:  # as if all properties were there
            self.data = source["data"]
            self.additional_properties = {} if len(source) == 1 else beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.data
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetLogsResponse.data", "an array", value)
        if value is not None:
            self.data = [ImportLog.from_dict(item) for item in value]
        return self
