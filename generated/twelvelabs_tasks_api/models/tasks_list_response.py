# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define

from ..types import Model, beyond, mismatch
from .tasks_list_response_page_info import TasksListResponsePageInfo
from .video_indexing_task import VideoIndexingTask


@define(kw_only=True)
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
        if not isinstance(source, dict):
            raise mismatch("TasksListResponse", "an object", source)
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("data")
        if value.__class__ is not list and value is not None:
            raise mismatch("TasksListResponse.data", "an array", value)
        if value is not None:
            value = [VideoIndexingTask.from_dict(item) for item in value]
        self.data = value
        value = get("page_info")
        if value is not None:
            value = TasksListResponsePageInfo.from_dict(value)
        self.page_info = value
        self.additional_properties = {} if KNOWN.issuperset(source) else beyond(KNOWN, source)
        return self


KNOWN = frozenset(TasksListResponse.NAMES.values())
