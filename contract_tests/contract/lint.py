"""Rules for the contract beyond those of OpenAPI. Each yields what breaks it, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twelvelabs_tasks.testing._document import Document, Operation
from twelvelabs_tasks.testing._schemas import problems

__all__ = ["RULES"]

Node = Mapping[str, Any]


def nodes(node: Any, path: str = "#") -> Iterator[tuple[str, Node]]:
    """Yield all objects of a document with their paths."""
    if isinstance(node, dict):
        yield path, node
        for key, child in node.items():
            yield from nodes(child, f"{path}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from nodes(child, f"{path}/{number}")


def contents(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every media type object, of requests and responses, with the place it is at."""
    for operation in document.operations.values():
        for media_type, content in document.resolve(operation.node.get("requestBody", {})).get("content", {}).items():
            yield f"{operation} request {media_type}", content
        for status, response in operation.responses.items():
            for media_type, content in response.get("content", {}).items():
                yield f"{operation} response {status} {media_type}", content


def schemas(document: Document) -> Iterator[tuple[str, Node]]:
    """Yield every schema: those with names, and all properties, items and values within them; references resolved."""
    for name, schema in document.schemas.items():
        yield from _schemas(document, name, schema)


def _schemas(document: Document, place: str, schema: Node) -> Iterator[tuple[str, Node]]:
    yield place, document.resolve(schema)
    for name, inner in schema.get("properties", {}).items():
        yield from _schemas(document, f"{place}.{name}", inner)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _schemas(document, f"{place}.{keyword}", schema[keyword])
    for part in schema.get("allOf", []):
        for name, inner in part.get("properties", {}).items():
            yield from _schemas(document, f"{place}.{name}", inner)


def every_reference_leads_somewhere(document: Document) -> Iterator[str]:
    for path, node in nodes(document.root):
        if isinstance(node.get("$ref"), str):
            try:
                document.resolve(node)
            except (KeyError, TypeError):
                yield f"{path}: {node['$ref']} leads nowhere"


def every_operation_is_described(document: Document) -> Iterator[str]:
    tags = {tag["name"] for tag in document.root["tags"]}
    identifiers = [node.get("operationId") for _, node in nodes(document.root["paths"]) if "responses" in node]
    for identifier in identifiers:
        if not re.fullmatch(r"[a-z]+(_[a-z]+)+", identifier or "") or identifiers.count(identifier) > 1:
            yield f"operationId {identifier} is not in snake case, or is there twice"
    for operation in document.operations.values():
        for key in ("summary", "description"):
            if not operation.node.get(key, "").strip():
                yield f"{operation} has no {key}"
        if len(operation.node.get("tags", [])) != 1 or not set(operation.node["tags"]) <= tags:
            yield f"{operation} should have one tag of those that are described"
        if operation.node.get("deprecated", False) != (operation.node.get("tags") == ["transfers"]):
            yield f"{operation}: transfers are deprecated, and nothing else is"
    yield from (f"tag {tag['name']} has no description" for tag in document.root["tags"] if not tag.get("description"))


def every_parameter_is_described_and_exemplified(document: Document) -> Iterator[str]:
    for operation in document.operations.values():
        for parameter in operation.parameters:
            where = f"{operation} parameter {parameter['name']}"
            if not parameter.get("description"):
                yield f"{where} has no description"
            if "example" not in parameter and "examples" not in parameter:
                yield f"{where} has no example"
            if set(re.findall(r"\{(.+?)\}", operation.path)) != set(operation.parameters_in("path")):
                yield f"{operation} does not describe exactly the parameters of its path"


def every_schema_is_described_and_exemplified(document: Document) -> Iterator[str]:
    for place, schema in schemas(document):
        if not schema.get("description", "").strip():
            yield f"{place} has no description"
        if not has_examples(document, schema):
            yield f"{place} has no example"


def has_examples(document: Document, schema: Node) -> bool:
    """Return whether a schema has examples, or is an object all of whose properties have."""
    if schema.get("examples"):
        return True
    properties = document.properties(schema)
    return bool(properties) and all(has_examples(document, inner) for inner in properties.values())


def every_example_is_valid(document: Document) -> Iterator[str]:
    for place, schema, example in examples(document):
        yield from (f"example of {place}: {problem}" for problem in problems(document, schema, example))
    yield from (f"{place} has no example" for place, content in contents(document) if not list(_examples(content)))


def examples(document: Document) -> Iterator[tuple[str, Node, Any]]:
    """Yield every example with the place it is at and the schema it should follow."""
    for place, schema in schemas(document):
        yield from ((place, schema, example) for example in schema.get("examples", []))
    described = [
        *(
            (f"{each} parameter {node['name']}", node)
            for each in document.operations.values()
            for node in each.parameters
        ),
        *((f"header {name}", header) for name, header in document.root["components"]["headers"].items()),
        *contents(document),
    ]
    for place, node in described:
        yield from ((place, node["schema"], example) for example in _examples(node))


