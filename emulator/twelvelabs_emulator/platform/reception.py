"""How a video that is not uploaded comes in: from a URL, or from an integration."""

from __future__ import annotations

import posixpath
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import IO, Protocol
from urllib.parse import unquote, urlsplit

import anyio
import attrs
import httpx

from ..redaction import redact_url
from .files import Files, Incoming, ReceivedFile
from .integrations import escape_name
from .shortage import is_shortage

__all__ = ["PATIENCE", "Opener", "UnreachableError", "copy", "derive_filename", "fetch"]

_PIECE = 2**20
_DOWNLOAD_PIECE = 2**16
_TIMEOUT = httpx.Timeout(20.0, connect=5.0)
PATIENCE = 30.0
"""How long a download may take in addition to the time that its size allows, in seconds."""
_MIN_SPEED = 2**16
"""The minimum speed of a download, in bytes per second."""
_MAX_REDIRECTS = 20
_MAX_PORT = 2**16 - 1
_POLL = 0.1
# A few bytes that are decoded may fill the memory, and videos gain nothing from it.
_HEADERS = {"Accept-Encoding": "identity"}
_UNWANTED = "It is no longer wanted."


class UnreachableError(Exception):
    """A video cannot be fetched; the message says why."""


class Opener(Protocol):
    """Opens files by their paths."""

    def open(self, file: str) -> IO[bytes]:
        """Open a file for reading."""
        ...


def derive_filename(url: str) -> str:
    """Return the filename of a video from its URL: the end of its path, or the host if there is none."""
    parts = urlsplit(url)
    return unquote(posixpath.basename(parts.path.rstrip("/"))) or parts.hostname or "video"


def fetch(url: str, files: Files, filename: str, max_bytes: int, cancelled: threading.Event) -> ReceivedFile:
    """Fetch a video from its URL, by http or https, and follow redirects.

    It may take half a minute, and one second more for each 64 KiB that arrive.

    Args:
        url: The URL.
        files: The folders to put it in.
        filename: The name to give it.
        max_bytes: The maximum size, in bytes; nothing of a larger video is kept, and no more of it is fetched.
        cancelled: Set when the video is no longer wanted.

    Raises:
        UnreachableError: It cannot be fetched.
    """
    try:
        return anyio.run(_fetch, url, files, filename, max_bytes, cancelled)
    except TimeoutError as error:
        raise UnreachableError(f"Cannot fetch {redact_url(url)}: it takes too long.") from error
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError, OSError) as error:
        if is_shortage(error):
            raise
        raise UnreachableError(f"Cannot fetch {redact_url(url)}: {error}") from error


async def _fetch(url: str, files: Files, filename: str, max_bytes: int, cancelled: threading.Event) -> ReceivedFile:
    received: ReceivedFile | None = None
    failure: Exception | None = None
    async with anyio.create_task_group() as group:
        group.start_soon(_watch, cancelled, group.cancel_scope)
        try:
            with anyio.fail_after(PATIENCE) as scope:
                received = await _download(url, files, filename, max_bytes, scope)
        except Exception as error:  # noqa: BLE001 - raised below, by itself instead of in a group
            failure = error
        group.cancel_scope.cancel()
    if received is None:
        raise failure or UnreachableError(_UNWANTED)
    return received


async def _watch(cancelled: threading.Event, scope: anyio.CancelScope) -> None:
    """Cancel a download that is no longer wanted, even one that receives nothing."""
    while not cancelled.is_set():  # noqa: ASYNC110 - another thread sets it
        await anyio.sleep(_POLL)
    scope.cancel()


async def _download(url: str, files: Files, filename: str, max_bytes: int, scope: anyio.CancelScope) -> ReceivedFile:
    async with httpx.AsyncClient(timeout=_TIMEOUT, headers=_HEADERS) as client, _open(client, url) as response:
        if response.status_code != httpx.codes.OK:
            raise UnreachableError(f"{redact_url(url)} responded with {response.status_code}.")
        if (encoding := response.headers.get("content-encoding", "identity").strip().lower()) != "identity":
            raise UnreachableError(f"{redact_url(url)} is sent with the encoding {encoding!r}, which nobody asked for.")
        length = response.headers.get("content-length", "")
        declared = int(length) if length.isdecimal() else 0
        incoming = files.receive(filename, max_bytes)
        try:
            async for piece in response.aiter_raw(_DOWNLOAD_PIECE):
                incoming.write(piece)
                scope.deadline += len(piece) / _MIN_SPEED
                if incoming.too_large:
                    break
            return _finish(incoming, declared)
        except BaseException:
            incoming.discard()
            raise


@asynccontextmanager
async def _open(client: httpx.AsyncClient, url: str) -> AsyncIterator[httpx.Response]:
    """Request a URL and follow redirects, whose bodies nobody reads: they may have no end."""
    request = client.build_request("GET", url)
    for _ in range(_MAX_REDIRECTS + 1):
        if (request.url.port or 0) > _MAX_PORT:
            raise UnreachableError(f"Cannot fetch {redact_url(str(request.url))}: there is no port {request.url.port}.")
        response = await client.send(request, stream=True)
        try:
            if response.next_request is None:
                yield response
                return
            request = response.next_request
        finally:
            await response.aclose()
    raise UnreachableError(f"{redact_url(url)} redirects more than {_MAX_REDIRECTS} times.")


def copy(
    place: Opener, path: str, files: Files, filename: str, max_bytes: int, cancelled: threading.Event
) -> ReceivedFile:
    """Copy a video from an integration.

    Args:
        place: The integration.
        path: The path of the file there.
        files: The folders to put it in.
        filename: The name to give it.
        max_bytes: The maximum size, in bytes.
        cancelled: Set when the video is no longer wanted.

    Raises:
        UnreachableError: It cannot be read.
    """
    try:
        with place.open(path) as file:
            pieces = iter(lambda: file.read(_PIECE), b"")
            return _receive(pieces, files.receive(filename, max_bytes), cancelled)
    except Exception as error:
        # Each file system has errors of its own.
        if isinstance(error, UnreachableError) or is_shortage(error):
            raise
        raise UnreachableError(escape_name(f"Cannot read {filename}: {error}")) from error


def _receive(pieces: Iterator[bytes], incoming: Incoming, cancelled: threading.Event) -> ReceivedFile:
    try:
        for piece in pieces:
            if cancelled.is_set():
                raise UnreachableError(_UNWANTED)
            incoming.write(piece)
            if incoming.too_large:
                break
        return _finish(incoming)
    except BaseException:
        incoming.discard()
        raise


def _finish(incoming: Incoming, declared: int = 0) -> ReceivedFile:
    """Return what was received; if it is too large, with the size that was declared."""
    received = incoming.finish()
    return attrs.evolve(received, size=max(received.size, declared)) if received.too_large else received
