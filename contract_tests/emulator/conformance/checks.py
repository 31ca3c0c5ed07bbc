"""Checks of every response in addition to schemathesis' own."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import schemathesis

from twelvelabs_tasks.testing._document import contract
from twelvelabs_tasks.testing._schemas import problems

__all__ = ["provoked"]

provoked: Counter[str] = Counter()
"""How many requests gave each check a reason to look."""


@schemathesis.check
def responses_name_the_version(_: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """Every response carries the version of the API."""
    assert response.headers.get("x-api-version") == [
        contract().root["components"]["headers"]["X-Api-Version"]["example"]
    ]


@schemathesis.check
def errors_have_the_contracts_form(_: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """Every error has a code and a message, also that of a status which the operation does not declare."""
    if response.status_code >= 400 and response.request.method != "HEAD":
        provoked["errors"] += 1
        assert response.headers["content-type"] == ["application/json"]
        assert problems(contract(), {"$ref": "#/components/schemas/ErrorResponse"}, response.json()) == []


@schemathesis.check
def undeclared_names_are_refused(_: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """Nothing that the contract does not know is passed over in silence, in the query or in the body."""
    known = {parameter.name for parameter in case.operation.query}
    unknown = {name for name, _ in _query(response)} - known
    if isinstance(case.body, dict) and response.request.body:
        unknown |= case.body.keys() - _properties(case)
    if unknown:
        provoked["undeclared names"] += 1
        assert 400 <= response.status_code < 500, f"{sorted(unknown)} were accepted"


@schemathesis.check
def repeated_values_are_refused(_: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """A parameter that has one value is not given twice."""
    names = [name for name, _ in _query(response) if name != "status"]
    if len({*names}) < len(names):
        provoked["repeated values"] += 1
        assert 400 <= response.status_code < 500


@schemathesis.check
def wrong_content_types_are_refused(_: Any, response: schemathesis.Response, case: schemathesis.Case[Any]) -> None:
    """A body of another media type than the declared one is not read."""
    declared = {body.media_type for body in case.operation.body}
    headers = {name.lower(): str(value) for name, value in response.request.headers.items()}
    sent = headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared and sent not in declared:
        provoked["wrong content types"] += 1
        assert 400 <= response.status_code < 500, f"{sent!r} was accepted"


def _query(response: schemathesis.Response) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(str(response.request.url)).query, keep_blank_values=True)


def _properties(case: schemathesis.Case[Any]) -> set[str]:
    return {*contract().body_schema(case.operation.definition.raw["operationId"])["properties"]}
