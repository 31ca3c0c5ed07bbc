"""The code that type checkers must understand calls every method, of both clients and of `with_raw_response`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from contract_tests.support.methods import COMPOSED, PLAIN

CODE = ast.parse((Path(__file__).with_name("methods.py")).read_text())
EVERY = {method.name for method in (*PLAIN, *COMPOSED)}


def calls(function: str) -> set[str]:
    """Return what a function of the code calls, by the last two names: `transfers.create`."""
    (node,) = (each for each in CODE.body if getattr(each, "name", "") == function)
    called = [ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {last_names(name) for name in called}


def last_names(name: str) -> str:
    return ".".join(name.replace(".with_raw_response", "").split(".")[-2:])


@pytest.mark.parametrize(
    ("function", "methods"),
    [
        ("sync_methods", EVERY),
        ("async_methods", EVERY),
        ("sync_raw_responses", {method.name for method in PLAIN}),
        ("async_raw_responses", {method.name for method in PLAIN}),
    ],
)
def test_every_method_is_there(function: str, methods: set[str]) -> None:
    assert {last_names(name) for name in methods} <= calls(function)
