"""Hostile values, the places of the library that take text, and what must arrive when a value is given there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import quote

from hypothesis import strategies as st

from contract_tests.support.samples import INDEX_ID, INTEGRATION_ID, TASK_ID, VIDEO

__all__ = ["HOSTILE", "PLACES", "Part", "Place", "Sent"]

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


@dataclass(frozen=True)
class Part:
    """A part of a form. One that is no file has a name and its content only."""

    name: str
    content: bytes
    filename: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """All that a request says, but for the headers that every request has. The path is as it comes, escaped."""

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Sequence[Part] = ()
    json: Any = None


Connect: TypeAlias = Callable[..., Any]
"""Makes a client with options."""


@dataclass(frozen=True)
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


def escaped(name: str) -> str:
    """Return a name as a parser of forms reads it: `"` is sent as `%22`, as browsers do, and cannot be told from it."""
    return name.replace("%22", '"')


INDEX = Part("index_id", INDEX_ID.encode())
FILE = Part("video_file", VIDEO, "a.mp4", "video/mp4")
GET = Sent("GET", f"/tasks/{TASK_ID}")
LIST = Sent("GET", "/tasks")
CREATE = Sent("POST", "/tasks", form=(INDEX, FILE))
IMPORT = Sent("POST", f"/tasks/transfers/import/{INTEGRATION_ID}", json={"index_id": INDEX_ID})


def get(client: Any, **options: Any) -> Any:
    return client.tasks.retrieve(TASK_ID, request_options=options)


def upload(client: Any, file: Any = ("a.mp4", VIDEO), index_id: str = INDEX_ID, **arguments: Any) -> Any:
    return client.tasks.create(index_id=index_id, video_file=file, **arguments)


def start_import(client: Any, index_id: str = INDEX_ID, **arguments: Any) -> Any:
    return client.tasks.transfers.create(INTEGRATION_ID, index_id=index_id, **arguments)


def form(*parts: Part) -> Sent:
    return replace(CREATE, form=parts)


def with_fields(name: str, value: str) -> Sent:
    """Return what arrives with one more field, which replaces one of the same name."""
    return form(*(part for part in CREATE.form if part.name != name), Part(escaped(name), value.encode()))


def with_filename(value: str) -> Sent:
    content_type = guess_type("a" + PurePosixPath(value).suffix)[0] or "application/octet-stream"
    return form(INDEX, replace(FILE, filename=escaped(value) or "upload", content_type=content_type))


def with_part_header(name: str, value: str) -> Sent:
    if name.lower() == "content-type":
        return form(INDEX, replace(FILE, content_type=value))
    return form(INDEX, replace(FILE, headers={name.lower(): value}))


def path(name: str, method: str, template: str, send: Callable[[Any, str], Any]) -> Place:
    return Place(
        name,
        lambda connect, value: send(connect(), value),
        lambda value: Sent(method, template.format(quote(value, safe=""))),
        is_identifier,
    )


def query(name: str) -> Place:
    return Place(
        f"list: {name}",
        lambda connect, value: connect().tasks.list(**{name: value}),
        lambda value: replace(LIST, query=[(name, value)]),
        is_unicode,
    )


PLACES: Mapping[str, Sequence[Place]] = {
    "paths": [
        path("retrieve: task_id", "GET", "/tasks/{}", lambda c, v: c.tasks.retrieve(v)),
        path("delete: task_id", "DELETE", "/tasks/{}", lambda c, v: c.tasks.delete(v)),
        path(
            "get_logs: integration_id", "GET", "/tasks/transfers/import/{}/logs",
            lambda c, v: c.tasks.transfers.get_logs(v),
        ),
        path("videos.delete: index_id", "DELETE", "/indexes/{}/videos/v", lambda c, v: c.indexes.videos.delete(v, "v")),
        path("videos.delete: video_id", "DELETE", "/indexes/i/videos/{}", lambda c, v: c.indexes.videos.delete("i", v)),
    ],
    "queries": [
        *map(query, ["index_id", "status", "filename", "created_at", "updated_at", "sort_by", "sort_option"]),
        Place(
            "additional_query_parameters: value", lambda c, v: get(c(), additional_query_parameters={"more": v}),
            lambda v: replace(GET, query=[("more", v)]), is_unicode,
        ),
        Place(
            "additional_query_parameters: name", lambda c, v: get(c(), additional_query_parameters={v: "more"}),
            lambda v: replace(GET, query=[(v, "more")]), is_unicode,
        ),
    ],
    "headers": [
        Place(
            "additional_headers: value", lambda c, v: get(c(), additional_headers={"X-More": v}),
            lambda v: replace(GET, headers={"x-more": v}), is_header_value,
        ),
        Place(
            "additional_headers: name", lambda c, v: get(c(), additional_headers={v: "more"}),
            lambda v: replace(GET, headers={v.lower(): "more"}), is_token_but("content-length", "transfer-encoding"),
        ),
        Place(
            "headers: value", lambda c, v: get(c(headers={"X-More": v})),
            lambda v: replace(GET, headers={"x-more": v}), is_header_value,
        ),
        Place(
            "headers: name", lambda c, v: get(c(headers={v: "more"})),
            lambda v: replace(GET, headers={v.lower(): "more"}), is_token_but("content-length", "transfer-encoding"),
        ),
    ],
    "forms": [
        Place(
            "create: index_id", lambda c, v: upload(c(), index_id=v),
            lambda v: form(Part("index_id", v.encode()), FILE), lambda v: is_unicode(v) and v != "",
        ),
        Place(
            "create: video_url", lambda c, v: c().tasks.create(index_id=INDEX_ID, video_url=v),
            lambda v: form(INDEX, Part("video_url", v.encode())), is_unicode,
        ),
        Place(
            "create: user_metadata", lambda c, v: upload(c(), user_metadata=v),
            lambda v: form(*CREATE.form, Part("user_metadata", v.encode())), is_unicode,
        ),
        Place(
            "create: user_metadata, a mapping", lambda c, v: upload(c(), user_metadata={v: v}),
            lambda v: form(*CREATE.form, Part("user_metadata", json.dumps({v: v}).encode())),
            lambda v: True,  # JSON has escapes for what is no Unicode
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
        Place(
            "transfers.create: index_id", lambda c, v: start_import(c(), v),
            lambda v: replace(IMPORT, json={"index_id": v}), lambda v: is_unicode(v) and v != "",
        ),
        Place(
            "transfers.create: user_metadata", lambda c, v: start_import(c(), user_metadata={v: v}),
            lambda v: replace(IMPORT, json={"index_id": INDEX_ID, "user_metadata": {v: v}}), is_unicode,
        ),
        Place(
            "transfers.create: additional_body_parameters",
            lambda c, v: start_import(c(), request_options={"additional_body_parameters": {v: v}}),
            lambda v: replace(IMPORT, json={"index_id": INDEX_ID, v: v}), is_name,
        ),
    ],
}  # fmt: skip
