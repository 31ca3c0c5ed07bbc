"""The calls of each operation: through the library, and through the low-level client."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import anyio
import httpx

from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing.document import contract
from twelvelabs_tasks_api import AuthenticatedClient, types
from twelvelabs_tasks_api.models import TasksCreateRequest, TransfersCreateRequest, UserMetadata

__all__ = ["METHODS", "call_library", "call_low_level", "low_level"]

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
    """Return the module of an operation in the low-level client."""
    (tag,) = contract().operations[operation].node["tags"]
    return importlib.import_module(f"twelvelabs_tasks_api.api.{tag}.{operation}")


def call_low_level(twin: Twin, operation: str, arguments: Mapping[str, Any], *, strict: bool = True) -> Any:
    """Call an operation through the low-level client; its `Response`. A strict one refuses undocumented statuses."""
    given = python_names({**arguments["path"], **arguments["query"]})
    if operation == "create_task":
        body = dict(arguments["body"])
        if "video_file" in body:
            body["video_file"] = types.File(body["video_file"], "upload")
        given["body"] = TasksCreateRequest(**body)
    elif operation == "import_videos":
        body = dict(arguments["body"])
        if "user_metadata" in body:
            body["user_metadata"] = UserMetadata.from_dict(body["user_metadata"])
        given["body"] = TransfersCreateRequest(**body)
    client = AuthenticatedClient(
        base_url=BASE_URL,
        token=API_KEY,
        prefix="",
        auth_header_name="x-api-key",
        raise_on_unexpected_status=strict,
        timeout=httpx.Timeout(5.0),
    )
    module = low_level(operation)
    if not twin.is_async:
        with client:
            return module.sync_detailed(client=client, **given)

    async def main() -> Any:
        async with client:
            return await module.asyncio_detailed(client=client, **given)

    return anyio.run(main, backend=twin.name)
