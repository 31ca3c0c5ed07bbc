"""All that the documentation of the SDK lists is in the contract and in the public Python interface."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any, get_type_hints

import pytest

from contract_tests.contract.annotations import NAMES, alternatives
from contract_tests.contract.inventory import inventory, list_missing_from_contract, list_missing_from_python, method
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs, core
from twelvelabs_tasks.testing._document import Document, contract


def test_nothing_that_is_documented_is_missing_from_the_contract() -> None:
    assert list_missing_from_contract(contract()) == []


@pytest.mark.parametrize("client", [TwelveLabs, AsyncTwelveLabs])
def test_nothing_that_is_documented_is_missing_from_the_library(client: type) -> None:
    assert list_missing_from_python(client) == []


@pytest.mark.parametrize("client", [TwelveLabs, AsyncTwelveLabs])
def test_a_client_takes_the_documented_arguments(client: type) -> None:
    parameters = inspect.signature(client).parameters
    documented = inventory()["client"]["parameters"]
    assert [name for name in parameters if name in documented] == documented
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


def test_request_options_have_the_documented_keys() -> None:
    assert set(get_type_hints(core.RequestOptions)) == set(inventory()["request_options"])


@pytest.mark.parametrize("pager", [core.SyncPager, core.AsyncPager])
def test_a_pager_has_the_documented_members(pager: type) -> None:
    assert set(inventory()["pager"]) <= {*dir(pager), *pager.__annotations__}


def list_properties() -> Iterator[Any]:
    for name, listed in inventory()["classes"].items():
        for python, facts in listed["properties"].items():
            yield pytest.param(name, facts.get("wire", python), id=f"{name}.{python}")


@pytest.mark.parametrize(("name", "wire"), [*list_properties()])
def test_a_property_that_is_taken_out_of_the_contract_is_named(name: str, wire: str) -> None:
    changed = contract().copy()
    for part in (changed.schemas[name], *map(changed.resolve, changed.schemas[name].get("allOf", []))):
        part.get("properties", {}).pop(wire, None)
    assert f"class {name}: property {wire} is missing" in list_missing_from_contract(changed)


def list_parameters() -> Iterator[Any]:
    for name, listed in inventory()["methods"].items():
        for parameter, facts in listed["parameters"].items():
            if "in" in facts:
                yield pytest.param(name, parameter, id=f"{name}.{parameter}")


@pytest.mark.parametrize(("name", "parameter"), [*list_parameters()])
def test_a_parameter_that_is_taken_out_of_the_contract_is_named(name: str, parameter: str) -> None:
    listed = inventory()["methods"][name]
    wire = listed["parameters"][parameter].get("wire", parameter)
    root = contract().copy().root
    for item in root["paths"].values():
        for node in [item, *item.values()]:
            if isinstance(node, dict) and "parameters" in node:
                node["parameters"] = [each for each in node["parameters"] if contract().resolve(each)["name"] != wire]
    for schema in root["components"]["schemas"].values():
        if schema.get("additionalProperties") is False:
            schema["properties"].pop(wire, None)
    where = f"{name}: parameter {parameter} "
    (problem,) = (each for each in list_missing_from_contract(Document(root)) if each.startswith(where))
    assert problem.endswith("is missing")


@pytest.mark.parametrize("code", [*inventory()["error_codes"]])
def test_an_error_code_that_is_taken_out_of_the_contract_is_named(code: str) -> None:
    changed = contract().copy()
    changed.schemas["ErrorCode"]["enum"].remove(code)
    assert f"error code {code} is missing" in list_missing_from_contract(changed)


@pytest.mark.parametrize(
    ("schema", "wire", "change", "problem"),
    [
        ("HlsObject", "status", {"type": "string"}, "should be of type HlsObjectStatus"),
        ("ImportLog", "created_at", {"type": "string"}, "should be of type datetime"),
        ("VideoIndexingTask", "created_at", {"type": "string", "format": "date-time"}, "should be of type str"),
        ("VideoIndexingTaskSystemMetadata", "width", {"type": "number"}, "should be of type int"),
        ("TransfersGetLogsResponse", "data", {"type": "array", "items": {"type": "string"}}, "of type list[ImportLog]"),
    ],
)  # fmt: skip
def test_a_property_of_another_type_is_named(schema: str, wire: str, change: dict[str, Any], problem: str) -> None:
    changed = contract().copy()
    changed.schemas[schema]["properties"][wire] = change
    (found,) = (each for each in list_missing_from_contract(changed) if f"{schema}: property {wire}" in each)
    assert problem in found


def test_another_default_is_named() -> None:
    changed = contract().copy()
    changed.schemas["TasksCreateRequest"]["properties"]["enable_video_stream"]["default"] = False
    assert any(
        "enable_video_stream" in problem and "default" in problem for problem in list_missing_from_contract(changed)
    )


def test_what_is_there_beyond_the_inventory_is_allowed() -> None:
    changed = contract().copy()
    changed.schemas["HlsObject"]["properties"]["codec"] = {"type": "string"}
    changed.schemas["HlsObjectStatus"]["enum"].append("PAUSED")
    assert list_missing_from_contract(changed) == []


def test_what_the_library_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = inventory()
    monkeypatch.setitem(listed["classes"]["HlsObject"]["properties"], "codec", {"type": "str | None"})
    monkeypatch.setitem(listed["classes"]["VideoItem"]["properties"]["filename"], "type", "str | None")
    monkeypatch.setitem(listed["methods"]["tasks.list"]["parameters"], "color", {"type": "str"})
    monkeypatch.setitem(listed["methods"]["tasks.create"]["parameters"]["index_id"], "type", "int")
    monkeypatch.setitem(listed["methods"]["tasks.wait_for_done"]["parameters"]["sleep_interval"], "python", 1.0)
    monkeypatch.setitem(listed["methods"], "tasks.pause", {})
    monkeypatch.setitem(listed["enumerations"]["HlsObjectStatus"], "values", ["PAUSED"])
    assert list_missing_from_python(TwelveLabs) == [
        "method tasks.create: parameter index_id should take int",
        "method tasks.wait_for_done: parameter sleep_interval should default to 1.0",
        "method tasks.list: parameter color is missing",
        "method tasks.pause is missing",
        "class HlsObject: property codec is missing",
        "class VideoItem: property filename should be of type str | None",
        "enumeration HlsObjectStatus: value PAUSED is missing",
    ]


def public_methods(node: Any, path: str = "") -> Iterator[str]:
    for name in dir(node):
        found = getattr(node, name)
        if name.startswith("_") or name in ("close", "aclose"):
            continue
        if callable(found):
            yield path + name
        else:
            yield from public_methods(found, f"{path}{name}.")


def test_the_async_client_has_the_methods_of_the_sync_one() -> None:
    sync, twin = (set(public_methods(client(api_key="key"))) for client in (TwelveLabs, AsyncTwelveLabs))
    assert sync == twin >= set(inventory()["methods"])


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(public_methods(TwelveLabs(api_key="key"))))
def test_a_method_and_its_async_twin_have_the_same_signature(name: str) -> None:
    sync, twin = (method(client, name) for client in (TwelveLabs, AsyncTwelveLabs))
    assert inspect.iscoroutinefunction(twin) == (name not in ITERATED)
    assert not inspect.iscoroutinefunction(sync)
    assert [each for each in shape(sync) if each[0] not in OF_EXECUTORS] == shape(twin)
    lazy = {**NAMES, "Executor": Executor, "TwelveLabs": TwelveLabs}  # what is imported for type checkers only
    hints, twin_hints = (get_type_hints(each, localns=lazy) for each in (sync, twin))
    for parameter in twin_hints.keys() - {
        "self",
        "return",
        "callback",
    }:  # async callbacks are awaited, plain ones are not
        assert alternatives(hints[parameter]) == alternatives(twin_hints[parameter])


ITERATED = {"tasks.as_completed"}  # The async one is not awaited but iterated over.
OF_EXECUTORS = {"executor", "client_factory", "worker_timeout"}  # An executor runs what is not async.


def shape(function: Any) -> list[tuple[str, Any, Any]]:
    return [(each.name, each.kind, each.default) for each in inspect.signature(function).parameters.values()]


def test_the_clients_have_the_same_signature() -> None:
    assert shape(TwelveLabs) == shape(AsyncTwelveLabs)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(public_methods(TwelveLabs(api_key="key"))))
def test_every_method_is_documented_for_those_who_read_it(name: str) -> None:
    text = inspect.getdoc(method(TwelveLabs, name)) or ""
    for parameter in inspect.signature(method(TwelveLabs, name)).parameters:
        assert f"{parameter}:" in text, f"{name} does not say what {parameter} is"
    for section in ("Args:", "Raises:", "Example:"):
        assert section in text, f"{name} has no section {section}"
    assert inspect.getdoc(method(AsyncTwelveLabs, name))
