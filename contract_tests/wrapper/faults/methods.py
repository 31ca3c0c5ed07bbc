"""Every method that sends a request, and what a platform that is well answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from contract_tests.support.fault_server import Answer
from contract_tests.support.samples import (
    INDEX_ID,
    INTEGRATION_ID,
    TASK_ID,
    created,
    logs,
    page,
    started_import,
    status,
    task,
)

__all__ = ["KINDS", "METHODS", "VIDEO", "Kind", "Method"]

Kind: TypeAlias = Literal["reads", "deletions", "waiting", "create, file", "create, URL", "import"]
"""Methods for which the same rules hold."""

KINDS: tuple[Kind, ...] = ("reads", "deletions", "waiting", "create, file", "create, URL", "import")

VIDEO = bytes(8 * 2**20)
"""No video, but more bytes than the buffers of the system take for a connection whose other end does not read."""

VIDEO_ID = "6298d673f1090f1100476d4d"


@dataclass(frozen=True, eq=False)
class Method:
    """A method.

    Attributes:
        name: Its name, as it is called.
        kind: The rules that hold for it.
        use: Calls it.
        status: The status of the answer if all is well.
        body: The body of that answer, `None` if there is none.
    """

    name: str
    kind: Kind
    use: Callable[[Any], Any]
    status: int = 200
    body: Any = None

    @property
    def answer(self) -> Answer:
        """The answer if all is well."""
        return Answer(self.status, b"" if self.body is None else json.dumps(self.body).encode())

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"

    def returned(self, result: Any) -> bool:
        """Whether a result is what the platform answered."""
        if self.body is None:
            return result is None
        if self.name == "tasks.list":
            return bool([item.to_dict() for item in result.items] == self.body["data"])
        return bool(result == type(result).from_dict(self.body))


METHODS = (
    Method("tasks.retrieve", "reads", lambda client: client.tasks.retrieve(TASK_ID), body=task()),
    Method("tasks.list", "reads", lambda client: client.tasks.list(), body=page([task()])),
    Method(
        "tasks.transfers.get_status",
        "reads",
        lambda client: client.tasks.transfers.get_status(INTEGRATION_ID, index_id=INDEX_ID),
        body=status(),
    ),
    Method(
        "tasks.transfers.get_logs",
        "reads",
        lambda client: client.tasks.transfers.get_logs(INTEGRATION_ID),
        body=logs(),
    ),
    Method("tasks.delete", "deletions", lambda client: client.tasks.delete(TASK_ID), 204),
    Method("indexes.videos.delete", "deletions", lambda client: client.indexes.videos.delete(INDEX_ID, VIDEO_ID), 204),
    Method(
        "tasks.wait_for_done",
        "waiting",
        lambda client: client.tasks.wait_for_done(TASK_ID, timeout=5.0),
        body=task(status="ready"),
    ),
    Method(
        "tasks.create",
        "create, file",
        lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO),
        body=created(),
    ),
    Method(
        "tasks.create",
        "create, URL",
        lambda client: client.tasks.create(index_id=INDEX_ID, video_url="https://example.com/a.mp4"),
        body=created(),
    ),
    Method(
        "tasks.transfers.create",
        "import",
        lambda client: client.tasks.transfers.create(INTEGRATION_ID, index_id=INDEX_ID),
        201,
        started_import(),
    ),
)
