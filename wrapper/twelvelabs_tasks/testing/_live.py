"""The requests to a running platform whose responses are compared with the contract.

Nothing is changed, unless `create` is called: lists, retrievals, and requests that must be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import path_segment

from ._document import contract
from ._drift import Drift, drift_of
from ._schemas import parse_json

__all__ = ["LiveResponse", "ask", "create"]

LONGEST_IDENTIFIER = 200  # characters
LONGEST_WORDS = 300  # characters
NOBODY = "0" * 24  # an identifier of the right form that nothing has


@frozen
class LiveResponse:
    """The response of the API to one check.

    Attributes:
        operation: The `operationId` of the operation that was asked.
        check: What was asked, in words.
        response: The response.
        expected: The status codes to expect according to the contract.
        given: The option that named what was requested, such as `--integration`; empty if none did.
    """

    operation: str
    check: str
    response: httpx.Response
    expected: frozenset[int]
    given: str = ""

    def obstacle(self) -> str:
        """Return why the response says nothing about the contract, or too little; empty if there is no reason."""
        why = self._outage() or (f"{self.given} is refused" if self._is_refused() else "")
        return f"{self.check}: {why}{self._words()}" if why else ""

    def _outage(self) -> str:
        """Return why the response has nothing to do with what was asked; empty if there is no reason."""
        status = self.response.status_code
        if status in self.expected:
            return ""
        if status in (401, 403) and 401 not in self.expected:
            return "the API key is not accepted"
        if status == 429:
            return "the rate limit is reached"
        return "the platform is failing" if status >= 500 else ""

    def _is_refused(self) -> bool:
        """Whether what an option named is refused in a way that the contract describes."""
        status = self.response.status_code
        described = contract().operations[self.operation].responses
        return bool(self.given) and status not in self.expected and status >= 400 and str(status) in described

    def is_of_the_platform(self) -> bool:
        """Whether the response looks as if it came from the API, and not from another server."""
        body = _json(self.response)
        return "x-api-version" in self.response.headers or (
            isinstance(body, dict) and ("data" in body or "_id" in body or {"code", "message"} <= body.keys())
        )

    def _words(self) -> str:
        """Return what the platform says of a refusal, cut where it becomes too long for a line."""
        body = _json(self.response)
        words = [body.get(name) for name in ("code", "message")] if isinstance(body, dict) else []
        texts = [word[:LONGEST_WORDS] for word in words if isinstance(word, str)]
        return ", ".join([f" ({self.response.status_code}", *texts]) + ")"

    def drift(self) -> list[Drift]:
        """Return every difference between the response and the contract."""
        status = self.response.status_code
        if self._outage():
            return []
        found = drift_of(self.operation, self.response)
        if status not in self.expected and not self._is_refused():
            wanted = " or ".join(map(str, sorted(self.expected)))
            found.append(Drift(self.operation, status, "invalid", "status", f"{self.check}: {wanted} expected"))
        return found


def ask(
    http: httpx.Client, *, index_id: str | None = None, integration_id: str | None = None
) -> Iterator[LiveResponse]:
    """Send every request that changes nothing, and yield the responses.

    Args:
        http: A client with the API's base URL and an API key.
        index_id: An index to ask about. Default: that of the newest task.
        integration_id: An integration to ask about. Default: only that an unknown one is refused.
    """
    listed = http.get("/tasks")
    yield LiveResponse("list_tasks", "the newest tasks", listed, OK)
    page = _json(listed)
    tasks = _with_identifiers(page.get("data") if isinstance(page, dict) else None)
    for check, query in LISTS.items():
        yield LiveResponse("list_tasks", check, http.get("/tasks", params=query), OK)
    for task in tasks:
        yield LiveResponse(
            "retrieve_task", "a task of the list", http.get(f"/tasks/{path_segment('_id', task['_id'])}"), OK
        )
    yield LiveResponse("retrieve_task", "a task that nobody has", http.get(f"/tasks/{NOBODY}"), frozenset({404}))
    for check, query in REFUSED_LISTS.items():
        yield LiveResponse("list_tasks", check, http.get("/tasks", params=query), frozenset({400}))
    stranger = http.get("/tasks", headers={"x-api-key": "not-a-key"})
    yield LiveResponse("list_tasks", "an API key that nobody has", stranger, frozenset({401}))
    index_id = index_id or next((task["index_id"] for task in tasks if _is_identifier(task.get("index_id"))), None)
    yield from _ask_about_imports(http, index_id, integration_id)


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


def create(http: httpx.Client, index_id: str, video: Path) -> Iterator[LiveResponse]:
    """Upload a video, which costs credit, and yield the responses to this and to the retrieval of its task."""
    with video.open("rb") as file:
        files = {"video_file": (video.name, file)}
        response = http.post("/tasks", data={"index_id": index_id}, files=files, timeout=600)
    yield LiveResponse("create_task", f"an upload of {video.name}", response, frozenset({200, 201}), "--create")
    for task in _with_identifiers([_json(response)]):
        yield LiveResponse(
            "retrieve_task", "the task that was created", http.get(f"/tasks/{path_segment('_id', task['_id'])}"), OK
        )


def _ask_about_imports(http: httpx.Client, index_id: str | None, integration_id: str | None) -> Iterator[LiveResponse]:
    unknown = "an integration that nobody has"
    path = f"/tasks/transfers/import/{NOBODY}"
    yield LiveResponse("retrieve_import_logs", unknown, http.get(f"{path}/logs"), frozenset({404}))
    yield LiveResponse("retrieve_import_status", "no index", http.get(f"{path}/status"), frozenset({400}))
    if integration_id is not None:
        path = f"/tasks/transfers/import/{path_segment('integration_id', integration_id)}"
        yield LiveResponse("retrieve_import_logs", "an integration", http.get(f"{path}/logs"), OK, "--integration")
        if index_id is not None:
            query = {"index_id": index_id}
            response = http.get(f"{path}/status", params=query)
            yield LiveResponse("retrieve_import_status", "an integration and an index", response, OK, "--integration")


def _with_identifiers(objects: Any) -> list[dict[str, Any]]:
    """Return those of some objects that can be retrieved; none if they are not what the contract says."""
    objects = objects if isinstance(objects, list) else []
    return [each for each in objects if isinstance(each, dict) and _is_identifier(each.get("_id"))]


def _is_identifier(value: object) -> bool:
    """Whether something can be retrieved by this identifier, be it of the contract's form or not."""
    return (
        isinstance(value, str)
        and value.isascii()
        and value.isprintable()
        and value.strip(". ") != ""
        and (len(value) <= LONGEST_IDENTIFIER)
    )


def _json(response: httpx.Response) -> Any:
    """Return the body of a response, `None` if it is not JSON."""
    try:
        return parse_json(response.content)
    except (ValueError, RecursionError):
        return None
