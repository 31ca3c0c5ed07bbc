"""Calls of any operation through the low-level client."""

from __future__ import annotations

import importlib
from typing import Any

import anyio
import httpx

from contract_tests.support.sample_arguments import Arguments, python_names
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing.document import contract
from twelvelabs_tasks_api import AuthenticatedClient, models, types

__all__ = ["call_low_level", "low_level"]


def low_level(operation: str) -> Any:
    """Return the module of an operation in the low-level client."""
    (tag,) = contract().operations[operation].node["tags"]
    return importlib.import_module(f"twelvelabs_tasks_api.api.{tag}.{operation}")


def call_low_level(twin: Twin, operation: str, arguments: Arguments, *, strict: bool = True) -> Any:
    """Return the `Response` to a call through the low-level client. A strict one refuses undocumented statuses."""
    given = python_names({**arguments, "body": None})
    if arguments["body"] is not None:
        given["body"] = _body(operation, arguments["body"])
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


def _body(operation: str, body: dict[str, Any]) -> Any:
    (content,) = contract().operations[operation].node["requestBody"]["content"].values()
    properties = contract().resolve(content["schema"])["properties"]
    return _model(content["schema"])(**{name: _value(properties[name], value) for name, value in body.items()})


def _value(schema: dict[str, Any], value: Any) -> Any:
    if contract().resolve(schema).get("format") == "binary":
        return types.File(value, "upload")
    return _model(schema).from_dict(value) if isinstance(value, dict) else value


def _model(schema: dict[str, Any]) -> Any:
    return getattr(models, schema["$ref"].rpartition("/")[2])
