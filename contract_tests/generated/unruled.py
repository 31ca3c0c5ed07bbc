"""Contracts that ask for what the generator has no rule for, each with the place and what is said of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

__all__ = ["CONTRACT", "ROOT", "TEXT", "TEXTS", "WITHOUT_A_RULE", "ref", "schemas"]

ROOT = Path(__file__).parents[2]
CONTRACT: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_bytes())
TASK = "components/schemas/VideoIndexingTask"
X = f"{TASK}/properties/x"


def change_contract(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Return the contract with a change."""
    contract = copy.deepcopy(CONTRACT)
    change(contract)
    return contract


def with_property(schema: Any, name: str = "x") -> dict[str, Any]:
    return change_contract(lambda contract: schemas(contract)["VideoIndexingTask"]["properties"].update({name: schema}))


def with_part(schema: Any) -> dict[str, Any]:
    return change_contract(lambda contract: schemas(contract)["TasksCreateRequest"]["properties"].update(x=schema))


def with_parameter(schema: Any, name: str = "x", where: str = "query") -> dict[str, Any]:
    parameter = {"name": name, "in": where, "description": "A trial.", "schema": schema}
    return change_contract(lambda contract: contract["paths"]["/tasks"]["get"]["parameters"].append(parameter))


def with_schemas(**named: Any) -> dict[str, Any]:
    return change_contract(lambda contract: schemas(contract).update(named))


