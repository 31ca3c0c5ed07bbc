"""Identifiers, files and responses of the platform, the last made from the examples of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twelvelabs_tasks.testing._document import contract

__all__ = [
    "INDEX_ID",
    "INTEGRATION_ID",
    "TASK_ID",
    "VIDEO",
    "created",
    "identifier",
    "logs",
    "make_file",
    "make_files",
    "page",
    "problem",
    "started_import",
    "status",
    "task",
]

TASK_ID = "62a1ec6d9ea24f052b971a0f"
INDEX_ID = "6298d673f1090f1100476d4c"
INTEGRATION_ID = "63a2eb29d1d15aaa6d2a6b2c"

VIDEO = bytes(range(256)) * 8 + b"\r\n--+++\r\nContent-Disposition: form-data; name=index_id\r\n\r\nother\r\n--+++--"
"""Not a real video, but bytes that a careless form would trip over."""


def task(**changes: Any) -> Any:
    """Return a task as `retrieve` gets it."""
    return {**contract().example("retrieve_task", 200), **changes}


def created(**changes: Any) -> Any:
    """Return the response to `create`."""
    return {**contract().example("create_task", 200), **changes}


def page(tasks: list[Any], **page_info: int) -> Any:
    """Return a page of tasks; without anything about pages, one that has no `page_info`."""
    return {"data": tasks, "page_info": page_info} if page_info else {"data": tasks}


def started_import() -> Any:
    """Return the response to the start of an import."""
    return contract().example("import_videos", 201)


def status() -> Any:
    """Return the status of imports."""
    return contract().example("retrieve_import_status", 200)


def logs() -> Any:
    """Return the logs of imports."""
    return contract().example("retrieve_import_logs", 200)


def problem(code: str = "parameter_invalid", message: str = "The `page` parameter is invalid.", **more: Any) -> Any:
    """Return the body of an error."""
    return {"code": code, "message": message, **more}


def identifier(number: int) -> str:
    """Return the id of the task with that number."""
    return f"{number:024x}"


def make_file(path: Path, content: bytes = VIDEO) -> Path:
    """Make a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def make_files(folder: Path, count: int) -> list[Path]:
    """Make files of different names and sizes."""
    return [make_file(folder / f"{number:03}.mp4", VIDEO + bytes(number)) for number in range(count)]
