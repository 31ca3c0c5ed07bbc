# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, decode_integer, new, take


@define(kw_only=True, repr=False)
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
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.limit_per_page = source["limit_per_page"]
            self.page = source["page"]
            self.total_page = source["total_page"]
            self.total_results = source["total_results"]
            if len(source) != 4:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.limit_per_page
        if value.__class__ is not int and value is not None:
            self.limit_per_page = decode_integer("TasksListResponsePageInfo.limit_per_page", value)
        value = self.page
        if value.__class__ is not int and value is not None:
            self.page = decode_integer("TasksListResponsePageInfo.page", value)
        value = self.total_page
        if value.__class__ is not int and value is not None:
            self.total_page = decode_integer("TasksListResponsePageInfo.total_page", value)
        value = self.total_results
        if value.__class__ is not int and value is not None:
            self.total_results = decode_integer("TasksListResponsePageInfo.total_results", value)
        return self
