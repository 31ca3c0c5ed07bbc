"""Responses of a platform that has as many tasks as are needed, the newest first."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["INDEX_ID", "page", "task", "task_id"]

INDEX_ID = "6298d673f1090f1100476d4c"


def task_id(number: int) -> str:
    """Return the id of a task, which are numbered from the newest on."""
    return f"{number:024x}"


def task(number: int, status: str = "ready") -> dict[str, Any]:
    """Return a task as the platform lists it."""
    return {
        "_id": task_id(number),
        "video_id": task_id(number),
        "created_at": "2024-03-01T12:30:45.879Z",
        "updated_at": "2024-03-01T12:32:10.123Z",
        "status": status,
        "index_id": INDEX_ID,
        "system_metadata": {"duration": 20.5, "filename": f"holiday-{number}.mp4", "height": 360, "width": 640},
    }


def page(number: int, limit: int, total: int, status: str = "ready") -> bytes:
    """Return a page of the list, counted from 1, as JSON."""
    numbers = range(limit * (number - 1), min(limit * number, total))
    info = {"limit_per_page": limit, "page": number, "total_page": -(-total // limit), "total_results": total}
    return json.dumps({"data": [task(each, status) for each in numbers], "page_info": info}).encode()
