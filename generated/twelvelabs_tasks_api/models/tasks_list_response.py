# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .tasks_list_response_page_info import TasksListResponsePageInfo
from .video_indexing_task import VideoIndexingTask

NAMES: frozenset[str] = frozenset({"data", "page_info"})


class TasksListResponse(types.Model):
    """One page of tasks."""

    __slots__ = ("data", "page_info")

    data: list[VideoIndexingTask] | None
    """The tasks of this page."""
    page_info: TasksListResponsePageInfo | None
    """Which page this is, and how many there are."""

    def __init__(
        self,
        *,
        data: list[VideoIndexingTask] | None = None,
        page_info: TasksListResponsePageInfo | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.data = data
        self.page_info = page_info

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        if self.data is not None:
            data["data"] = [item.to_dict() for item in self.data]
        if self.page_info is not None:
            data["page_info"] = self.page_info.to_dict()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TasksListResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("data")
        if value.__class__ is not list and value is not None:
            raise types.mismatch("TasksListResponse.data", "an array", value)
        if value is not None:
            value = [VideoIndexingTask.from_dict(item) for item in value]
        self.data = value
        value = get("page_info")
        if value is not None:
            value = TasksListResponsePageInfo.from_dict(value)
        self.page_info = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
