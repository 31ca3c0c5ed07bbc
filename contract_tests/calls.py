"""The calls of each operation: through the library, and through the low-level client."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import anyio
import httpx

from contract_tests.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing.document import contract
from twelvelabs_tasks_api.operations import File, Operation

__all__ = ["METHODS", "call_library", "call_low_level", "low_level", "request_of"]

METHODS: Mapping[str, str] = {
    "create_task": "tasks.create",
    "list_tasks": "tasks.list",
    "retrieve_task": "tasks.retrieve",
    "delete_task": "tasks.delete",
    "import_videos": "tasks.transfers.create",
    "retrieve_import_status": "tasks.transfers.get_status",
    "retrieve_import_logs": "tasks.transfers.get_logs",
    "delete_video": "indexes.videos.delete",
}


def python_names(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments by the names they have in Python."""
    return {name.replace("-", "_"): value for name, value in arguments.items()}


def call_library(twin: Twin, operation: str, arguments: Mapping[str, Any], **options: Any) -> Any:
    """Call an operation through the library; the result."""

    def use(client: Any) -> Any:
        method = client
        for name in METHODS[operation].split("."):
            method = getattr(method, name)
        return method(**python_names({**arguments["path"], **arguments["query"], **(arguments["body"] or {})}))

    return twin(use, **{"max_retries": 0, **options})


def low_level(operation: str) -> Any:
    """Return the function of an operation in the low-level client."""
    (tag,) = contract().operations[operation].node["tags"]
    module = importlib.import_module(f"twelvelabs_tasks_api.api.{tag}.{operation}")
    return getattr(module, operation)


def request_of(operation: str, arguments: Mapping[str, Any]) -> Operation[Any]:
    """Return what the low-level client makes of the arguments of an operation."""
    given = python_names({**arguments["path"], **arguments["query"], **(arguments["body"] or {})})
    if "video_file" in given:
        given["video_file"] = File("upload", given["video_file"], "application/octet-stream")
    made: Operation[Any] = low_level(operation)(**given)
    return made


def call_low_level(twin: Twin, operation: str, arguments: Mapping[str, Any]) -> tuple[httpx.Response, Any]:
    """Call an operation through the low-level client; its response, and what was read from it."""
    made = request_of(operation, arguments)
    settings: dict[str, Any] = {"base_url": BASE_URL, "headers": {"x-api-key": API_KEY}, "timeout": 5.0}
    if not twin.is_async:
        with httpx.Client(**settings) as client:
            response = client.request(**made.request)
        return response, made.read(response)

    async def main() -> httpx.Response:
        async with httpx.AsyncClient(**settings) as client:
            return await client.request(**made.request)

    response = anyio.run(main, backend=twin.name)
    return response, made.read(response)
