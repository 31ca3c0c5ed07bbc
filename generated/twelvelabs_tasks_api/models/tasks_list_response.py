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
        get = source.get
        data: Any = get("data")
        if data is not None:
            if not isinstance(data, list):
                raise types.mismatch("TasksListResponse.data", "an array", data)
            data = [VideoIndexingTask.from_dict(item) for item in data]
        page_info: Any = get("page_info")
        if page_info is not None:
            page_info = TasksListResponsePageInfo.from_dict(page_info)
        return cls(
            data=data,
            page_info=page_info,
            additional_properties=cls._additional(source),
        )
