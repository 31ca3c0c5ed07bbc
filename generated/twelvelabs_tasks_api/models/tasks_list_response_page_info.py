# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, decode_integer, mismatch


@define(kw_only=True)
class TasksListResponsePageInfo(Model):
    """The number of this page, and the number of pages."""

    NAMES: ClassVar[dict[str, str]] = {
        "limit_per_page": "limit_per_page",
        "page": "page",
        "total_page": "total_page",
        "total_results": "total_results",
    }

    limit_per_page: int | None = None
    """The number of tasks per page."""
    page: int | None = None
    """The number of this page, counted from 1."""
    total_page: int | None = None
    """The number of pages."""
    total_results: int | None = None
    """The number of tasks on all pages."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise mismatch("TasksListResponsePageInfo", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("limit_per_page")
        if value.__class__ is not int and value is not None:
            value = decode_integer("TasksListResponsePageInfo.limit_per_page", value)
        self.limit_per_page = value
        value = get("page")
        if value.__class__ is not int and value is not None:
            value = decode_integer("TasksListResponsePageInfo.page", value)
        self.page = value
        value = get("total_page")
        if value.__class__ is not int and value is not None:
            value = decode_integer("TasksListResponsePageInfo.total_page", value)
        self.total_page = value
        value = get("total_results")
        if value.__class__ is not int and value is not None:
            value = decode_integer("TasksListResponsePageInfo.total_results", value)
        self.total_results = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TasksListResponsePageInfo.NAMES.values())
