"""Validation of requests against the contract: one layer for all operations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from ..platform.files import Files
from ..responses import ApiError, parameter_invalid, parameter_not_provided, parameter_unknown
from .contract import Body, Operation, Parameter, Schema
from .formats import parse_json, parse_text
from .uploads import Form, receive_form

__all__ = ["read_form", "read_json", "read_path", "read_query"]

_MAX_JSON = 4 * 2**20
_MAX_PARAMETERS = 1000


def read_path(operation: Operation, values: Mapping[str, str]) -> dict[str, str]:
    """Check the parameters in the path, and return them.

    Raises:
        ApiError: A parameter is invalid.
    """
    for parameter in _parameters_in(operation, "path"):
        if not _is_valid(parameter.validator, values[parameter.name]):
            raise parameter_invalid(parameter.name)
    return dict(values)


def read_query(operation: Operation, query: bytes) -> dict[str, Any]:
    """Read and check the parameters in the query.

    Raises:
        ApiError: A parameter is unknown, missing or invalid.
    """
    given: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(
            query.decode("latin-1"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS
        ):
            given.setdefault(name, []).append(value)
    except ValueError as error:
        raise parameter_invalid("query") from error
    parameters = {parameter.name: parameter for parameter in _parameters_in(operation, "query")}
    for name in given:
        if name not in parameters:
            raise parameter_unknown(name)
    for name, parameter in parameters.items():
        if parameter.required and name not in given:
            raise parameter_not_provided(name)
    return {name: _read_parameter(parameters[name], values) for name, values in given.items()}


async def read_json(body: Body, content_type: str, pieces: AsyncIterator[bytes]) -> dict[str, Any]:
    """Read and check a JSON body.

    Raises:
        ApiError: The operation does not accept it.
    """
    if content_type.partition(";")[0].strip().lower() != body.media_type:
        raise parameter_invalid("Content-Type")
    data = bytearray()
    async for piece in pieces:
        data += piece
        if len(data) > _MAX_JSON:
            raise parameter_invalid("body")
    try:
        value = parse_json(bytes(data))
    except ValueError as error:
        raise parameter_invalid("body") from error
    _check_body(body, value)
    return dict(value)


async def read_form(
    body: Body, content_type: str, pieces: AsyncIterator[bytes], files: Files, max_bytes: int
) -> tuple[dict[str, Any], Form]:
    """Read and check a form.

    Returns:
        The values of its text fields, and the form, whose files the caller has to keep or discard.

    Raises:
        ApiError: The operation does not accept it. Nothing is left of its files.
    """
    properties: Mapping[str, Schema] = body.schema["properties"]
    binary = [name for name, schema in properties.items() if schema.get("format") == "binary"]
    form = await receive_form(content_type, pieces, known=properties, binary=binary, files=files, max_bytes=max_bytes)
    try:
        values = {}
        for name, text in form.texts.items():
            try:
                values[name] = parse_text(text, properties[name])
            except ValueError as error:
                raise parameter_invalid(name) from error
        # The contract only demands that a file is there; its bytes are not text.
        _check_body(body, values | dict.fromkeys(form.files, ""))
    except BaseException:
        form.discard()
        raise
    return values, form


def _parameters_in(operation: Operation, location: str) -> Iterable[Parameter]:
    return (parameter for parameter in operation.parameters if parameter.location == location)


def _read_parameter(parameter: Parameter, texts: list[str]) -> Any:
    schema = parameter.schema["items"] if parameter.repeated else parameter.schema
    try:
        values = [parse_text(text, schema) for text in texts]
    except ValueError as error:
        raise parameter_invalid(parameter.name) from error
    if len(values) > 1 and not parameter.repeated:
        raise parameter_invalid(parameter.name)
    value = values if parameter.repeated else values[0]
    if not _is_valid(parameter.validator, value):
        raise parameter_invalid(parameter.name)
    return value


def _is_valid(validator: jsonschema_rs.Draft202012Validator, value: Any) -> bool:
    try:
        return validator.is_valid(value)
    except ValueError:
        return False  # The value holds invalid Unicode, such as half of a surrogate pair.


def _check_body(body: Body, value: Any) -> None:
    """Reject an invalid body: for an unknown property first, and for a missing one second."""
    if not isinstance(value, dict):
        raise parameter_invalid("body")
    errors = [_translate(error, body) for error in body.validator.iter_errors(value)]
    if errors:
        raise min(errors, key=lambda each: each[0])[1]
    for name, validator in body.texts.items():
        if name in value and not _is_valid(validator, parse_json(value[name])):
            raise parameter_invalid(name)


def _translate(error: jsonschema_rs.ValidationError, body: Body) -> tuple[int, ApiError]:
    """Return the error to respond with, and its rank: the lowest one is named."""
    kind = error.kind
    if error.instance_path:
        return 2, parameter_invalid(str(error.instance_path[0]))
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        return 0, parameter_unknown(kind.unexpected[0])
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        return 1, parameter_not_provided(kind.property)
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.OneOfNotValid):
        # One of several has to be there, and none of them is.
        missing = next(each.kind for branch in kind.context for each in branch)
        if isinstance(missing, jsonschema_rs.ValidationErrorKind.Required):
            return 1, parameter_not_provided(missing.property)
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.OneOfMultipleValid):
        branches: Any = body.schema
        for key in error.schema_path:
            branches = branches[key]
        return 2, parameter_invalid(branches[-1]["required"][0])
    return 2, parameter_invalid("body")
