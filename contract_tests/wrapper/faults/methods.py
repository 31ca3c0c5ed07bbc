"""The methods that faults are run against, and which of them have the same rules."""

from __future__ import annotations

import json
from typing import Any, Literal, TypeAlias

from contract_tests.support.http_server import Response
from contract_tests.support.methods import PLAIN, Method, find_method

__all__ = ["KINDS", "METHODS", "Kind", "call", "kind_of", "response_of"]

Kind: TypeAlias = Literal["reads", "deletions", "waiting", "create, file", "create, URL", "writes"]
"""Methods for which the same rules hold."""

KINDS: tuple[Kind, ...] = ("reads", "deletions", "waiting", "create, file", "create, URL", "writes")
METHODS = (*PLAIN, find_method("tasks.wait_for_done"))

VIDEO = bytes(8 * 2**20)
"""Not a video, but more bytes than the buffers of the system take for a connection whose other end does not read."""
CREATIONS: dict[str, Kind] = {"video_file": "create, file", "video_url": "create, URL"}
OTHERS: dict[str, Kind] = {"GET": "reads", "DELETE": "deletions", "POST": "writes", "PUT": "writes", "PATCH": "writes"}


def kind_of(method: Method) -> Kind:
    """Return which rules hold for a method."""
    if method.name == "tasks.wait_for_done":
        return "waiting"
    return CREATIONS[method.variant] if method.name == "tasks.create" else OTHERS[method.operation.method]


def call(method: Method, client: Any) -> Any:
    """Call a method; a file is large, and a wait is short."""
    more: dict[Kind, dict[str, Any]] = {"waiting": {"timeout": 5.0}, "create, file": {"video_file": VIDEO}}
    return method.call(client, **more.get(kind_of(method), {}))


def response_of(method: Method) -> Response:
    """Return the response if all is well."""
    return Response(method.status, b"" if method.body is None else json.dumps(method.body).encode())
