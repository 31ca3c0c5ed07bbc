"""What tests of the drift report as a program share: how a run ended, and servers to run it against."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contract_tests.support.http_server import Arrival, Play, raw_response
from twelvelabs_tasks.testing import contract

__all__ = [
    "INTEGRATION_ID",
    "KEY",
    "LISTED",
    "Report",
    "Run",
    "always",
    "documented_body",
    "drifts",
    "make_refusal",
    "respond_to_list",
]

KEY = "tlk_0123456789abcdef"
INTEGRATION_ID = "63a2eb29d1d15aaa6d2a6b2c"
LISTED = json.dumps(contract().example("list_tasks", 200))


class Report:
    """How a run of the program ended."""

    def __init__(self, status: int, out: bytes, err: bytes, file: Path) -> None:
        self.status = status
        self.out = out.decode()
        self.err = err.decode()
        self.json: Any = json.loads(file.read_text()) if file.is_file() else None
        assert "Traceback" not in self.out + self.err


Run = Callable[..., Report]


def always(reply: bytes) -> Play:
    """Give every request the same response."""
    return lambda arrival: [reply]


def make_refusal(status: int, code: str, **headers: str) -> bytes:
    headers = {"content_type": "application/json", "x_api_version": "1.3.0", **headers}
    return raw_response({"code": code, "message": f"It is {code}."}, status, **headers)


def respond_to_list(body: str, **headers: Any) -> Play:
    """Respond to the first list with a body, and to everything else as the contract allows at least once."""

    def play(arrival: Arrival) -> list[bytes]:
        if arrival.target.endswith("/tasks") and ("x-api-key", KEY) in arrival.headers:
            return [raw_response(body.encode(), content_type="application/json", x_api_version="1.3.0", **headers)]
        return [make_refusal(404, "resource_not_exist")]

    return play


def documented_body(path: str) -> Any:
    """Return the documented body of the response to a request that changes nothing."""
    (operation,) = (
        each
        for each in contract().operations.values()
        if each.method == "GET" and re.fullmatch(re.sub(r"{.+?}", "[^/]+", each.path), path)
    )
    return contract().example(operation.id, 200)


def drifts(report: Report) -> set[tuple[str, str]]:
    return {(each["kind"], each["where"]) for each in report.json["drift"] if each["status"] == 200}
