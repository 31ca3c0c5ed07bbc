"""Every answer that the contract documents, and arguments to ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests.support.drawn_bodies import body_schema
from twelvelabs_tasks.testing.document import contract

__all__ = ["FAILURES", "SUCCESSES", "SUCCESSES_WITHOUT_BODY", "UNDOCUMENTED", "a_call", "name_of_body"]


def name_of_body(operation: str, status: int) -> str:
    """Return the name of the schema of an answer's body."""
    schema = body_schema(operation, status)
    assert schema is not None
    return str(schema["$ref"]).rpartition("/")[2]


def _documented() -> list[tuple[str, int]]:
    return [(each.id, int(status)) for each in contract().operations.values() for status in each.responses]


SUCCESSES = [(name, status) for name, status in _documented() if status < 300 and body_schema(name, status)]
SUCCESSES_WITHOUT_BODY = [
    (name, status) for name, status in _documented() if status < 300 and not body_schema(name, status)
]
FAILURES = [(name, status) for name, status in _documented() if status >= 400]
UNDOCUMENTED = [202, 206, 299, 300, 302, 304, 307, 402, 405, 418, 451, 499, 500, 504, 520, 561, 599]


def a_call(operation: str) -> dict[str, Any]:
    """Return arguments of an operation: the examples of what is required."""
    found = contract().operations[operation]

    def examples(place: str) -> Mapping[str, Any]:
        return {name: node["example"] for name, node in found.parameters_in(place).items() if node.get("required")}

    body = {
        "create_task": {"index_id": "6298d673f1090f1100476d4c", "video_url": "https://example.com/a.mp4"},
        "import_videos": {"index_id": "6298d673f1090f1100476d4c"},
    }.get(operation)
    return {"path": examples("path"), "query": examples("query"), "body": body}
