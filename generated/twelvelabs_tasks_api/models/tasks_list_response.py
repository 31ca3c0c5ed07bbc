# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attr import define

from ..types import Model, beyond, mismatch, new, take
from .tasks_list_response_page_info import TasksListResponsePageInfo
from .video_indexing_task import VideoIndexingTask


@define(kw_only=True, repr=False)
class TasksListResponse(Model):
    """One page of tasks."""

    NAMES: ClassVar[dict[str, str]] = {
        "data": "data",
        "page_info": "page_info",
    }

    data: list[VideoIndexingTask] | None = None
    """The tasks of this page."""
    page_info: TasksListResponsePageInfo | None = None
    """The number of this page, and the number of pages."""

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        self = new(cls)  # not __init__: set and checked one by one, they are there in half the time
        try:  # as if all properties were there
            self.data = source["data"]
            self.page_info = source["page_info"]
            if len(source) != 2:
                self.additional_properties = beyond(self, source)
        except (KeyError, TypeError):
            take(self, source)
        value: Any
        value = self.data
        if value.__class__ is not list and value is not None:
            raise mismatch("TasksListResponse.data", "an array", value)
        if value is not None:
            self.data = list(map(VideoIndexingTask.from_dict, value))
        value = self.page_info
        if value is not None:
            self.page_info = TasksListResponsePageInfo.from_dict(value)
        return self
