"""The docstrings of the plain methods, all words of which come from the contract."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import safe_for_docstring

__all__ = ["Parameter", "Words", "docstring", "fill_docstring"]

WIDTH = 112
ERRORS = {
    "400": "BadRequestError",
    "401": "UnauthorizedError",
    "403": "ForbiddenError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "410": "GoneError",
    "413": "ContentTooLargeError",
    "422": "UnprocessableEntityError",
    "429": "TooManyRequestsError",
    "500": "InternalServerError",
    "502": "BadGatewayError",
    "503": "ServiceUnavailableError",
    "504": "GatewayTimeoutError",
}
"""The class that the library raises for a status. A test compares it with the library."""


@frozen
class Parameter:
    """What is said of a parameter."""

    name: str
    description: str
    schema: Mapping[str, Any]
    example: Any
    is_in_path: bool
    required: bool
    refuses_empty: bool

    def text(self) -> str:
        """Return its entry: the description, the values it may have, and its default."""
        return " ".join(each for each in (_sentence(self.description), *self._facts()) if each)

    def _facts(self) -> Iterator[str]:
        schema = self.schema.get("items", self.schema)
        if values := schema.get("enum"):
            yield f"One of {', '.join(f'`{json.dumps(each)}`' for each in values)}."
        low, high = self.schema.get("minimum"), self.schema.get("maximum")
        if low is not None and high is not None:
            yield f"From {low} to {high}."
        elif high is not None:
            yield f"At most {high}."
        if "default" in self.schema:
            yield f"Default: {_literal(self.schema['default'])}."

    def as_example(self) -> str:
        """Return an example of it, as a call has it."""
        return _literal(self.example) if self.is_in_path else f"{self.name}={_literal(self.example)}"


@frozen
class Words:
    """What is said of a method."""

    summary: str
    description: str
    deprecation: str
    call: str
    parameters: list[Parameter]
    responses: Mapping[str, Any]
    is_list: bool
    has_result: bool
    is_idempotent: bool
    is_async: bool
    is_raw: bool


def fill_docstring(text: Any) -> str:
    """Return a text of the contract as the docstring of a class or of an attribute holds it, wrapped and escaped."""
    text = text.get_untrusted_value() if isinstance(text, UntrustedString) else str(text)
    wrapped = textwrap.indent(_fill(safe_for_docstring(text)), "    ").lstrip()
    return f"{wrapped} " if wrapped.endswith('"') else wrapped


def docstring(words: Words) -> str:
    """Return a docstring, not indented."""
    paragraphs = [
        _sentence(words.summary),
        *(_fill(each) for each in words.description.strip().split("\n\n") if each),
        _fill(f"Deprecated: {words.deprecation}") if words.deprecation else "",
        _section("Args", [(each.name, each.text()) for each in words.parameters] + [("request_options", OPTIONS)]),
        _section("Returns", [("", text) for text in _returns(words)]),
        _section("Raises", [*_raises(words)]),
        "Example:\n" + textwrap.indent(_example(words), "    "),
    ]
    return "\n\n".join(each for each in paragraphs if each)


OPTIONS = "Options for this request only. Default: those of the client."


def _returns(words: Words) -> Iterator[str]:
    described = next(
        (
            _sentence(response["description"])
            for status, response in sorted(words.responses.items())
            if status.startswith("2") and "content" in response
        ),
        "",
    )
    if words.is_list:
        described += (
            " Iterating over it yields the items of this page and of all that follow, fetched as they are reached."
        )
    if words.is_raw:
        yield (
            f"A `RawResponse`, whose `data` is: {described}" if words.has_result else "A `RawResponse` without `data`."
        )
    elif words.has_result:
        yield described


def _raises(words: Words) -> Iterator[tuple[str, str]]:
    in_path = [f"`{each.name}`" for each in words.parameters if each.is_in_path]
    others = [f"`{each.name}`" for each in words.parameters if each.refuses_empty and not each.is_in_path]
    if in_path or others:
        reasons = [f"{_any_of(in_path)} is empty or a dot segment"] if in_path else []
        reasons += [f"{_any_of(others)} is empty"] if others else []
        yield "ValueError", _sentence(", or ".join(reasons))
    for status, response in sorted(words.responses.items()):
        if status in ERRORS:
            codes = ", ".join(f"`{code}`" for code in _codes(response))
            yield f"errors.{ERRORS[status]}", f"{status} ({codes}): {_sentence(response['description'])}"
    yield "errors.ApiError", "Any other response that is an error."
    yield "errors.ResponseError", "The response is not what the contract says."
    missing = "There was no response" + (
        ", even after all retries." if words.is_idempotent else ". The request may have been carried out all the same."
    )
    yield "errors.ApiConnectionError", missing


def _codes(response: Mapping[str, Any]) -> Iterator[str]:
    for content in response.get("content", {}).values():
        examples = [each["value"] for each in content.get("examples", {}).values()]
        for each in [*examples, *([content["example"]] if "example" in content else [])]:
            yield each["code"]


def _example(words: Words) -> str:
    arguments = [each.as_example() for each in words.parameters if each.required]
    call = f"client.{words.call}({', '.join(arguments)})"
    if len(call) > WIDTH - len("    raw = await "):
        call = "\n".join([f"client.{words.call}(", *(f"    {each}," for each in arguments), ")"])
    awaited = f"await {call}" if words.is_async else call
    if words.is_raw:
        return f"raw = {awaited}\nprint(raw.status_code, raw.data)"
    if words.is_list:
        return f"{'async ' if words.is_async else ''}for item in {awaited}:\n    print(item)"
    return f"result = {awaited}\nprint(result)" if words.has_result else awaited


def _section(title: str, entries: list[tuple[str, str]]) -> str:
    if not entries:
        return ""
    lines = []
    for name, text in entries:
        further = "        " if name else "    "
        lines.append(_fill(f"{name}: {text}" if name else text, first="    ", further=further))
    return "\n".join([f"{title}:", *lines])


def _fill(text: str, *, first: str = "", further: str = "") -> str:
    words = " ".join(text.split())
    return textwrap.fill(
        words, WIDTH, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _any_of(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _literal(value: Any) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)
