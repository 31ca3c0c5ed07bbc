"""Calls of any operation through the library."""

from __future__ import annotations

from typing import Any

from contract_tests.support.methods import BY_OPERATION, resource_of
from contract_tests.support.sample_arguments import Arguments, minimal, python_names
from contract_tests.support.twins import Twin

__all__ = ["a_call", "call_library"]


def a_call(operation: str) -> Arguments:
    """Return arguments that suffice and have no file."""
    return minimal(operation)[-1]


def call_library(twin: Twin, operation: str, arguments: Arguments, **options: Any) -> Any:
    """Return the result of a call of an operation through the library."""
    given = python_names(arguments)
    return twin(
        lambda client: resource_of(client, BY_OPERATION[operation])(**given),
        **{"max_retries": 0, **options},
    )
