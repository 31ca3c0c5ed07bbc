"""Hostile values, the places of the library that take text, and what must arrive when a value is given there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import quote

import attrs
from hypothesis import strategies as st

from contract_tests.support.methods import PLAIN, Method, find_method
from contract_tests.support.sample_arguments import choices, minimal
from contract_tests.support.samples import INDEX_ID, VIDEO
from twelvelabs_tasks.testing._document import contract

__all__ = ["HOSTILE", "PLACES", "Place", "Sent", "SentPart", "find_forgotten"]

INJECTED_PART = '\r\n--b\r\nContent-Disposition: form-data; name="index_id"\r\n\r\nother\r\n--b--\r\n'
FRAGMENTS = [
    "\r", "\n", "\r\n", "\r\n\r\n", "\r\nX-Evil: 1", "X-Evil: 1", INJECTED_PART, "--", "\x00", "\t", "\x0b", "\x0c",
    "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\ud800", "\udcff", "é", "映",
    "\U0001f600", '"', "'", "\\", '\\"', ";", "; ", '; name="index_id', '"; filename="x', "filename*=utf-8''x", ":",
    "=", "&", "+", ",", " ", "?", "#", "@", "/", "//", ".", "..", "../", "../..", "{task_id}", "%s", "<", "{", "[",
    "%", "%0d%0a", "%0D%0AX-Evil:%201", "%2e%2e%2f", "%2F", "%00", "%22", "%25", "a", "1", "name", "boundary=b",
    "http://x.test/", "data:text/html,", "x" * 5000, ".mp4", "index_id", "video_file", "Content-Type",
    "Content-Disposition", "Content-Length", "Transfer-Encoding",
]  # fmt: skip
HOSTILE = st.sampled_from(FRAGMENTS) | st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=4).map(
    "".join
)


@attrs.frozen
class SentPart:
    """A part of a form. One that is not a file has a name and its content only."""

    name: str
    content: bytes
    filename: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Sent:
    """All that a request says, but for the headers that every request has. The path is as it comes, escaped."""

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = attrs.field(factory=dict)
    form: Sequence[SentPart] = ()
    json: Any = None


Connect: TypeAlias = Callable[..., Any]
"""Makes a client with options."""


@attrs.frozen
class Place:
    """A place that takes text.

    Attributes:
        name: What is given there.
        send: Gives a value there.
        sent: What must arrive, if the value can be sent.
        takes: Whether a value can arrive as it is; all others are refused.
    """

    name: str
    send: Callable[[Connect, str], Any]
    sent: Callable[[str], Sent]
    takes: Callable[[str], bool]


def is_unicode(value: str) -> bool:
    return not re.search("[\ud800-\udfff]", value)


def is_identifier(value: str) -> bool:
    return is_unicode(value) and value not in ("", ".", "..")


def is_name(value: str) -> bool:
    return is_unicode(value) and not re.search(r"[\x00-\x1f\x7f]", value)


def is_token_but(*reserved: str) -> Callable[[str], bool]:
    return lambda value: bool(re.fullmatch(r"[!#$%&'*+.^_`|~\w-]+", value, re.ASCII)) and value.lower() not in reserved


def is_header_value(value: str) -> bool:
    return bool(re.fullmatch(r"([!-~]([\t -~]*[!-~])?)?", value))


def escape(name: str) -> str:
    """Return a name as a parser of forms reads it, which cannot distinguish `"` from `%22`, as browsers send it."""
    return name.replace("%22", '"')


def expect_sent(method: Method, place: str = "body", **values: Any) -> Sent:
    """Return what arrives of a call without a form, with other values in one place."""
    operation = method.operation
    given = minimal(operation.id)[0]
    if values:
        given[place] = {**(given[place] or {}), **values}
    path = operation.path.format(**{name: quote(value, safe="") for name, value in given["path"].items()})
    return Sent(operation.method, path, list(given["query"].items()) or (), json=given["body"])


INDEX = SentPart("index_id", INDEX_ID.encode())
FILE = SentPart("video_file", VIDEO, "a.mp4", "video/mp4")
RETRIEVE = find_method("tasks.retrieve")
GET = expect_sent(RETRIEVE)
CREATE = Sent("POST", "/tasks", form=(INDEX, FILE))
HAS_FORM = "multipart/form-data"


def get(client: Any, **options: Any) -> Any:
    return RETRIEVE.call(client, request_options=options)


def upload(client: Any, file: Any = ("a.mp4", VIDEO), index_id: str = INDEX_ID, **arguments: Any) -> Any:
    return client.tasks.create(index_id=index_id, video_file=file, **arguments)


def form(*parts: SentPart) -> Sent:
    return attrs.evolve(CREATE, form=parts)


def with_fields(name: str, value: str) -> Sent:
    """Return what arrives with one more field, which replaces one of the same name."""
    return form(*(part for part in CREATE.form if part.name != name), SentPart(escape(name), value.encode()))


def with_filename(value: str) -> Sent:
    content_type = guess_type("a" + PurePosixPath(value).suffix)[0] or "application/octet-stream"
    return form(INDEX, attrs.evolve(FILE, filename=escape(value) or "upload", content_type=content_type))


def with_part_header(name: str, value: str) -> Sent:
    if name.lower() == "content-type":
        return form(INDEX, attrs.evolve(FILE, content_type=value))
    return form(INDEX, attrs.evolve(FILE, headers={name.lower(): value}))


def bodies(method: Method) -> Mapping[str, Any]:
    """Return the schemas of bodies by their media types."""
    content: Mapping[str, Any] = method.operation.node.get("requestBody", {}).get("content", {})
    return content


def place(method: Method, where: str, name: str, schema: Mapping[str, Any]) -> Place:
    """Return the place of a parameter, or of a property of a JSON body."""
    is_object = schema["type"] == "object"
    is_required = name.replace("-", "_") in method.arguments

    def wrap(value: str) -> Any:
        return {value: value} if is_object else value

    def takes(value: str) -> bool:
        return is_identifier(value) if where == "path" else is_unicode(value) and (value != "" or not is_required)

    return Place(
        f"{method.name}: {name}",
        lambda connect, value: method.call(connect(), **{name.replace("-", "_"): wrap(value)}),
        lambda value: expect_sent(method, where, **{name: wrap(value)}),
        takes,
    )


def places(where: str) -> Iterator[Place]:
    """Yield all places for text in paths, queries or JSON bodies, as the contract has them."""
    for method in PLAIN:
        if HAS_FORM in bodies(method):
            continue  # Forms are below.
        if where == "body":
            known = contract().body_schema(method.operation.id)["properties"] if bodies(method) else {}
        else:
            known = {name: node["schema"] for name, node in method.operation.parameters_in(where).items()}
        for name, node in known.items():
            schema = contract().resolve(node)
            if schema["type"] in ("string", "array", "object"):
                yield place(method, where, name, schema)


def in_json_body(method: Method) -> Place:
    """Return the place of further properties of a JSON body."""
    return Place(
        f"{method.name}: additional_body_parameters",
        lambda connect, value: method.call(connect(), request_options={"additional_body_parameters": {value: value}}),
        lambda value: expect_sent(method, **{value: value}),
        is_name,
    )


def optional_text(name: str) -> Place:
    """Return the place of an optional text of the form."""
    return Place(
        f"tasks.create: {name}", lambda connect, value: upload(connect(), **{name: value}),
        lambda value: form(*CREATE.form, SentPart(name, value.encode())), is_unicode,
    )  # fmt: skip


def texts(method: Method) -> list[str]:
    """Return the names of the texts of a form."""
    properties = contract().properties(bodies(method)[HAS_FORM]["schema"])
    return [name for name, node in properties.items() if node["type"] == "string" and node.get("format") != "binary"]


PLACES: Mapping[str, Sequence[Place]] = {
    "paths": [*places("path")],
    "queries": [
        *places("query"),
        Place(
            "additional_query_parameters: value", lambda c, v: get(c(), additional_query_parameters={"more": v}),
            lambda v: attrs.evolve(GET, query=[("more", v)]), is_unicode,
        ),
        Place(
            "additional_query_parameters: name", lambda c, v: get(c(), additional_query_parameters={v: "more"}),
            lambda v: attrs.evolve(GET, query=[(v, "more")]), is_unicode,
        ),
    ],
    "headers": [
        Place(
            "additional_headers: value", lambda c, v: get(c(), additional_headers={"X-More": v}),
            lambda v: attrs.evolve(GET, headers={"x-more": v}), is_header_value,
        ),
        Place(
            "additional_headers: name", lambda c, v: get(c(), additional_headers={v: "more"}),
            lambda v: attrs.evolve(GET, headers={v.lower(): "more"}),
            is_token_but("content-length", "transfer-encoding"),
        ),
        Place(
            "headers: value", lambda c, v: get(c(headers={"X-More": v})),
            lambda v: attrs.evolve(GET, headers={"x-more": v}), is_header_value,
        ),
        Place(
            "headers: name", lambda c, v: get(c(headers={v: "more"})),
            lambda v: attrs.evolve(GET, headers={v.lower(): "more"}),
            is_token_but("content-length", "transfer-encoding"),
        ),
    ],
    "forms": [
        Place(
            "tasks.create: index_id", lambda c, v: upload(c(), index_id=v),
            lambda v: form(SentPart("index_id", v.encode()), FILE), lambda v: is_unicode(v) and v != "",
        ),
        Place(
            "tasks.create: video_url", lambda c, v: c().tasks.create(index_id=INDEX_ID, video_url=v),
            lambda v: form(INDEX, SentPart("video_url", v.encode())), is_unicode,
        ),
        *(optional_text(name) for name in choices("create_task")[0][1] if name in texts(find_method("tasks.create"))),
        Place(
            "tasks.create: user_metadata, a mapping", lambda c, v: upload(c(), user_metadata={v: v}),
            lambda v: form(*CREATE.form, SentPart("user_metadata", json.dumps({v: v}).encode())),
            lambda v: True,  # JSON has escapes for what is not Unicode
        ),
        Place("the filename of a file", lambda c, v: upload(c(), (v, VIDEO)), with_filename, is_name),
        Place(
            "the content type of a file", lambda c, v: upload(c(), ("a.mp4", VIDEO, v)),
            lambda v: with_part_header("content-type", v), is_header_value,
        ),
        Place(
            "a header of a file: value", lambda c, v: upload(c(), ("a.mp4", VIDEO, None, {"X-More": v})),
            lambda v: with_part_header("X-More", v), is_header_value,
        ),
        Place(
            "a header of a file: name", lambda c, v: upload(c(), ("a.mp4", VIDEO, None, {v: "more"})),
            lambda v: with_part_header(v, "more"),
            is_token_but("content-disposition", "content-length", "content-transfer-encoding", "transfer-encoding"),
        ),
        Place(
            "additional_body_parameters: value",
            lambda c, v: upload(c(), request_options={"additional_body_parameters": {"more": v}}),
            lambda v: with_fields("more", v), is_unicode,
        ),
        Place(
            "additional_body_parameters: name",
            lambda c, v: upload(c(), request_options={"additional_body_parameters": {v: "more"}}),
            lambda v: with_fields(v, "more"), lambda v: is_name(v) and v != "video_file",  # which is the file
        ),
    ],
    "JSON bodies": [
        *places("body"),
        *(in_json_body(method) for method in PLAIN if "application/json" in bodies(method)),
    ],
}  # fmt: skip


def find_forgotten() -> list[str]:
    """Return the texts of forms that have no place above."""
    wanted = [f"{method.name}: {name}" for method in PLAIN if HAS_FORM in bodies(method) for name in texts(method)]
    return [name for name in wanted if name not in {place.name for place in PLACES["forms"]}]
