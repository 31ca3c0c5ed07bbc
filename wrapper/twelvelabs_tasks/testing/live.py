"""Asks a running platform, and reports where it and the contract have drifted apart.

    TWELVELABS_BASE_URL=... TWELVE_LABS_API_KEY=... python -m twelvelabs_tasks.testing

Only asks, unless `--create VIDEO` says otherwise: lists, retrievals, and requests that must be refused.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ..core.settings import PLATFORM
from .document import contract
from .drift import Drift, drift_of

__all__ = ["Answer", "ask", "create", "main"]

NOBODY = "0" * 24  # an identifier of the right form that nothing has


@dataclass(frozen=True)
class Answer:
    """What the platform answered to one check.

    Attributes:
        operation: The `operationId` of the operation that was asked.
        check: What was asked, in words.
        response: The answer.
        expected: The status codes that the contract leads to expect.
    """

    operation: str
    check: str
    response: httpx.Response
    expected: frozenset[int]

    def drift(self) -> list[Drift]:
        """Return every difference between the answer and the contract."""
        status = self.response.status_code
        found = drift_of(self.operation, self.response)
        if status not in self.expected:
            wanted = " or ".join(map(str, sorted(self.expected)))
            found.append(Drift(self.operation, status, "invalid", "status", f"{self.check}: {wanted} expected"))
        return found


def ask(http: httpx.Client, *, index_id: str | None = None, integration_id: str | None = None) -> Iterator[Answer]:
    """Ask a platform everything that changes nothing, and yield its answers.

    Args:
        http: A client with the platform's base URL and an API key.
        index_id: An index to ask about. Default: that of the newest task.
        integration_id: An integration to ask about. Default: only that an unknown one is refused.
    """
    listed = http.get("/tasks")
    yield Answer("list_tasks", "the newest tasks", listed, OK)
    page = _json(listed)
    tasks = _identified(page.get("data") if isinstance(page, dict) else None)
    for check, query in LISTS.items():
        yield Answer("list_tasks", check, http.get("/tasks", params=query), OK)
    for task in tasks:
        yield Answer("retrieve_task", "a task of the list", http.get(f"/tasks/{task['_id']}"), OK)
    yield Answer("retrieve_task", "a task that nobody has", http.get(f"/tasks/{NOBODY}"), frozenset({404}))
    for check, query in REFUSED_LISTS.items():
        yield Answer("list_tasks", check, http.get("/tasks", params=query), frozenset({400}))
    stranger = http.get("/tasks", headers={"x-api-key": "not-a-key"})
    yield Answer("list_tasks", "an API key that nobody has", stranger, frozenset({401}))
    index_id = index_id or next((task["index_id"] for task in tasks if task.get("index_id")), None)
    yield from _imports(http, index_id, integration_id)


OK = frozenset({200})
LISTS: dict[str, dict[str, Any]] = {
    "a page of one": {"page": 2, "page_limit": 1},
    "sorted by update": {"sort_by": "updated_at", "sort_option": "asc", "page_limit": 50},
    "of several statuses": {"status": ["ready", "failed", "indexing"]},
    "of a day": {"created_at": "2024-03-01T00:00:00Z", "updated_at": "2024-03-01T00:00:00Z"},
    "of a video": {"filename": "video.mp4", "duration": 20.5, "width": 640, "height": 360},
    "beyond the last page": {"page": 100_000},
}
REFUSED_LISTS: dict[str, dict[str, Any]] = {
    "a page that is too long": {"page_limit": 51},
    "a page before the first": {"page": 0},
    "a parameter that is unknown": {"pagelimit": 10},
}


def create(http: httpx.Client, index_id: str, video: Path) -> Iterator[Answer]:
    """Upload a video, which costs credit, and yield the answers to this and to the retrieval of its task."""
    with video.open("rb") as file:
        files = {"video_file": (video.name, file)}
        response = http.post("/tasks", data={"index_id": index_id}, files=files, timeout=600)
    yield Answer("create_task", f"an upload of {video.name}", response, frozenset({200, 201}))
    for task in _identified([_json(response)]):
        yield Answer("retrieve_task", "the task that was created", http.get(f"/tasks/{task['_id']}"), OK)


def _imports(http: httpx.Client, index_id: str | None, integration_id: str | None) -> Iterator[Answer]:
    unknown = "an integration that nobody has"
    path = f"/tasks/transfers/import/{NOBODY}"
    yield Answer("retrieve_import_logs", unknown, http.get(f"{path}/logs"), frozenset({404}))
    yield Answer("retrieve_import_status", "no index", http.get(f"{path}/status"), frozenset({400}))
    if integration_id is not None:
        path = f"/tasks/transfers/import/{integration_id}"
        yield Answer("retrieve_import_logs", "an integration", http.get(f"{path}/logs"), OK)
        if index_id is not None:
            query = {"index_id": index_id}
            yield Answer("retrieve_import_status", "an integration", http.get(f"{path}/status", params=query), OK)


def _identified(objects: Any) -> list[dict[str, Any]]:
    """Return those of some objects that have an identifier; none if they are not what the contract says."""
    objects = objects if isinstance(objects, list) else []
    return [each for each in objects if isinstance(each, dict) and isinstance(each.get("_id"), str)]


def _json(response: httpx.Response) -> Any:
    """Return the body of an answer, `None` if it is no JSON."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def table(answers: Sequence[Answer], drifts: Sequence[Drift]) -> str:
    """Return the report as a table for people."""
    rows = [("operation", "status", "kind", "where", "what")]
    rows += [(drift.operation, str(drift.status), drift.kind, drift.where, drift.detail) for drift in drifts]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*map(str.ljust, row[:4], widths), row[4]]).rstrip() for row in rows]
    asked = f"{len(answers)} answers of {len({answer.operation for answer in answers})} operations compared"
    return "\n".join([asked, *lines]) if drifts else f"{asked}: no drift"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks and print the report; return 0 if there is no drift, 1 if there is, 2 if nothing answered."""
    parser = argparse.ArgumentParser(
        prog="python -m twelvelabs_tasks.testing",
        description="Ask a running platform, and report where it and the contract have drifted apart.",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report to a file as JSON as well")
    parser.add_argument("--index", metavar="ID", help="an index to ask about, and to create the task in")
    parser.add_argument("--integration", metavar="ID", help="an integration to ask about")
    parser.add_argument("--create", type=Path, metavar="VIDEO", help="upload a video, which costs credit")
    options = parser.parse_args(arguments)
    api_key = os.environ.get("TWELVE_LABS_API_KEY")
    if not api_key:
        parser.error("set the environment variable TWELVE_LABS_API_KEY")
    if options.create and not options.index:
        parser.error("--create needs --index")
    base_url = os.environ.get("TWELVELABS_BASE_URL") or PLATFORM
    try:
        with httpx.Client(base_url=base_url, headers={"x-api-key": api_key}, timeout=60) as http:
            answers = list(ask(http, index_id=options.index, integration_id=options.integration))
            if options.create:
                answers += create(http, options.index, options.create)
    except (httpx.HTTPError, OSError) as error:
        print(f"{base_url}: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    drifts = sorted({drift for answer in answers for drift in answer.drift()})
    print(f"{base_url}, contract {contract().root['info']['version']}")
    print(table(answers, drifts))
    if options.json:
        report = {"base_url": base_url, "answers": len(answers), "drift": [drift.to_dict() for drift in drifts]}
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 1 if drifts else 0
