# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types

NAMES: frozenset[str] = frozenset({"limit_per_page", "page", "total_page", "total_results"})


class TasksListResponsePageInfo(types.Model):
    """Which page this is, and how many there are."""

    __slots__ = ("limit_per_page", "page", "total_page", "total_results")

    limit_per_page: int | None
    """How many tasks a page holds."""
    page: int | None
    """The number of this page, counted from 1."""
    total_page: int | None
    """How many pages there are."""
    total_results: int | None
    """How many tasks there are on all pages."""

    def __init__(
        self,
        *,
        limit_per_page: int | None = None,
        page: int | None = None,
        total_page: int | None = None,
        total_results: int | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.limit_per_page = limit_per_page
        self.page = page
        self.total_page = total_page
        self.total_results = total_results

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("limit_per_page")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("TasksListResponsePageInfo.limit_per_page", value)
        self.limit_per_page = value
        value = get("page")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("TasksListResponsePageInfo.page", value)
        self.page = value
        value = get("total_page")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("TasksListResponsePageInfo.total_page", value)
        self.total_page = value
        value = get("total_results")
        if value.__class__ is not int and value is not None:
            value = types.decode_integer("TasksListResponsePageInfo.total_results", value)
        self.total_results = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
