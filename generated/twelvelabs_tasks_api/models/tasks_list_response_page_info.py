# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types


@define(kw_only=True, repr=False)
class TasksListResponsePageInfo(types.Model):
    """Which page this is, and how many there are."""

    limit_per_page: int | None = None
    """How many tasks a page holds."""
    page: int | None = None
    """The number of this page, counted from 1."""
    total_page: int | None = None
    """How many pages there are."""
    total_results: int | None = None
    """How many tasks there are on all pages."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "limit_per_page",
            "page",
            "total_page",
            "total_results",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.limit_per_page is not None:
            data["limit_per_page"] = self.limit_per_page
        if self.page is not None:
            data["page"] = self.page
        if self.total_page is not None:
            data["total_page"] = self.total_page
        if self.total_results is not None:
            data["total_results"] = self.total_results
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksListResponsePageInfo", "an object", source)
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("limit_per_page")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("TasksListResponsePageInfo.limit_per_page", value)
        self.limit_per_page = value
        value = get("page")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("TasksListResponsePageInfo.page", value)
        self.page = value
        value = get("total_page")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("TasksListResponsePageInfo.total_page", value)
        self.total_page = value
        value = get("total_results")
        if value is not None and value.__class__ is not int:
            value = types.decode_integer("TasksListResponsePageInfo.total_results", value)
        self.total_results = value
        self.additional_properties = cls._additional(source)
        return self
