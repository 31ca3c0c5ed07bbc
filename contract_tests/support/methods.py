"""All methods of a client that send requests, in one table.

Plain operations come from the contract: the method from `x-sdk-method`, arguments and responses from the examples.
Methods that do more than one request are rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from contract_tests.support.sample_arguments import Arguments, minimal, python_names
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, task
from twelvelabs_tasks.core import AsyncPager, SyncPager
from twelvelabs_tasks.testing._document import Operation, contract

__all__ = ["BY_OPERATION", "COMPOSED", "PLAIN", "RESOURCES", "Method", "find_method", "resource_of"]


@attrs.frozen(eq=False)
class Method:
    """A method, with arguments and the response that it gets.

    Attributes:
        name: The attribute path from a client, such as `tasks.retrieve`.
        operation: The operation it calls, or calls first.
        arguments: Arguments that suffice, by their names in Python.
        status: The status of the response.
        body: The body of the response; `None` if it has none.
        variant: What distinguishes the arguments from those of other rows for the same method.
    """

    name: str
    operation: Operation
    arguments: dict[str, Any]
    status: int = 200
    body: Any = None
    variant: str = ""

    @property
    def resource(self) -> str:
        """The attribute path of the resource it belongs to."""
        return self.name.rpartition(".")[0]

    @property
    def is_deprecated(self) -> bool:
        """Whether it issues a warning."""
        return bool(self.operation.node.get("deprecated"))

    def call(self, client: Any, *, raw: bool = False, **more: Any) -> Any:
        """Call the method of a client, or that of `with_raw_response`; `more` are further arguments, or other ones."""
        resource = resource_of(client, self.resource)
        method = getattr(resource.with_raw_response if raw else resource, self.name.rpartition(".")[2])
        return method(**{**self.arguments, **more})

    def matches(self, result: Any) -> bool:
        """Return whether a result says what the response does."""
        if self.body is None:
            return result is None
        if isinstance(result, (SyncPager, AsyncPager)):
            return bool([item.to_dict() for item in result.items] == self.body["data"])
        return bool(result == type(result).from_dict(self.body))

    def __str__(self) -> str:
        return f"{self.name} ({self.variant})" if self.variant else self.name


def resource_of(client: Any, path: str) -> Any:
    """Return a resource, or one of its methods, by its attribute path."""
    for name in path.split("."):
        client = getattr(client, name)
    return client


def find_method(name: str) -> Method:
    """Return the first row of a method."""
    return next(method for method in (*PLAIN, *COMPOSED) if method.name == name)


def _method_name(operation: Operation) -> str:
    name: str | None = operation.node.get("x-sdk-method")
    if name is None:
        raise LookupError(f"openapi.yaml: the operation {operation} has no x-sdk-method")
    return name


def _plain() -> Iterator[Method]:
    for operation in contract().operations.values():
        status = min(int(each) for each in operation.responses if each.startswith("2"))
        body = contract().example(operation.id, status) if operation.responses[str(status)].get("content") else None
        several: list[Arguments] = minimal(operation.id)
        common = set.intersection(*(set(each["body"] or {}) for each in several))
        for each in several:
            variant = ", ".join(set(each["body"] or {}) - common)
            yield Method(_method_name(operation), operation, python_names(each), status, body, variant)


PLAIN = tuple(_plain())
"""The methods of plain operations; `tasks.create` once with a file, and once with a URL."""

BY_OPERATION = {method.operation.id: method.name for method in PLAIN}
RESOURCES = tuple(dict.fromkeys(method.resource for method in PLAIN))

_RETRIEVE, _CREATE, _LIST = (contract().operations[name] for name in ("retrieve_task", "create_task", "list_tasks"))
_READY = task(status="ready")

COMPOSED = (
    Method("tasks.wait_for_done", _RETRIEVE, {"task_id": TASK_ID}, body=_READY),
    Method("tasks.wait_for_all", _LIST, {"task_ids": [TASK_ID]}, body=page([_READY])),
    Method("tasks.as_completed", _LIST, {"task_ids": [TASK_ID]}, body=page([_READY])),
    Method("tasks.create_bulk", _CREATE, {"index_id": INDEX_ID, "video_files": [VIDEO]}, body=created()),
)
"""The methods that send several requests."""
