# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .tasks_list_response_page_info import TasksListResponsePageInfo
from .video_indexing_task import VideoIndexingTask


@define(kw_only=True, repr=False)
class TasksListResponse(types.Model):
    """One page of tasks."""

    data: list[VideoIndexingTask] | None = None
    """The tasks of this page."""
    page_info: TasksListResponsePageInfo | None = None
    """Which page this is, and how many there are."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "data",
            "page_info",
        }
    )

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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("data")
        if value is not None and not isinstance(value, list):
            raise types.mismatch("TasksListResponse.data", "an array", value)
        if value is not None:
            value = [VideoIndexingTask.from_dict(item) for item in value]
        self.data = value
        value = get("page_info")
        if value is not None:
            value = TasksListResponsePageInfo.from_dict(value)
        self.page_info = value
        self.additional_properties = cls._additional(source)
        return self
