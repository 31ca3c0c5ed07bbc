"""Reads the bodies of responses: decoded as they come, and no further than up to a limit.

httpx decodes whatever codings a response names, however deep, before anyone can see how long the result is. Here only
one coding is accepted, and it is decoded no further than the limit.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ._calls import response_error

__all__ = ["ACCEPT_ENCODING", "check_length", "limit_body"]

ACCEPT_ENCODING = "gzip, deflate"
CODINGS = frozenset({"gzip", "x-gzip", "deflate"})
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # tells zlib to find out which of the two it is
BARE = -zlib.MAX_WBITS  # what some servers call deflate: zlib without its head and its end


def limit_body(response: httpx.Response, limit: int, *, cuts_refusals: bool = True) -> None:
    """Have the body of a response that has not been read yet decoded here, and end in an error beyond the limit.

    Args:
        response: The response.
        limit: The maximum length of its body, in bytes.
        cuts_refusals: Whether the body of a refusal, whose status says it all, is cut off instead, wherever it cannot
            be read any further.
    """
    body = _LimitedBody(response, limit, may_be_cut=cuts_refusals and response.status_code >= 400)
    if body.coding:
        del response.headers["Content-Encoding"]  # so that httpx does not decode what is decoded
    response.stream = body


def check_length(response: httpx.Response, limit: int) -> None:
    """Raise ResponseError if the body of a response that somebody else has read is over the limit."""
    if len(response.content) > limit and response.status_code < 400:
        raise _unreadable_error(response, f"longer than {limit:,} bytes")


def _unreadable_error(response: httpx.Response, why: str) -> errors.ResponseError:
    return response_error(f"Invalid response ({response.status_code}): the body is {why}", response)


class _LimitedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a response, for a sync and for an async client."""

    def __init__(self, response: httpx.Response, limit: int, *, may_be_cut: bool) -> None:
        self._response = response
        self._stream = response.stream
        self._limit = limit
        self._length = 0  # of what was decoded
        self._encoded_length = 0
        self._start = b""  # of what is encoded, until there is enough of it to see how
        self._decoder: zlib._Decompress | None = None
        self._may_be_cut = may_be_cut
        self.coding = response.headers.get("Content-Encoding", "").strip().lower()
        if self.coding == "identity":
            self.coding = ""

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)
        try:
            for piece in self._stream:
                yield self._decode(piece)
            self._check_end()
        except (errors.ResponseError, httpx.TransportError):
            if not self._may_be_cut:
                raise

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        pieces = aiter(self._stream)
        try:
            async for piece in pieces:
                yield self._decode(piece)
            self._check_end()
        except (errors.ResponseError, httpx.TransportError):
            await self._finish(pieces)
            if not self._may_be_cut:
                raise

    async def _finish(self, pieces: AsyncIterator[bytes]) -> None:
        """Close the stream and let its iteration end: trio warns of the async generators in it that nobody ends."""
        await self.aclose()
        with suppress(httpx.TransportError):
            async for _ in pieces:
                pass

    def _decode(self, piece: bytes) -> bytes:
        """Return a piece of the body, decoded; raise ResponseError where it goes on beyond the limit."""
        if self.coding:
            piece = self._decompress(piece)
        self._length += len(piece)
        if self._length > self._limit:
            raise self._too_long_error()
        return piece

    def _decompress(self, piece: bytes) -> bytes:
        self._encoded_length += len(piece)
        if self._encoded_length > 2 * self._limit + 1024:  # No body takes so much; it may be encoded to be nothing.
            raise self._too_long_error()
        if self._decoder is None:
            self._start += piece
            if len(self._start) < 2:
                return b""
            piece, self._decoder = self._start, self._decoder_for(self._start)
        try:
            decoded = self._decoder.decompress(piece, self._limit - self._length + 1)
        except zlib.error as error:
            raise _unreadable_error(self._response, f"not {self.coding}, as it says: {error}") from error
        if self._decoder.unused_data:  # All that follows would be kept there.
            raise _unreadable_error(self._response, f"{self.coding} with something after its end")
        return decoded

    def _decoder_for(self, start: bytes) -> zlib._Decompress:
        if self.coding not in CODINGS:
            raise _unreadable_error(self._response, f"encoded in a way that was not requested: {self.coding:.100}")
        is_zlib = start[0] & 15 == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0  # as RFC 1950 has it
        return zlib.decompressobj(GZIP_OR_ZLIB if is_zlib or self.coding != "deflate" else BARE)

    def _too_long_error(self) -> errors.ResponseError:
        return _unreadable_error(self._response, f"longer than {self._limit:,} bytes")

    def _check_end(self) -> None:
        is_whole = not self._start if self._decoder is None else self._decoder.eof
        if not is_whole:
            raise _unreadable_error(self._response, f"{self.coding} without an end")

    def close(self) -> None:
        assert isinstance(self._stream, httpx.SyncByteStream)
        self._stream.close()

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        await self._stream.aclose()
