"""Multipart bodies, read as they arrive: text stays in memory, files go to disk, and memory stays flat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING

import attrs
from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ..platform.files import Files, Incoming, ReceivedFile
from ..responses import parameter_invalid, parameter_unknown
from .filenames import find_filename

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

__all__ = ["Form", "receive_form"]

_MAX_TEXT = 2**20
_WRITE = 2**20


@attrs.frozen
class Form:
    """The fields of a form."""

    texts: dict[str, str]
    files: dict[str, ReceivedFile]

    def discard(self) -> None:
        """Remove the files."""
        for file in self.files.values():
            file.discard()


async def receive_form(
    content_type: str,
    body: AsyncIterator[bytes],
    *,
    known: Collection[str],
    binary: Collection[str],
    files: Files,
    max_bytes: int,
) -> Form:
    """Read a multipart body.

    Args:
        content_type: The header `Content-Type`.
        body: The body in pieces.
        known: The names of all fields that may occur.
        binary: The names of the fields that are files.
        files: The folders to put files in.
        max_bytes: The maximum size of a file, in bytes; nothing of a larger file is kept.

    Returns:
        The form. Its files are durable; the caller has to keep or discard them.

    Raises:
        ApiError: The body is not a form, or it has an unknown field, or a field twice. Nothing is left of it.
        Exception: Whatever ends the body early. Nothing is left of it.
    """
    media_type, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if media_type != b"multipart/form-data" or not boundary:
        raise parameter_invalid("Content-Type")
    reader = _Reader(known, binary, files, max_bytes)
    try:
        try:
            parser = MultipartParser(boundary, reader.callbacks)
            async for piece in body:
                parser.write(piece)
                if len(reader.pending) >= _WRITE:
                    await to_thread.run_sync(reader.flush)
            parser.finalize()
        except (FormParserError, UnicodeError, ValueError) as error:
            raise parameter_invalid("body") from error
        if not reader.ended:
            raise parameter_invalid("body")
        return await to_thread.run_sync(reader.finish)
    except BaseException:
        reader.discard()
        raise


class _Reader:
    """Receives what the parser finds."""

    def __init__(self, known: Collection[str], binary: Collection[str], files: Files, max_bytes: int) -> None:
        self._known = known
        self._binary = binary
        self._files = files
        self._max_bytes = max_bytes
        self._texts: dict[str, bytearray] = {}
        self._received: dict[str, Incoming] = {}
        self._name = ""
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._incoming: Incoming | None = None
        self.pending = bytearray()
        self.ended = False
        self.callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._take,
            "on_part_end": self._close,
            "on_end": self._end,
        }

    def flush(self) -> None:
        """Write the part of the present file that is in memory."""
        if self._incoming and self.pending:
            self._incoming.write(self.pending)
            self.pending = bytearray()

    def finish(self) -> Form:
        """Make the files durable, and return the form.

        Raises:
            ApiError: A string is not UTF-8.
        """
        texts = {}
        for name, data in self._texts.items():
            try:
                texts[name] = data.decode()
            except UnicodeDecodeError as error:
                raise parameter_invalid(name) from error
        return Form(texts, {name: incoming.finish() for name, incoming in self._received.items()})

    def discard(self) -> None:
        """Remove the files."""
        for incoming in self._received.values():
            incoming.discard()

    def _begin(self) -> None:
        self._header = (bytearray(), bytearray())
        self._disposition = b""

    def _end_header(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            self._disposition = bytes(value)
        self._header = (bytearray(), bytearray())

    def _open(self) -> None:
        kind, options = parse_options_header(self._disposition)
        if kind != b"form-data" or b"name" not in options:
            raise parameter_invalid("body")
        self._name = options[b"name"].decode()
        if self._name not in self._known:
            raise parameter_unknown(self._name)
        if self._name in self._texts or self._name in self._received:
            raise parameter_invalid(self._name)
        if self._name in self._binary:
            given = find_filename(self._disposition)
            filename = (options.get(b"filename", b"") if given is None else given).decode("utf-8", "replace")
            filename = filename or self._name
            self._incoming = self._received[self._name] = self._files.receive(filename, self._max_bytes)
        else:
            self._texts[self._name] = bytearray()

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._incoming:
            self.pending += memoryview(data)[start:end]
            return
        text = self._texts[self._name]
        text += data[start:end]
        if len(text) > _MAX_TEXT:
            raise parameter_invalid(self._name)

    def _close(self) -> None:
        self.flush()
        self._incoming = None

    def _end(self) -> None:
        self.ended = True
