"""Requests that were sent, judged by the contract: by openapi-core, and by hand where that passes things in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs
import httpx
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.styles.exceptions import EmptyQueryParameterValue
from openapi_core.validation.request.validators import V31RequestValidator
from werkzeug.datastructures import Headers, ImmutableMultiDict

from contract_tests.support.forms import Part, all_parts_of
from contract_tests.support.twins import BASE_URL
from twelvelabs_tasks.testing._document import Operation, contract
from twelvelabs_tasks.testing._schemas import problems

__all__ = ["Received", "check_arguments", "receive"]

TRANSPORT_HEADERS = {
    "accept", "accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding",
    "user-agent",
}  # fmt: skip
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@attrs.define
class Received:
    """What a request asks for, as the contract reads it.

    Attributes:
        operation: The operation it calls.
        path: The path parameters.
        query: The query parameters.
        body: The body: JSON, or the fields of the form; a file as its bytes.
        problems: How it breaks the contract, in words.
    """

    operation: str
    path: dict[str, Any]
    query: dict[str, Any]
    body: Any
    problems: list[str]


def check_arguments(received: Received, operation: str) -> dict[str, Any]:
    """Return the arguments that arrived; fail if the request is one of another operation or breaks the contract."""
    assert received.problems == []
    assert received.operation == operation
    return {"path": received.path, "query": received.query, "body": received.body}


def receive(request: httpx.Request) -> Received:
    """Read a request; fail if the contract has no such operation."""
    prefix = urlsplit(BASE_URL).path
    path, _, _ = request.url.raw_path.decode("ascii").partition("?")
    assert path.startswith(prefix), path
    operation, segments = _operation(request.method, path.removeprefix(prefix))
    found: list[str] = []
    query = _query(operation, request, found)
    body = _body(operation, request, found)
    found += _undeclared_headers(request)
    found += _openapi_core(operation, request, segments)
    return Received(operation.id, segments, query, body, found)


def _operation(method: str, path: str) -> tuple[Operation, dict[str, Any]]:
    for operation in contract().operations.values():
        names = re.findall(r"\{(.+?)\}", operation.path)
        pattern = "([^/]+)".join(map(re.escape, re.split(r"\{.+?\}", operation.path)))
        if operation.method == method and (match := re.fullmatch(pattern, path)):
            return operation, {name: unquote(text) for name, text in zip(names, match.groups(), strict=True)}
    raise AssertionError(f"the contract has no {method} {path}")


def _query(operation: Operation, request: httpx.Request, found: list[str]) -> dict[str, Any]:
    known = operation.parameters_in("query")
    query: dict[str, Any] = {}
    for name, text in request.url.params.multi_items():
        if name not in known:
            found.append(f"query parameter {name} is not declared")
            continue
        schema = contract().resolve(known[name]["schema"])
        if schema["type"] == "array":
            query.setdefault(name, []).append(text)
        elif name in query:
            found.append(f"query parameter {name} is there twice")
        else:
            query[name] = _value(name, schema["type"], text, found)
    for name, value in query.items():
        found += [f"query parameter {name}: {each}" for each in problems(contract(), known[name]["schema"], value)]
    return query


def _value(name: str, kind: str, text: str, found: list[str]) -> Any:
    if kind in ("integer", "number"):
        if not NUMBER.fullmatch(text):
            found.append(f"{name} is not a number: {text}")
            return text
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            found.append(f"{name} is neither true nor false: {text}")
        return text == "true"
    return text


def _body(operation: Operation, request: httpx.Request, found: list[str]) -> Any:
    content = request.read()
    if "requestBody" not in operation.node:
        if content or "content-type" in request.headers:
            found.append("there is a body where none is declared")
        return None
    (media_type,) = operation.node["requestBody"]["content"]
    if request.headers.get("content-type", "").partition(";")[0] != media_type:
        found.append(f"the body is not {media_type}, but {request.headers.get('content-type')}")
        return content
    schema = contract().body_schema(operation.id)
    if media_type == "multipart/form-data":
        body = dict(_fields(all_parts_of(request), schema["properties"], found))
        texts = {name: value if isinstance(value, (str, bool)) else "a file" for name, value in body.items()}
        found += problems(contract(), schema, texts)
    else:
        body = json.loads(content)
        found += problems(contract(), schema, body)
    return body


def _fields(parts: list[Part], known: Mapping[str, Any], found: list[str]) -> Iterator[tuple[str, Any]]:
    for part in parts:
        schema = contract().resolve(known.get(part.name, {}))
        is_file = schema.get("format") == "binary"
        if [each.name for each in parts].count(part.name) > 1:
            found.append(f"part {part.name} is there twice")
        if (part.filename is not None) != is_file:
            found.append(f"part {part.name} should {'be' if is_file else 'not be'} a file")
        if not is_file and "content-type" in part.headers:
            found.append(f"part {part.name} has a media type")
        yield (
            part.name,
            part.content if is_file else _value(part.name, schema.get("type", ""), part.content.decode("utf-8"), found),
        )


def _undeclared_headers(request: httpx.Request) -> Iterator[str]:
    names = [name.lower() for name, _ in request.headers.multi_items()]
    for name in sorted({*names} - TRANSPORT_HEADERS - {"x-api-key"}):
        yield f"header {name} is not declared"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"header {name} is there twice"


@cache
def _validator() -> V31RequestValidator:
    return V31RequestValidator(OpenAPI.from_dict(contract().root).spec)


def _openapi_core(operation: Operation, request: httpx.Request, segments: dict[str, Any]) -> list[str]:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return []  # forms are read above: it knows neither files nor booleans in them
    return [
        f"openapi-core: {error.__cause__ or error}"
        for error in _validator().iter_errors(Adapter(operation, request, segments))
        if not isinstance(error.__cause__, EmptyQueryParameterValue)  # the schemas say which text may be empty
    ]


class Adapter:
    """A request in the form that openapi-core takes."""

    def __init__(self, operation: Operation, request: httpx.Request, segments: dict[str, Any]) -> None:
        server = urlsplit(contract().root["servers"][0]["url"])
        self.host_url = f"{server.scheme}://{server.netloc}"
        self.path = server.path + operation.path.format(**segments)
        self.method = request.method.lower()
        self.content_type = request.headers.get("content-type", "")
        self.body = request.read() or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(request.headers.multi_items()),
            cookie=ImmutableMultiDict(),
            path=segments,
        )
