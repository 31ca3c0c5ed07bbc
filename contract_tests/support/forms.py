"""Multipart forms, as an independent parser reads them."""

from __future__ import annotations

import attrs
import httpx
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

__all__ = ["Part", "all_parts_of", "parts_of"]


@attrs.define
class Part:
    """A part of a form.

    Attributes:
        name: Its name.
        filename: Its filename, `None` if it is not a file.
        headers: Its headers.
        content: Its bytes.
    """

    name: str
    filename: str | None
    headers: Headers
    content: bytes = b""

    @property
    def content_type(self) -> str | None:
        """The media type of the part."""
        return self.headers.get("content-type")


def all_parts_of(request: httpx.Request) -> list[Part]:
    """Return the parts of a form in their order; fail if it is not a well-formed one."""
    media_type, options = parse_options_header(request.headers["content-type"])
    assert media_type == "multipart/form-data", media_type
    decoder = MultipartDecoder(options["boundary"].encode("ascii"))
    decoder.receive_data(request.read())
    decoder.receive_data(None)
    parts: list[Part] = []
    while not isinstance(event := decoder.next_event(), Epilogue):
        assert not isinstance(event, NeedData), "the form has no end"
        if isinstance(event, Field):
            parts.append(Part(event.name, None, event.headers))
        elif isinstance(event, File):
            parts.append(Part(event.name, event.filename, event.headers))
        elif isinstance(event, Data):
            parts[-1].content += event.data
    return parts


def parts_of(request: httpx.Request) -> dict[str, Part]:
    """Return the parts of a form by name; fail if one is there twice."""
    parts = all_parts_of(request)
    found = {part.name: part for part in parts}
    assert len(found) == len(parts), f"parts are repeated: {[part.name for part in parts]}"
    return found