def _examples(node: Node) -> Iterator[Any]:
    if "example" in node:
        yield node["example"]
    for example in node.get("examples", {}).values():
        yield example["value"]


def every_default_is_valid(document: Document) -> Iterator[str]:
    for path, node in nodes(document.root):
        if "default" in node and "type" in node:
            yield from (f"{path}: default: {problem}" for problem in problems(document, node, node["default"]))


def every_error_is_declared(document: Document) -> Iterator[str]:
    for operation in document.operations.values():
        names_a_resource = bool(operation.parameters_in("path")) or "requestBody" in operation.node
        for status in ("400", "401", "429", *(["404"] if names_a_resource else [])):
            if status not in operation.responses:
                yield f"{operation} does not declare {status}"
        for status, response in operation.responses.items():
            if status.startswith(("4", "5")) and _schema_of(response) != {"$ref": "#/components/schemas/ErrorResponse"}:
                yield f"{operation} {status} is not an ErrorResponse"
        if not any(status.startswith("2") for status in operation.responses):
            yield f"{operation} declares no success"


def _schema_of(response: Node) -> Any:
    return response.get("content", {}).get("application/json", {}).get("schema")


def every_response_is_described_and_has_its_headers(document: Document) -> Iterator[str]:
    for operation in document.operations.values():
        for status, response in operation.responses.items():
            headers = {name: document.resolve(header) for name, header in response.get("headers", {}).items()}
            if not response.get("description"):
                yield f"{operation} {status} has no description"
            if "X-Api-Version" not in headers:
                yield f"{operation} {status} does not declare X-Api-Version"
            if status == "429" and not headers.get("Retry-After", {}).get("required"):
                yield f"{operation} 429 does not promise Retry-After"
            for name, header in headers.items():
                if not header.get("description") or not list(_examples(header)):
                    yield f"{operation} {status}: header {name} is not described or has no example"


def requests_are_closed_and_responses_are_open(document: Document) -> Iterator[str]:
    for operation in document.operations.values():
        if "requestBody" in operation.node and document.body_schema(operation.id).get("additionalProperties", True):
            yield f"{operation}: the request should refuse unknown properties"
        for status, response in operation.responses.items():
            if _schema_of(response):
                yield from _list_closed(document, f"{operation} {status}", _schema_of(response))


def _list_closed(document: Document, place: str, schema: Node) -> Iterator[str]:
    for where, inner in _schemas(document, place, document.resolve(schema)):
        if inner.get("additionalProperties") is False:
            yield f"{where}: a response should allow unknown properties"


def a_created_task_leads_to_its_retrieval_and_deletion(document: Document) -> Iterator[str]:
    for status in ("200", "201"):
        links = document.operations["create_task"].responses[status].get("links", {})
        for target in ("retrieve_task", "delete_task"):
            wanted = {"task_id": "$response.body#/_id"}
            if not any(link.get("operationId") == target and link["parameters"] == wanted for link in links.values()):
                yield f"create_task {status} has no link to {target}"
    for operation in document.operations.values():
        yield from _links(document, operation)


def _links(document: Document, operation: Operation) -> Iterator[str]:
    for response in operation.responses.values():
        for name, link in response.get("links", {}).items():
            target = document.operations.get(link["operationId"])
            known = {parameter["name"] for parameter in target.parameters} if target else set()
            if not set(link["parameters"]) <= known or not known or not link.get("description"):
                yield f"{operation} link {name} leads nowhere, or is not described"


def every_operation_names_its_method(document: Document) -> Iterator[str]:
    names = [operation.node.get("x-sdk-method", "") for operation in document.operations.values()]
    for operation, name in zip(document.operations.values(), names, strict=True):
        if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name):
            yield f"{operation} does not name its method in x-sdk-method"
        elif names.count(name) > 1:
            yield f"{operation}: {name} is the method of another operation too"


def every_operation_asks_for_the_key(document: Document) -> Iterator[str]:
    if document.root.get("security") != [{"ApiKeyAuth": []}]:
        yield "the contract does not ask for the API key"
    scheme = document.root["components"]["securitySchemes"]["ApiKeyAuth"]
    if (scheme["type"], scheme["in"], scheme["name"]) != ("apiKey", "header", "x-api-key"):
        yield "the API key does not travel in the header x-api-key"
    yield from (f"{each} has a security of its own" for each in document.operations.values() if "security" in each.node)


RULES = (
    every_reference_leads_somewhere,
    every_operation_is_described,
    every_parameter_is_described_and_exemplified,
    every_schema_is_described_and_exemplified,
    every_example_is_valid,
    every_default_is_valid,
    every_error_is_declared,
    every_response_is_described_and_has_its_headers,
    requests_are_closed_and_responses_are_open,
    a_created_task_leads_to_its_retrieval_and_deletion,
    every_operation_names_its_method,
    every_operation_asks_for_the_key,
)
