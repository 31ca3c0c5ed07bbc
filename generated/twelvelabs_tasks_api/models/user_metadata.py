# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class UserMetadata(types.Model):
    """Keys and values, of your own choosing, that help you categorize your videos."""

    _names: ClassVar[frozenset[str]] = frozenset({})

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("UserMetadata", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        self.additional_properties = cls._additional(source)
        return self
