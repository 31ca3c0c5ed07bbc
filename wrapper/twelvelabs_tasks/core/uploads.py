"""The body of an upload: a form whose file is streamed, with progress, and can be sent again from its start."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from typing import IO, TypeAlias

import httpx

from twelvelabs_tasks_api.types import File as Part

from .files import VideoFile

__all__ = ["OnProgress", "Upload"]

OnProgress: TypeAlias = Callable[[int, int | None], object]
"""Called with the bytes of the file sent so far and with all of them, or `None` if their number cannot be known."""

PIECE = 256 * 1024  # bytes read and sent at once; httpx's own 64 KiB cost a third of the throughput


class Upload:
    """A file on its way into a request.

    The form is written by httpx, with a placeholder where the file belongs, and cut in two there: so the escaping of
    names and the boundary are httpx's, while the file itself is streamed from here.
    """

    def __init__(self, video: VideoFile, stream: IO[bytes], on_progress: OnProgress | None = None) -> None:
        self._stream = stream
        self._on_progress = on_progress
        self._placeholder = secrets.token_hex(32).encode()
        self.part = Part(self._placeholder, video.name, video.content_type, video.headers)
        self._start = stream.tell() if stream.seekable() else None
        self.size = self._measure()
        if self.size == 0:
            raise ValueError(f"video_file is empty: {video.name!r}")

    @property
    def can_repeat(self) -> bool:
        """Whether the file can be sent again from its start."""
        return self._start is not None

    def attach(self, request: httpx.Request) -> httpx.Request:
        """Return the request, whose form holds the placeholder, with the file in its place."""
        head, tail = request.read().split(self._placeholder)
        headers = request.headers.copy()
        if self.size is None:
            del headers["Content-Length"]
            headers["Transfer-Encoding"] = "chunked"
        else:
            headers["Content-Length"] = str(len(head) + self.size + len(tail))
        body = _Body(self, head, tail)
        return httpx.Request(request.method, request.url, headers=headers, extensions=request.extensions, stream=body)

    def read(self) -> bytes:
        """Return the next piece of the file, empty at its end."""
        return self._stream.read(PIECE)

    def rewind(self) -> None:
        """Go to the start of the file, if it has one to go to."""
        if self._start is not None:
            self._stream.seek(self._start)
        self.report(0)

    def report(self, sent: int) -> None:
        """Tell the caller how much of the file has been sent."""
        if self._on_progress is not None:
            self._on_progress(sent, self.size)

    def _measure(self) -> int | None:
        """Return how many bytes there are from the start to the end of the file, `None` if it cannot be rewound."""
        if self._start is None:
            return None
        size = self._stream.seek(0, os.SEEK_END) - self._start
        self._stream.seek(self._start)
        return max(size, 0)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of the form, for a sync and for an async client."""

    def __init__(self, upload: Upload, head: bytes, tail: bytes) -> None:
        self._upload = upload
        self._head = head
        self._tail = tail

    def __iter__(self) -> Iterator[bytes]:
        self._upload.rewind()
        yield self._head
        sent = 0
        while piece := self._upload.read():
            yield piece
            sent += len(piece)
            self._upload.report(sent)
        yield self._tail

    async def __aiter__(self) -> AsyncIterator[bytes]:
        from anyio import to_thread  # only async clients need it, and httpx has it

        self._upload.rewind()
        yield self._head
        sent = 0
        while piece := await to_thread.run_sync(self._upload.read):
            yield piece
            sent += len(piece)
            self._upload.report(sent)
        yield self._tail
