"""Calls of any operation through the low-level client."""

from __future__ import annotations

import importlib
from typing import Any

import anyio
import httpx

from contract_tests.support.sample_arguments import Arguments, python_names
from contract_tests.support.twins import API_KEY, BASE_URL, Twin
from twelvelabs_tasks.testing._document import contract
from twelvelabs_tasks_api.operations import File, Operation

__all__ = ["call_low_level", "low_level"]


def low_level(operation: str) -> Any:
    """Return the function of an operation in the low-level client."""
    (tag,) = contract().operations[operation].node["tags"]
    return getattr(importlib.import_module(f"twelvelabs_tasks_api.api.{tag}.{operation}"), operation)


def call_low_level(twin: Twin, operation: str, arguments: Arguments) -> tuple[httpx.Response, Any]:
    """Return the response to a call through the low-level client, and what was read from it."""
    given = {name: _value(value) for name, value in python_names(arguments).items()}
    made: Operation[Any] = low_level(operation)(**given)
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


def _value(value: Any) -> Any:
    return File("upload", value, "application/octet-stream") if isinstance(value, bytes) else value
