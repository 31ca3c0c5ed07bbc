"""The body of an upload: a form whose file is streamed, with progress, and can be sent again from its start."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from inspect import isawaitable
from typing import IO, TypeAlias

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import File as Part

from ._files import SourceFile, check_video, too_large_error

__all__ = ["OnProgress", "OpenFile", "Upload"]

OnProgress: TypeAlias = Callable[[int, int | None], object]
"""Called with the bytes of the file sent so far and with all of them, or `None` if their number cannot be known."""

PIECE = 512 * 1024  # bytes read and sent at once; httpx's own 64 KiB take half as much CPU again, twice as much async


class OpenFile:
    """The file of a call, open for all attempts to send it.

    Args:
        file: The file.
        max_bytes: Its maximum size.
        on_progress: Called with how much of it was sent.
    """

    def __init__(self, file: SourceFile, *, max_bytes: int, on_progress: OnProgress | None) -> None:
        self._file = file
        self._max_bytes = max_bytes
        self._on_progress = on_progress
        self._stack = ExitStack()

    def open(self, *, preflight: bool) -> Upload:
        """Open it; raise before anything is sent what is wrong with it."""
        stream = self._stack.enter_context(self._file.open())
        upload = Upload(self._file, stream, max_bytes=self._max_bytes, on_progress=self._on_progress)
        if preflight:
            check_video(stream, start_of(stream))
        upload.read_ahead()
        return upload

    def close(self) -> None:
        """Close it, unless it is the caller's."""
        self._stack.close()


class Upload:
    """A file on its way into a request.

    The form is written by httpx, with a placeholder where the file belongs, and cut in two there: so the escaping of
    names and the boundary are httpx's, while the file itself is streamed from here.

    Attributes:
        size: How many bytes the file has; `None` if that cannot be known.
        sent: How many of them have been handed to the network.
        may_have_created: Whether the platform may have acted on it: the whole form was, or it says so.
        failure: What the file or the caller's callback raised while it was sent; it is not a failure of the network.
    """

    def __init__(
        self, file: SourceFile, stream: IO[bytes], *, max_bytes: int, on_progress: OnProgress | None = None
    ) -> None:
        self._file = file
        self._stream = stream
        self._max_bytes = max_bytes
        self._on_progress = on_progress
        self._placeholder = os.urandom(32).hex().encode()
        self.part = Part(file.name, self._placeholder, file.content_type, file.headers)
        self._start = start_of(stream)
        self.size = self._measure()
        self.sent = 0
        self.may_have_created = False
        self.failure: BaseException | None = None
        self.may_stall = file.may_stall()
        self._read = 0
        self._first_piece: bytes | None = None  # of a stream that cannot be rewound
        self._is_begun = False

    @property
    def can_retry(self) -> bool:
        """Whether the file can be sent again from its start."""
        return self._start is not None

    @property
    def parameter(self) -> str:
        """The parameter that the file was given as."""
        return self._file.parameter

    @property
    def progress(self) -> str:
        """How far the file got, in words."""
        of_all = "" if self.size is None else f" of {self.size:,}"
        return f"{self.sent:,}{of_all} bytes of the file were sent"

    def attach(self, request: httpx.Request) -> httpx.Request:
        """Return the request, whose form holds the placeholder, with the file in its place."""
        head, tail = request.read().split(self._placeholder)
        headers = request.headers.copy()
        if self.size is None:
            del headers["Content-Length"]
            headers["Transfer-Encoding"] = "chunked"
        else:
            headers["Content-Length"] = str(len(head) + self.size + len(tail))
        body = _FormBody(self, head, tail)
        return httpx.Request(request.method, request.url, headers=headers, extensions=request.extensions, stream=body)

    def read_ahead(self) -> None:
        """Read the first piece where only that shows whether a stream is empty, or is not binary.

        Raises:
            ValueError: It is empty.
            TypeError: It is not binary.
        """
        if self._start is None:
            self._first_piece = self._read_piece()
            if not self._first_piece:
                raise ValueError(f"{self._file.parameter} is empty: {self._file.name!r}")
        elif not isinstance(self._stream, (io.BufferedIOBase, io.RawIOBase)):
            self._read_piece()

    def begin(self) -> None:
        """Go to the start of the file, if it has one to go to."""
        with self._remember_failure():
            if self._start is not None:
                self._stream.seek(self._start)
            elif self._is_begun:
                raise OSError(f"{self._file.name!r} cannot be sent again, because it cannot be rewound")
            self._is_begun = True
            self._read = self.sent = 0
            self.may_have_created = False

    def read(self) -> bytes:
        """Return the next piece of the file, empty at its end.

        Raises:
            OSError: The file cannot be read, or has changed its length since the upload began.
            errors.VideoFilesizeTooLargeError: It turns out to be too large.
        """
        with self._remember_failure():
            piece, self._first_piece = self._first_piece or self._read_piece(), None
            self._read += len(piece)
            if self.size is None:
                if self._read > self._max_bytes:
                    raise too_large_error(self._read, self._max_bytes)
            elif self._read > self.size or (not piece and self._read < self.size):
                raise OSError(f"{self._file.name!r} changed while it was sent: it had {self.size:,} bytes")
            return piece

    def _read_piece(self) -> bytes:
        piece = self._stream.read(PIECE)
        if not isinstance(piece, bytes):
            raise self._file.not_binary_error(piece)
        return piece

    def report(self, more: int) -> object:
        """Note that so many more bytes were handed over, and call the caller's callback; return what it returns."""
        self.sent += more
        if self._on_progress is None:
            return None
        with self._remember_failure():
            return self._on_progress(self.sent, self.size)

    async def report_async(self, more: int) -> None:
        """Do as `report` does, and await what the callback returns."""
        returned = self.report(more)
        if isawaitable(returned):
            await self._await_callback(returned)

    async def _await_callback(self, returned: Awaitable[object]) -> None:
        with self._remember_failure():
            await returned

    @contextmanager
    def _remember_failure(self) -> Iterator[None]:
        """Remember what the file or the callback raises, which may look like an error of the network."""
        try:
            yield
        except BaseException as error:
            self.failure = error
            raise

    def _measure(self) -> int | None:
        """Return how many bytes there are from the start to the end of the file, `None` if it cannot be rewound.

        Raises:
            ValueError: The file is empty.
            errors.VideoFilesizeTooLargeError: It is too large.
        """
        if self._start is None:
            return None
        size = self._stream.seek(0, os.SEEK_END) - self._start
        self._stream.seek(self._start)
        if size <= 0:
            raise ValueError(f"{self._file.parameter} is empty: {self._file.name!r}")
        if size > self._max_bytes:
            raise too_large_error(size, self._max_bytes)
        return size


