"""Where responses of the API and the contract have drifted apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from attrs import asdict, field, frozen

from twelvelabs_tasks_api.http import httpx

from ._document import Document, contract
from ._schemas import parse_json, validator

__all__ = ["Drift", "drift_of"]


Kind: TypeAlias = Literal["unknown", "missing", "invalid"]


@frozen(order=True)
class Drift:
    """One difference between a response and the contract.

    Attributes:
        operation: The `operationId` of the operation.
        status: The status code of the response.
        kind: `unknown`: undocumented by the contract. `missing`: promised by the contract, and not there. `invalid`: of
            another form.
        where: Where in the response: `status`, `header X-Api-Version`, `body.data[].hls`.
        detail: What was found there.
        example: The value that was found there, the first if there were several. Differences that have only this not in
            common are the same.
    """

    operation: str
    status: int
    kind: Kind
    where: str
    detail: str
    example: str = field(default="", eq=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON data."""
        return asdict(self)


def drift_of(operation: str, response: httpx.Response, document: Document | None = None) -> list[Drift]:
    """Compare a response with the contract.

    Args:
        operation: The `operationId` of the operation, such as `list_tasks`.
        response: The response.
        document: The contract to compare with. Default: that of this library.

    Returns:
        Every difference, once each: items of an array count as one.

    Raises:
        KeyError: The contract has no such operation.

    Example:
        response = httpx.get(f"{base_url}/tasks", headers={"x-api-key": api_key})
        assert drift_of("list_tasks", response) == []
    """
    document = document or contract()
    status = response.status_code
    described = document.operations[operation].responses.get(str(status))
    if described is None:
        return [Drift(operation, status, "unknown", "status", f"the contract has no response {status}")]
    found = [*_compare_headers(document, described, response), *_compare_body(document, described, response)]
    return sorted({Drift(operation, status, *difference) for difference in found})


class Difference(NamedTuple):
    """What is reported as a `Drift`, of whichever operation."""

    kind: Kind
    where: str
    detail: str
    example: str = ""


def _compare_headers(
    document: Document, described: Mapping[str, Any], response: httpx.Response
) -> Iterator[Difference]:
    for name in described.get("headers", {}):
        if name not in response.headers:
            yield Difference("missing", f"header {name}", "the header did not come")


def _compare_body(document: Document, described: Mapping[str, Any], response: httpx.Response) -> Iterator[Difference]:
    if "content" not in described:
        return
    (media_type, content), *_ = described["content"].items()
    came = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if came != media_type:
        yield Difference("invalid", "header Content-Type", f"{came or 'nothing'} instead of {media_type}")
    try:
        body = parse_json(response.content)
    except (ValueError, RecursionError) as error:
        yield Difference("invalid", "body", f"not JSON: {_shorten(str(error))}")
        return
    schema = document.resolve(content["schema"])
    for where in dict.fromkeys(_find_half_surrogates(body)):
        yield Difference("invalid", where, "half a surrogate pair, which is not text")
    try:
        unknown: dict[str, Any] = {}
        for where, value in _find_unknown(_Shape(document, schema), body, "body"):
            unknown.setdefault(where, value)
        # The validator takes only what can be written in UTF-8.
        readable = json.loads(json.dumps(body, ensure_ascii=False).encode(errors="replace"))
        invalid = list(_find_invalid(document, schema, readable))
    except (ValueError, RecursionError):
        yield Difference("invalid", "body", "nested too deeply to be compared")
        return
    for where, value in unknown.items():
        yield Difference("unknown", where, "the contract has no such property", _shorten(repr(value)))
    yield from invalid


def _find_invalid(document: Document, schema: Mapping[str, Any], value: Any) -> Iterator[Difference]:
    """Yield what a schema does not allow, each once, whatever the values that it is about."""
    seen: set[tuple[str, str]] = set()
    for each in validator(document, schema, mask="the value").iter_errors(value):
        where = "body" + "".join("[]" if isinstance(key, int) else f".{key}" for key in each.instance_path)
        if (where, each.message) not in seen:
            seen.add((where, each.message))
            if getattr(each.kind, "name", "") == "required":
                yield Difference("missing", where, _shorten(each.message))
            else:
                yield Difference("invalid", where, _shorten(each.message), _shorten(repr(each.instance)))


_Path = tuple[Any, str]
"""Where something is: the path of what it is in, and its name there. Paths are long where JSON is nested deeply."""


def _write_path(path: _Path | None) -> str:
    steps = []
    while path is not None:
        path, step = path
        steps.append(step)
    return "".join(reversed(steps))


def _find_half_surrogates(body: Any) -> Iterator[str]:
    """Yield where, at any depth, a text holds half a surrogate pair."""
    waiting: list[tuple[Any, _Path]] = [(body, (None, "body"))]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, str) and not _is_text(value):
            yield _write_path(path)
        elif isinstance(value, list):
            item: _Path = (path, "[]")
            texts = [each for each in value if isinstance(each, str)]
            waiting += [(each, item) for each in value if isinstance(each, (list, dict))]
            waiting += [(each, item) for each in texts if not _is_text(each)][:1]
        elif isinstance(value, dict):
            waiting += [(each, (path, f".{name}")) for name, each in value.items()]
            yield from (_write_path((path, f".{name}")) for name in value if not _is_text(name))


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Shape:
    """A schema, with what it says of items and properties worked out once for all values."""

    def __init__(self, document: Document, schema: Mapping[str, Any]) -> None:
        self._document = document
        self.schema = document.resolve(schema)

    @cached_property
    def items(self) -> _Shape:
        return _Shape(self._document, self.schema["items"])

    @cached_property
    def properties(self) -> dict[str, _Shape]:
        properties = self._document.properties(self.schema)
        return {name: _Shape(self._document, schema) for name, schema in properties.items()}


def _find_unknown(shape: _Shape, value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield the properties of a value, at any depth, that a schema does not describe, each with its value."""
    if isinstance(value, list) and "items" in shape.schema:
        for item in value:
            yield from _find_unknown(shape.items, item, f"{where}[]")
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in shape.properties:
                yield from _find_unknown(shape.properties[name], item, f"{where}.{name}")
            elif "additionalProperties" not in shape.schema:
                yield f"{where}.{name}", item


def _shorten(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."
