"""Every response that the contract documents, and statuses that it does not."""

from __future__ import annotations

from contract_tests.support.drawn_bodies import body_schema
from twelvelabs_tasks.testing._document import contract

__all__ = ["FAILURES", "SUCCESSES", "SUCCESSES_WITHOUT_BODY", "UNDOCUMENTED", "name_of_body"]


def name_of_body(operation: str, status: int) -> str:
    """Return the name of the schema of the body of a response."""
    schema = body_schema(operation, status)
    assert schema is not None
    return str(schema["$ref"]).rpartition("/")[2]


def _list_documented() -> list[tuple[str, int]]:
    return [(each.id, int(status)) for each in contract().operations.values() for status in each.responses]


SUCCESSES = [(name, status) for name, status in _list_documented() if status < 300 and body_schema(name, status)]
SUCCESSES_WITHOUT_BODY = [
    (name, status) for name, status in _list_documented() if status < 300 and not body_schema(name, status)
]
FAILURES = [(name, status) for name, status in _list_documented() if status >= 400]
UNDOCUMENTED = [202, 206, 299, 300, 302, 304, 307, 402, 405, 418, 451, 499, 500, 504, 520, 561, 599]