def with_response(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return change_contract(
        lambda contract: contract["paths"]["/tasks"]["get"]["responses"]["200"].update(content=content)
    )


def schemas(contract: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = contract["components"]["schemas"]
    return found


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


OBJECT = {"type": "object"}
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
NULL = {"type": "null"}
NUMBER = {"type": "integer"}
PARAMETER = f"paths/~1tasks/get/parameters/{len(CONTRACT['paths']['/tasks']['get']['parameters'])}/schema"
PART = "components/schemas/TasksCreateRequest/properties/x"
WITHOUT_A_RULE: dict[str, tuple[dict[str, Any], str, str]] = {
    "oneOf": (with_property({"oneOf": [TEXT, {"type": "integer"}]}), X, "oneOf"),
    "anyOf with null": (with_property({"anyOf": [TEXT, NULL]}), X, "anyOf"),
    "const": (with_property({"const": "a"}), X, "const"),
    "const beside a type": (with_property({"type": "string", "const": "a"}), X, "const"),
    "uuid": (with_property({"type": "string", "format": "uuid"}), X, "format uuid"),
    "date": (with_property({"type": "string", "format": "date"}), X, "format date"),
    "arrays of arrays": (with_property({"type": "array", "items": TEXTS}), f"{X}/items", "an array in an array"),
    "arrays of numbers": (with_property({"type": "array", "items": NUMBER}), f"{X}/items", "an integer in an array"),
    "an array of anything": (with_property({"type": "array"}), X, "type array without items"),
    "two types": (with_property({"type": ["string", "integer"]}), X, "type string, integer"),
    "null alone": (with_property(NULL), X, "type null"),
    "nullable": (with_property({"type": "string", "nullable": True}), X, "nullable"),
    "true": (with_property(True), X, "true as a schema"),
    "an enum of numbers": (with_property({"type": "integer", "enum": [1, 2]}), X, "enum"),
    "an enum with null": (with_property({"type": ["string", "null"], "enum": ["a", None]}), X, "enum"),
    "an enum of nothing": (with_property({"type": "string", "enum": []}), X, "enum"),
    "a file in JSON": (with_property({"type": "string", "format": "binary"}), X, "a file in JSON"),
    "more beside a reference": (with_property({**ref("HlsObject"), "minItems": 1}), X, "minItems beside $ref"),
    "values that are objects": (
        with_property({"type": "object", "additionalProperties": ref("HlsObject")}),
        X,
        "additionalProperties",
    ),
    "properties beside allOf": (
        with_property({"allOf": [ref("HlsObject")], "properties": {"y": TEXT}}),
        X,
        "properties beside allOf",
    ),
    "two parents": (
        with_schemas(A={"allOf": [ref("HlsObject"), ref("ErrorResponse")]}),
        "components/schemas/A",
        "not the first",
    ),
    "deep in a property": (
        with_property({"type": "object", "properties": {"a/b": {"type": "array", "items": {"const": 1}}}}),
        f"{X}/properties/a~1b/items",
        "const",
    ),
    "a schema that holds itself": (with_property(ref("VideoIndexingTask")), X, "would hold itself"),
    "a schema that holds itself in an array": (
        with_property({"type": "array", "items": ref("VideoIndexingTask")}),
        f"{X}/items",
        "would hold itself",
    ),
    "a schema that holds another that holds it": (
        with_schemas(
            A={"type": "object", "properties": {"b": ref("B")}}, B={"type": "object", "properties": {"a": ref("A")}}
        ),
        "components/schemas/A/properties/b",
        "would hold itself, by way of B",
    ),
    "a schema that stands for itself": (with_schemas(A=ref("A")), "components/schemas/A", "would hold itself"),
    "a schema that derives from itself": (
        with_schemas(A={"allOf": [ref("A")]}),
        "components/schemas/A/allOf/0",
        "would hold itself",
    ),
    "schemas that stand for each other": (
        with_schemas(A=ref("B"), B={"allOf": [ref("A")]}),
        "components/schemas/B/allOf/0",
        "would hold itself",
    ),
    "a property to_dict": (with_property(TEXT, "to_dict"), f"{TASK}/properties/to_dict", "to_dict"),
    "a property fromDict": (with_property(TEXT, "fromDict"), f"{TASK}/properties/fromDict", "from_dict"),
    "a property 1080p": (with_property(TEXT, "1080p"), f"{TASK}/properties/1080p", "name"),
    "a property without a name": (with_property(TEXT, ""), f"{TASK}/properties/", "name"),
    "a property that commands terminals": (with_property(TEXT, "\x1b[31m"), f"{TASK}/properties/\x1b[31m", "name"),
    "a schema whose class has a name in use": (with_schemas(Any=OBJECT), "components/schemas/Any", "name"),
    "a schema whose class is there": (with_schemas(Hls_Object=OBJECT), "components/schemas/Hls_Object", "HlsObject"),
    "a schema whose name is no class": (with_schemas(**{"1x": OBJECT}), "components/schemas/1x", "name"),
    "a parameter without a name": (with_parameter(TEXT, "!"), PARAMETER, "name"),
    "two operations of one name": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["post"].update(operationId="listTasks")),
        "paths/~1tasks/post/operationId",
        "the function would have the name of that of paths/~1tasks/get/operationId",
    ),
    "an operation whose name is no function": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"].update(operationId="1")),
        "paths/~1tasks/get/operationId",
        "name",
    ),
    "a cookie": (with_parameter(TEXT, "x", "cookie"), PARAMETER, "cookie"),
    "a reference to nothing": (with_property(ref("Nothing")), X, "Nothing"),
    "an array in a form": (with_part(TEXTS), PART, "an array in a form"),
    "a time in a form": (with_part({"type": "string", "format": "date-time"}), PART, "a time in a form"),
    "an object in a query": (with_parameter({"type": "object"}), PARAMETER, "an object as a query parameter"),
    "oneOf in a query": (with_parameter({"oneOf": [TEXT, NULL]}), PARAMETER, "oneOf"),
    "a number in a path": (
        change_contract(lambda contract: contract["components"]["parameters"]["IntegrationId"].update(schema=NUMBER)),
        "components/parameters/IntegrationId/schema",
        "an integer in a path",
    ),
    "a response that is an array": (
        with_response({"type": "array", "items": ref("VideoIndexingTask")}),
        "paths/~1tasks/get/responses/200/content/application~1json/schema",
        "an array as a whole body",
    ),
    "no responses": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"].update(responses=3)),
        "paths/~1tasks/get/responses",
        "not valid OpenAPI 3.1",
    ),
    "null in an array": (
        with_property({"type": "array", "items": {"type": ["string", "null"]}}), X, "null in an array"
    ),
    "an operation without a name": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"].pop("operationId")),
        "paths/~1tasks/get",
        "no operationId",
    ),
    "an operation without a method": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"].pop("x-sdk-method")),
        "paths/~1tasks/get",
        "no x-sdk-method",
    ),
    "two methods of one name": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"].update({"x-sdk-method": "tasks.create"})),
        "paths/~1tasks/post/x-sdk-method",
        "the method would have the name",
    ),
    "a path that is elsewhere": (
        change_contract(lambda contract: contract["paths"].update({"/x": {"$ref": "#/components/pathItems/X"}})),
        "paths/~1x",
        "a $ref of a path",
    ),
    "a parameter with content": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"]["parameters"].append(
            {"name": "x", "in": "query", "content": {"application/json": {"schema": TEXT}}}
        )),
        PARAMETER.removesuffix("/schema"),
        "a parameter with content",
    ),
    "a style": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"]["parameters"].append(
            {"name": "x", "in": "query", "schema": TEXTS, "explode": False}
        )),
        PARAMETER.removesuffix("/schema"),
        "this style",
    ),
    "a header": (with_parameter(TEXT, "x", "header"), PARAMETER, "header"),
    "a parameter whose name methods use": (
        with_parameter(TEXT, "request_options"), PARAMETER, "a name that methods have in use"
    ),
    "two parameters of one name in Python": (
        with_parameter(TEXT, "pageLimit"), "paths/~1tasks/get", "two arguments would have the name page_limit"
    ),
    "a name that Python normalises": (
        with_property(TEXT, "duration_\u00b5s"), f"{TASK}/properties/duration_\u00b5s", "name"
    ),
    "two media types": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"]["responses"]["200"]["content"].update(
            {"text/plain": {"schema": TEXT}}
        )),
        "paths/~1tasks/get/responses/200",
        "several media types",
    ),
    "a media type": (
        change_contract(lambda contract: contract["paths"]["/tasks"]["get"]["responses"]["200"].update(
            content={"text/csv": {"schema": ref("HlsObject")}}
        )),
        "paths/~1tasks/get/responses/200/content/text~1csv",
        "this media type",
    ),
    "the schema of a form in JSON": (with_property(ref("TasksCreateRequest")), X, "the schema of a form in JSON"),
    "a type nobody knows": (with_property({"type": "text"}), f"{X}/type", "not valid JSON Schema"),
    "a parameter that is nowhere": (
        change_contract(
            lambda contract: contract["paths"]["/tasks"]["get"]["parameters"].append({"$ref": "#/components/x"})
        ),
        PARAMETER.removesuffix("/schema"),
        "leads nowhere",
    ),
}  # fmt: skip
