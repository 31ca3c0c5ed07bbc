"""An emulator next to a model: whatever is done to one is done to the other."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contract_tests.emulator.model import STAGE, Import, Model, Sample
from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID
from contract_tests.support.times import EPOCH, moment
from contract_tests.support.web import Web
from twelvelabs_emulator import Emulator

__all__ = ["NAMES", "Comparison", "Lasting"]

OTHER_INDEX = "0" * 23 + "1"
NO_INDEX = "0" * 23 + "2"
NO_TASK = "0" * 23 + "3"
STATUSES = ("ready", "uploading", "validating", "pending", "queued", "indexing", "failed")
UNFIT = ("short.mp4", "broken.mp4")
NAMES = ("a.mp4", "b.mkv", "c.mp4", *UNFIT)


class Lasting:
    """An emulator that can be restarted on its folder and port.

    Args:
        data: The data folder.
        videos: The folder that videos are imported from.
    """

    def __init__(self, data: Path, videos: Path) -> None:
        self._data, self._videos = data, videos
        self._start(0)

    def _start(self, port: int) -> None:
        settings: dict[str, Any] = {"stage_seconds": STAGE, "index_id": INDEX_ID}
        self.emulator = Emulator(self._data, port=port, integrations={INTEGRATION_ID: self._videos}, **settings)
        self.emulator.start()

    def restart(self) -> None:
        """End the emulator, and start another one."""
        self.emulator.stop()
        self._start(int(self.emulator.url.rpartition(":")[2]))


class Comparison(RuleBasedStateMachine):
    """Does the same to the emulator and to the model."""

    def __init__(
        self,
        lasting: Lasting,
        http: httpx.Client,
        web: Web,
        folder: Path,
        samples: dict[str, Sample],
        seen: Counter[str],
    ) -> None:
        super().__init__()
        lasting.emulator.reset()
        lasting.emulator.create_index("other", OTHER_INDEX)
        shutil.rmtree(folder)
        folder.mkdir()
        self.lasting, self.http, self.web, self.folder, self.samples = lasting, http, web, folder, samples
        self.seen = seen
        self.restarted = False
        self.files: dict[str, Sample] = {}
        self.model = Model([INDEX_ID, OTHER_INDEX])

    indexes = st.sampled_from([INDEX_ID] * 5 + [OTHER_INDEX, NO_INDEX])
    numbers = st.integers(0, 99)

    @initialize(names=st.lists(st.sampled_from(NAMES), max_size=3), number=st.integers(0, 2))
    def begin(self, names: list[str], number: int) -> None:
        """Begin with some tasks, and some files to import."""
        for name in NAMES[:number]:
            self.upload(INDEX_ID, name, False)
        for name in names:
            self.put_file(name, "")

    @rule(index_id=indexes, name=st.sampled_from(NAMES), stream=st.booleans())
    def upload(self, index_id: str, name: str, stream: bool) -> None:
        """Create a task from a file."""
        sample = self.samples[name]
        response = self.http.post(
            "/tasks",
            data={"index_id": index_id, "enable_video_stream": str(stream).lower()},
            files={"video_file": (name, sample.content)},
        )
        self.seen[f"upload {response.status_code}"] += 1
        if index_id not in self.model.indexes:
            assert response.status_code == 404
        elif sample.fault:
            assert (response.status_code, response.json()["message"]) == (400, sample.fault)
        else:
            self._check_created(response, index_id, name, sample, by_url=False)

    @rule(index_id=indexes, name=st.sampled_from([*NAMES, "missing.mp4"]))
    def create_from_url(self, index_id: str, name: str) -> None:
        """Create a task from a URL, and have it fetched."""
        form = {"index_id": (None, index_id), "video_url": (None, f"{self.web.url}/{name}")}
        response = self.http.post("/tasks", files=form)
        self.seen[f"by URL {response.status_code}"] += 1
        if index_id not in self.model.indexes:
            assert response.status_code == 404
        else:
            self._check_created(response, index_id, name, self.samples.get(name), by_url=True)

    @rule(number=numbers, right=st.sampled_from([True, True, False]))
    def delete_video(self, number: int, right: bool) -> None:
        """Delete a video vector, from its index or from the other one."""
        task_id = self._some_task(number)
        task = self.model.tasks.get(task_id)
        index_id = task.index_id if task and right else OTHER_INDEX
        response = self.http.delete(f"/indexes/{index_id}/videos/{task_id}")
        self.seen[f"delete video {response.status_code}"] += 1
        assert response.status_code == self.model.delete_video(index_id, task_id)

    @rule(number=numbers)
    def delete_task(self, number: int) -> None:
        """Delete a task."""
        task_id = self._some_task(number)
        response = self.http.delete(f"/tasks/{task_id}")
        self.seen[f"delete task {response.status_code}"] += 1
        assert response.status_code == self.model.delete_task(task_id)

    @rule(stages=st.sampled_from([1, 4, 5, 0, 2, 3]))
    def pass_time(self, stages: int) -> None:
        """Move the clock."""
        self.lasting.emulator.advance(stages * STAGE)
        self.model.skip(stages)

    @rule()
    @precondition(lambda self: not self.restarted)
    def restart(self) -> None:
        """Start another emulator on what this one leaves."""
        self.lasting.restart()
        self.restarted = True
        self.seen["restart"] += 1

    @rule(name=st.sampled_from(NAMES), copy=st.sampled_from(["", "again-"]))
    def put_file(self, name: str, copy: str) -> None:
        """Put a file where videos are imported from, or once more under another name."""
        self.files[copy + name] = self.samples[name]
        path = self.folder / (copy + name)
        if not path.exists():
            path.write_bytes(self.samples[name].content)

    @rule(index_id=indexes, incremental=st.booleans(), retry_failed=st.booleans())
    def import_videos(self, index_id: str, incremental: bool, retry_failed: bool) -> None:
        """Import what there is."""
        body = {"index_id": index_id, "incremental_import": incremental, "retry_failed": retry_failed}
        response = self.http.post(f"/tasks/transfers/import/{INTEGRATION_ID}", json=body)
        self.seen[f"import {response.status_code}"] += 1
        if index_id not in self.model.indexes:
            assert response.status_code == 404
        elif self.model.is_importing(INTEGRATION_ID):
            assert (response.status_code, response.json()["code"]) == (400, "import_in_progress")
        else:
            assert response.status_code == 201
            self._check_imported(response.json(), index_id, incremental)

    @rule(
        query=st.fixed_dictionaries(
            {},
            optional={
                "page": st.integers(1, 4),
                "page_limit": st.sampled_from([1, 2, 5, 50]),
                "sort_by": st.sampled_from(["created_at", "updated_at"]),
                "sort_option": st.sampled_from(["asc", "desc"]),
                "index_id": indexes,
                "status": st.lists(st.sampled_from(STATUSES), min_size=1, max_size=4),
                "filename": st.sampled_from(NAMES),
                "duration": st.sampled_from([11, 11.5, 12.2, 13.6]),
                "width": st.sampled_from([360, 361]),
            },
        ),
        times=st.dictionaries(
            st.sampled_from(["created_at", "updated_at"]), st.tuples(numbers, st.sampled_from([-1, 0, 1])), max_size=1
        ),
    )
    def list_tasks(self, query: dict[str, Any], times: dict[str, tuple[int, int]]) -> None:
        """List tasks."""
        since = {name: self._some_time(number, name) + shift for name, (number, shift) in times.items()}
        response = self.http.get("/tasks", params=query | {name: write_time(time) for name, time in since.items()})
        expected, info = self.model.page(query | since)
        self.seen["page of tasks" if expected else "page of none"] += 1
        assert response.json()["page_info"] == info
        assert [task["_id"] for task in response.json()["data"]] == expected

    @invariant()
    def every_task_stands_where_it_should(self) -> None:
        """Compare all tasks."""
        listed = self.http.get("/tasks", params={"page_limit": 50, "sort_option": "asc"}).json()
        expected = [self.model.describe(task) for task in self.model.tasks.values()]
        self.seen.update({task["status"] for task in listed["data"]})
        assert [in_milliseconds(task) for task in listed["data"]] == expected[:50]

    @invariant()
    def every_import_stands_where_it_should(self) -> None:
        """Compare the status of all files, and all logs."""
        path = f"/tasks/transfers/import/{INTEGRATION_ID}"
        for index_id in self.model.indexes:
            status = self.http.get(f"{path}/status", params={"index_id": index_id}).json()
            expected = self.model.import_status(self.files, INTEGRATION_ID, index_id)
            assert group(status) == expected
        logs = self.http.get(f"{path}/logs").json()["data"] or []
        assert [describe_log(log) for log in logs] == self.model.import_logs(INTEGRATION_ID)

    def _check_created(
        self, response: httpx.Response, index_id: str, name: str, sample: Sample | None, *, by_url: bool
    ) -> None:
        assert response.status_code == 200, response.text
        self.lasting.emulator.advance(0)  # What it has begun is waited for.
        said = in_milliseconds(self.http.get(f"/tasks/{response.json()['_id']}").json())
        task = self.model.add(said["_id"], index_id, name, sample, by_url=by_url, at=said["created_at"])
        if by_url and sample is None:
            task.settled_at = said["updated_at"]

    def _check_imported(self, said: dict[str, Any], index_id: str, incremental: bool) -> None:
        chosen = self.model.choose(self.files, index_id, incremental=incremental)
        videos = {video["filename"]: video["video_id"] for video in said["videos"] or ()}
        failed = {file["filename"]: file["error_message"] for file in said["failed_files"] or ()}
        self.seen["import of videos" if videos else "import of none"] += 1
        assert list(videos) == [name for name, error in chosen.items() if error is None]
        assert failed == {name: error for name, error in chosen.items() if error}
        outcomes = [(name, videos.get(name), chosen.get(name)) for name in sorted(self.files)]
        self.model.imports.append(Import(INTEGRATION_ID, index_id, outcomes))
        self.lasting.emulator.advance(0)
        for name, task_id in videos.items():
            said_task = in_milliseconds(self.http.get(f"/tasks/{task_id}").json())
            self.model.add(task_id, index_id, name, self.files[name], by_url=False, at=said_task["created_at"])

    def _some_task(self, number: int) -> str:
        known = [*self.model.tasks, *self.model.tasks, *self.model.deleted[-1:], NO_TASK]
        return known[number % len(known)]

    def _some_time(self, number: int, name: str) -> int:
        tasks = [*self.model.tasks.values()]
        return int(self.model.describe(tasks[number % len(tasks)])[name]) if tasks else 0


def in_milliseconds(task: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of a task, with times in milliseconds since 1970; what a list leaves out is left out."""
    times = {name: milliseconds(task[name]) for name in ("created_at", "updated_at")}
    return {name: value for name, value in task.items() if name != "hls"} | times


def milliseconds(text: str) -> int:
    """Return a time in milliseconds since 1970."""
    return round((moment(text) - EPOCH).total_seconds() * 1000)


def write_time(time: int) -> str:
    """Return a time in the RFC 3339 format."""
    return (EPOCH + timedelta(milliseconds=time)).isoformat(timespec="milliseconds")


def group(status: dict[str, Any]) -> dict[str, Any]:
    """Return the status of imports in the form of the model."""
    groups = {
        name: [(each["filename"], each["video_id"]) for each in files or ()]
        for name, files in status.items()
        if name not in ("failed", "not_imported")
    }
    failed = sorted((each["filename"], each["error_message"]) for each in status["failed"] or ())
    return {"not_imported": status["not_imported"] or [], **groups, "failed": failed}


def describe_log(log: dict[str, Any]) -> dict[str, Any]:
    """Return the log of an import in the form of the model."""
    return {
        "index_id": log["index_id"],
        "ended": log["ended_at"] is not None,
        "video_status": log["video_status"],
        "failed_files": [(each["filename"], each["error_message"]) for each in log["failed_files"] or ()],
    }
