"""The rules of the platform in a few lines: what an emulator is compared with."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

__all__ = ["BROKEN", "STAGE", "TOO_SHORT", "Import", "Model", "Sample", "Task"]

STAGE = 6 * 3600
"""How long a task spends in each status, in seconds: a quarter of a day."""
DAY = 86_400_000
UPLOADED = ("validating", "pending", "queued", "indexing", "ready")
FETCHED = ("uploading", *UPLOADED)
UNFIT = ("uploading", "validating", "failed")
UNREACHABLE = ("failed",)
BROKEN = "Cannot read video file. Please check the video file is valid and try again."
TOO_SHORT = (
    "Video is too short. Please use video with duration between 10 seconds and 2 hours(7200 seconds). "
    "Current duration is `4.0` seconds."
)


@attrs.frozen
class Sample:
    """A file, as the platform sees it: what is known of a video, or why it takes none."""

    content: bytes
    known: Mapping[str, float]
    fault: str | None = None


@attrs.define
class Task:
    """A task, and which statuses it goes through."""

    id: str
    index_id: str
    filename: str
    sample: Sample | None
    life: tuple[str, ...]
    created_at: int
    born: int
    """How much time had been skipped when it was created, in seconds."""
    has_vector: bool = False
    settled_at: int | None = None
    """When it failed, if that was not on time."""


@attrs.define
class Import:
    """What an import did with each file: its name, the task that was made of it, or why none was."""

    integration_id: str
    index_id: str
    outcomes: list[tuple[str, str | None, str | None]]


class Model:
    """Indexes, tasks, imports and a clock.

    Args:
        indexes: The indexes there are.
    """

    def __init__(self, indexes: Iterable[str]) -> None:
        self.indexes = list(indexes)
        self.tasks: dict[str, Task] = {}
        self.deleted: list[str] = []
        self.imports: list[Import] = []
        self.skipped = 0

    # Tasks

    def add(self, task_id: str, index_id: str, filename: str, sample: Sample | None, *, by_url: bool, at: int) -> Task:
        """Return a task that is created now, at a time that the platform says."""
        life = UPLOADED if not by_url else UNREACHABLE if sample is None else UNFIT if sample.fault else FETCHED
        task = self.tasks[task_id] = Task(task_id, index_id, filename, sample, life, at, self.skipped)
        return task

    def skip(self, stages: int) -> None:
        """Let time pass."""
        before = {task.id: self.status(task) for task in self.tasks.values()}
        self.skipped += stages * STAGE
        for task in self.tasks.values():
            if before[task.id] != "ready" and self.status(task) == "ready":
                task.has_vector = True

    def status(self, task: Task) -> str:
        """Return where a task stands."""
        return task.life[self._steps(task)]

    def is_final(self, task: Task) -> bool:
        """Return whether a task is over."""
        return self.status(task) in ("ready", "failed")

    def updated_at(self, task: Task) -> int:
        """Return when a task came into its status."""
        return task.settled_at or task.created_at + self._steps(task) * STAGE * 1000

    def describe(self, task: Task) -> dict[str, Any]:
        """Return what a list says of a task."""
        known = task.sample.known if task.sample and not task.sample.fault else {}
        return {
            "_id": task.id,
            "video_id": task.id,
            "index_id": task.index_id,
            "status": self.status(task),
            "created_at": task.created_at,
            "updated_at": self.updated_at(task),
            "system_metadata": {"filename": task.filename, **known},
        }

    def delete_video(self, index_id: str, video_id: str) -> int:
        """Return the status of the response to that."""
        task = self.tasks.get(video_id)
        if task is None or task.index_id != index_id or not task.has_vector:
            return 404
        task.has_vector = False
        return 204

    def delete_task(self, task_id: str) -> int:
        """Return the status of the response to that."""
        task = self.tasks.get(task_id)
        if task is None:
            return 404
        if not self.is_final(task) or task.has_vector:
            return 400
        del self.tasks[task_id]
        self.deleted.append(task_id)
        return 204

    def page(self, query: Mapping[str, Any]) -> tuple[list[str], dict[str, int]]:
        """Return the tasks of a page, and what is said of the page."""
        found = [task for task in self.tasks.values() if self._meets(task, query)]
        sort_by, descending = query.get("sort_by", "created_at"), query.get("sort_option", "desc") == "desc"
        order = [(self.describe(task)[sort_by], number, task.id) for number, task in enumerate(found)]
        ids = [task_id for *_, task_id in sorted(order, reverse=descending)]
        page, limit = query.get("page", 1), query.get("page_limit", 10)
        info = {"limit_per_page": limit, "page": page, "total_page": -(-len(ids) // limit), "total_results": len(ids)}
        return ids[(page - 1) * limit : page * limit], info

    # Imports

    def is_importing(self, integration_id: str) -> bool:
        """Return whether an import of an integration is running."""
        return any(
            not self.is_final(self.tasks[task_id])
            for each in self.imports
            if each.integration_id == integration_id
            for _, task_id, _ in each.outcomes
            if task_id in self.tasks
        )

    def choose(self, files: Mapping[str, Sample], index_id: str, *, incremental: bool) -> dict[str, str | None]:
        """Return which files an import brings in, and which it does not and why; those the index holds are left out."""
        held = {
            task.sample.content
            for task in self.tasks.values()
            if task.index_id == index_id and task.sample and not task.sample.fault
            if task.has_vector or not self.is_final(task)
        }
        chosen: dict[str, str | None] = {}
        for name, sample in sorted(files.items()):
            if sample.fault:
                chosen[name] = sample.fault
            elif not incremental or sample.content not in held:
                chosen[name] = None
                held.add(sample.content)
        return chosen

    def import_status(self, files: Iterable[str], integration_id: str, index_id: str) -> dict[str, Any]:
        """Return the files of all imports, by status."""
        outcomes = [
            outcome
            for each in self.imports
            if (each.integration_id, each.index_id) == (integration_id, index_id)
            for outcome in self._list_outcomes(each)
        ]
        groups: dict[str, Any] = {"not_imported": sorted({*files} - {name for name, *_ in outcomes})}
        for status in UPLOADED:
            groups[status] = [(name, task_id) for name, task_id, _ in outcomes if self._has(task_id, status)]
        last = {name: error for name, _, error in outcomes}
        groups["failed"] = sorted((name, error) for name, error in last.items() if error)
        return groups

    def import_logs(self, integration_id: str) -> list[dict[str, Any]]:
        """Return the imports, the oldest first."""
        return [
            {
                "index_id": each.index_id,
                "ended": all(self.is_final(self.tasks[task_id]) for task_id in self._tasks_of(each)),
                "video_status": {
                    status: sum(self._has(task_id, status) for task_id in self._tasks_of(each)) for status in UPLOADED
                }
                | {"failed": sum(error is not None for *_, error in each.outcomes)},
                "failed_files": [(name, error) for name, _, error in each.outcomes if error],
            }
            for each in self.imports
            if each.integration_id == integration_id
        ]

    def _steps(self, task: Task) -> int:
        return min((self.skipped - task.born) // STAGE, len(task.life) - 1)

    def _meets(self, task: Task, query: Mapping[str, Any]) -> bool:
        described = self.describe(task)
        flat = described | {"duration": None, "width": None, "height": None} | described["system_metadata"]
        same = (query[name] == flat[name] for name in ("index_id", "filename", "width", "height") if name in query)
        times = (
            query[name] <= flat[name] and query[name] // DAY == flat[name] // DAY
            for name in ("created_at", "updated_at")
            if name in query
        )
        lasts = "duration" not in query or (
            flat["duration"] is not None and abs(flat["duration"] - query["duration"]) <= 0.5
        )
        return all(itertools.chain(same, times)) and lasts and flat["status"] in query.get("status", [flat["status"]])

    def _list_outcomes(self, each: Import) -> list[tuple[str, str | None, str | None]]:
        return [outcome for outcome in each.outcomes if outcome[1] is None or outcome[1] in self.tasks]

    def _tasks_of(self, each: Import) -> list[str]:
        return [task_id for _, task_id, _ in self._list_outcomes(each) if task_id]

    def _has(self, task_id: str | None, status: str) -> bool:
        return task_id is not None and self.status(self.tasks[task_id]) == status
