# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take
from .import_log import ImportLog


@define(kw_only=True, repr=False)
class TransfersGetLogsResponse(Model):
    """The imports of an integration, the oldest first."""

    NAMES: ClassVar[dict[str, str]] = {
        "data": "data",
    }

    data: list[ImportLog] | None = None
    """The imports."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.data = source["data"]
            if len(source) != 1:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.data
        if value.__class__ is not list and value is not None:
            raise mismatch("TransfersGetLogsResponse.data", "an array", value)
        if value is not None:
            self.data = list(map(ImportLog.from_dict, value))
        return self