def start_of(stream: IO[bytes]) -> int | None:
    """Return where a file stands, `None` if it cannot be rewound to there."""
    seekable = getattr(stream, "seekable", None)
    return stream.tell() if seekable is not None and seekable() else None


class _FormBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of the form, for a sync and for an async client."""

    def __init__(self, upload: Upload, head: bytes, tail: bytes) -> None:
        self._upload = upload
        self._head = head
        self._tail = tail
        self._pieces: AsyncGenerator[bytes, None] | None = None

    def __iter__(self) -> Iterator[bytes]:
        upload = self._upload
        upload.begin()
        upload.report(0)
        yield self._head
        while piece := upload.read():
            yield piece
            upload.report(len(piece))
        upload.may_have_created = True
        yield self._tail

    def __aiter__(self) -> AsyncIterator[bytes]:
        self._pieces = self._async_pieces()
        return self._pieces

    async def aclose(self) -> None:
        """End an iteration that was left in the middle, since trio warns of async generators that nobody closes.

        A transport that sends in a task of its own may still be at it, and will end it itself.
        """
        if self._pieces is not None:
            with suppress(RuntimeError):  # it is running
                await self._pieces.aclose()

    async def _async_pieces(self) -> AsyncGenerator[bytes, None]:
        upload = self._upload
        from ._threads import run_in_daemon_thread, run_in_thread  # here, because only async clients need them

        read = run_in_daemon_thread if upload.may_stall else run_in_thread
        await run_in_thread(upload.begin)
        await upload.report_async(0)
        yield self._head
        while piece := await read(upload.read):
            yield piece
            await upload.report_async(len(piece))
        upload.may_have_created = True
        yield self._tail
