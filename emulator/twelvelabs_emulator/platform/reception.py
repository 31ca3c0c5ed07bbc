"""How a video comes in that is not uploaded: from a URL, or from an integration."""

from __future__ import annotations

import posixpath
import threading
from collections.abc import Iterator
from typing import IO, Protocol
from urllib.parse import unquote, urlsplit

import attrs
import httpx

from .files import Files, Incoming, ReceivedFile
from .shortage import is_shortage

_PIECE = 2**20
_TIMEOUT = httpx.Timeout(20.0, connect=5.0)


class UnreachableError(Exception):
    """The video cannot be fetched; the message says why."""


class Opener(Protocol):
    """What opens a file by its path."""

    def open(self, file: str) -> IO[bytes]:
        """Open a file to read."""
        ...


def filename_of(url: str) -> str:
    """The filename of a video from its URL: the end of its path, or the host where there is none."""
    parts = urlsplit(url)
    return unquote(posixpath.basename(parts.path.rstrip("/"))) or parts.hostname or "video"


def fetch(url: str, files: Files, filename: str, max_bytes: int, cancelled: threading.Event) -> ReceivedFile:
    """Fetch a video from its URL. Only http and https are followed, redirects included.

    Args:
        url: The URL.
        files: Where to put it.
        filename: What to call it.
        max_bytes: How large it may be, in bytes; of a larger one nothing is kept, and no more is fetched.
        cancelled: Set when it is not wanted any more.

    Raises:
        UnreachableError: It cannot be fetched.
    """
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise UnreachableError(f"{url} was answered {response.status_code}.")
            length = response.headers.get("content-length", "")
            declared = int(length) if length.isdecimal() else 0
            return _receive(response.iter_bytes(_PIECE), files.receive(filename, max_bytes), declared, cancelled)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError, OSError) as error:
        if is_shortage(error):
            raise
        raise UnreachableError(f"Cannot fetch {url}: {error}") from error


def copy(
    place: Opener, path: str, files: Files, filename: str, max_bytes: int, cancelled: threading.Event
) -> ReceivedFile:
    """Copy a video from an integration.

    Args:
        place: The integration.
        path: The path of the file there.
        files: Where to put it.
        filename: What to call it.
        max_bytes: How large it may be, in bytes.
        cancelled: Set when it is not wanted any more.

    Raises:
        UnreachableError: It cannot be read.
    """
    try:
        with place.open(path) as file:
            pieces = iter(lambda: file.read(_PIECE), b"")
            return _receive(pieces, files.receive(filename, max_bytes), 0, cancelled)
    except Exception as error:
        # Each file system has errors of its own.
        if isinstance(error, UnreachableError) or is_shortage(error):
            raise
        raise UnreachableError(f"Cannot read {filename}: {error}") from error


def _receive(pieces: Iterator[bytes], incoming: Incoming, declared: int, cancelled: threading.Event) -> ReceivedFile:
    try:
        for piece in pieces:
            if cancelled.is_set():
                raise UnreachableError("It is not wanted any more.")
            incoming.write(piece)
            if incoming.too_large:
                break
        received = incoming.finish()
    except BaseException:
        incoming.discard()
        raise
    return attrs.evolve(received, size=max(received.size, declared)) if received.too_large else received
