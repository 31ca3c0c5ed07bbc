"""Where answers of the platform and the contract have drifted apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from twelvelabs_tasks_api.http import httpx

from ._document import Document, contract
from ._schemas import parse_json, validator

__all__ = ["Drift", "drift_of"]


@dataclass(frozen=True, order=True)
class Drift:
    """One difference between an answer and the contract.

    Attributes:
        operation: The `operationId` of the operation that answered.
        status: The status code of the answer.
        kind: `unknown`: the platform returned what the contract does not know. `missing`: what the contract promises
            did not come. `invalid`: it came in another form.
        where: Where in the answer: `status`, `header X-Api-Version`, `body.data[].hls`.
        detail: What was found there.
    """

    operation: str
    status: int
    kind: Literal["unknown", "missing", "invalid"]
    where: str
    detail: str

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON data."""
        return asdict(self)


def drift_of(operation: str, response: httpx.Response, document: Document | None = None) -> list[Drift]:
    """Compare an answer with the contract.

    Args:
        operation: The `operationId` of the operation that answered, such as `list_tasks`.
        response: The answer.
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
        return [Drift(operation, status, "unknown", "status", f"the contract has no answer {status}")]
    found = [*_headers(document, described, response), *_body(document, described, response)]
    return sorted({Drift(operation, status, kind, where, detail) for kind, where, detail in found})


Difference = tuple[Literal["unknown", "missing", "invalid"], str, str]


def _headers(document: Document, described: Mapping[str, Any], response: httpx.Response) -> Iterator[Difference]:
    for name in described.get("headers", {}):
        if name not in response.headers:
            yield "missing", f"header {name}", "the header did not come"


def _body(document: Document, described: Mapping[str, Any], response: httpx.Response) -> Iterator[Difference]:
    if "content" not in described:
        return
    (media_type, content), *_ = described["content"].items()
    came = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if came != media_type:
        yield "invalid", "header Content-Type", f"{came or 'nothing'} instead of {media_type}"
    try:
        body = parse_json(response.content)
    except (ValueError, RecursionError) as error:
        yield "invalid", "body", f"not JSON: {_short(str(error))}"
        return
    schema = document.resolve(content["schema"])
    for where in _halves(body, "body"):
        yield "invalid", where, "half a surrogate pair, which is not text"
    try:
        yield from _unknown(document, schema, body, "body")
        # The validator takes only what can be written in UTF-8.
        readable = json.loads(json.dumps(body, ensure_ascii=False).encode(errors="replace"))
        errors = list(validator(document, schema).iter_errors(readable))
    except (ValueError, RecursionError):
        yield "invalid", "body", "nested too deeply to be compared"
        return
    for each in errors:
        where = "body" + "".join("[]" if isinstance(key, int) else f".{key}" for key in each.instance_path)
        missing = getattr(each.kind, "name", "") == "required"
        yield "missing" if missing else "invalid", where, _short(each.message)


def _halves(value: Any, where: str) -> Iterator[str]:
    """Yield where, at any depth, a text holds half a surrogate pair."""
    waiting = [(value, where)]
    while waiting:
        value, where = waiting.pop()
        if isinstance(value, str) and not _is_text(value):
            yield where
        elif isinstance(value, list):
            waiting += [(item, f"{where}[]") for item in value]
        elif isinstance(value, dict):
            waiting += [(item, f"{where}.{name}") for name, item in value.items()]
            yield from (f"{where}.{name}" for name in value if not _is_text(name))


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unknown(document: Document, schema: Mapping[str, Any], value: Any, where: str) -> Iterator[Difference]:
    """Yield the properties of a value, at any depth, that a schema does not describe."""
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from _unknown(document, document.resolve(schema["items"]), item, f"{where}[]")
    elif isinstance(value, dict):
        properties = document.properties(schema)
        for name, item in value.items():
            if name in properties:
                yield from _unknown(document, properties[name], item, f"{where}.{name}")
            elif "additionalProperties" not in schema:
                yield "unknown", f"{where}.{name}", f"the contract has no such property; it holds {_short(repr(item))}"


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."
