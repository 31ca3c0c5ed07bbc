"""The types of every method are exact, of both clients and of `with_raw_response`.

Type checkers read code that calls every documented method, and every method that is written by hand. A plain method
that the contract has besides is annotated with what its response becomes; the type checkers hold it to that.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from contract_tests.contract.inventory import inventory
from contract_tests.support.documented_responses import name_of_body
from contract_tests.support.methods import COMPOSED, PLAIN, Method, resource_of
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs
from twelvelabs_tasks.testing._document import contract

CODE = ast.parse((Path(__file__).with_name("methods.py")).read_text())
DOCUMENTED = {method.name for method in PLAIN} & inventory()["methods"].keys()
EVERY = DOCUMENTED | {method.name for method in COMPOSED}


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
        ("sync_raw_responses", DOCUMENTED),
        ("async_raw_responses", DOCUMENTED),
    ],
)
def test_every_documented_method_is_there(function: str, methods: set[str]) -> None:
    assert {last_names(name) for name in methods} <= calls(function)


def result_of(method: Method, pager: str) -> str:
    """Return the annotation of the result of a plain method."""
    if method.body is None:
        return "None"
    name = name_of_body(method.operation.id, method.status)
    properties = contract().properties(contract().schemas[name])
    if properties.keys() >= {"data", "page_info"}:
        return f"{pager}[{properties['data']['items']['$ref'].rpartition('/')[2]}]"
    return name


@pytest.mark.parametrize(("kind", "pager"), [(TwelveLabs, "SyncPager"), (AsyncTwelveLabs, "AsyncPager")])
@pytest.mark.parametrize("method", [each for each in PLAIN if each.name != "tasks.create"], ids=str)
def test_a_plain_method_is_annotated_with_what_its_response_becomes(method: Method, kind: type, pager: str) -> None:
    resource, name = resource_of(kind(api_key="key"), method.resource), method.name.rpartition(".")[2]
    result = result_of(method, pager)
    assert inspect.signature(getattr(resource, name)).return_annotation == result
    raw = getattr(resource.with_raw_response, name)
    assert inspect.signature(raw).return_annotation == f"RawResponse[{result}]"
