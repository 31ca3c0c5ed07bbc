"""Integrations: places that hold videos to import, a folder or anything else that fsspec can list."""

from __future__ import annotations

import os
import stat
from typing import IO, Any, cast

import attrs
import fsspec
from fsspec.implementations.local import LocalFileSystem


@attrs.frozen
class RemoteFile:
    """A file of an integration.

    Attributes:
        filename: Its name, relative to the place, with slashes; bytes that are not UTF-8 are written as ``\\xff``.
        path: Its name to the file system that holds it.
        size: Its size, in bytes, if that is known.
        fingerprint: What changes when the file does.
        is_named: Whether its name is text. One whose name is not cannot be told by it, and is not imported.
    """

    filename: str
    path: str
    size: int | None
    fingerprint: str
    is_named: bool = True


class UnlistableError(Exception):
    """A place that cannot be listed; the message says why."""


class Integration:
    """A place that holds videos.

    Args:
        url: A folder, or a URL such as ``s3://bucket/folder`` for which fsspec has a file system.

    Raises:
        ValueError: fsspec has none for it.
        ImportError: The one it has needs a package that is not installed.
    """

    def __init__(self, url: str) -> None:
        filesystem, path = fsspec.core.url_to_fs(url)
        self._filesystem: Any = filesystem
        self._root = path.rstrip("/")

    def files(self) -> list[RemoteFile]:
        """All files of the place and the folders in it, by name; hidden ones are left out.

        Raises:
            UnlistableError: It cannot be listed.
        """
        try:
            self._filesystem.invalidate_cache()
            if not self._filesystem.isdir(self._root):
                raise UnlistableError(f"{self._root} is not a folder.")
            found = self._filesystem.find(self._root, detail=True)
        except UnlistableError:
            raise
        except Exception as error:  # each file system has errors of its own
            raise UnlistableError(f"{self._root} cannot be listed: {error}") from error
        files = [self._file(path, entry) for path, entry in sorted(found.items())]
        return [file for file in files if not any(part.startswith(".") for part in file.filename.split("/"))]

    def open(self, file: RemoteFile | str) -> IO[bytes]:
        """Open a file to read, by itself or by its path.

        Raises:
            OSError: It cannot be opened.
        """
        path = file if isinstance(file, str) else file.path
        if isinstance(self._filesystem, LocalFileSystem):
            return _open_regular(path)
        return cast("IO[bytes]", self._filesystem.open(path, "rb"))

    def _file(self, path: str, entry: dict[str, Any]) -> RemoteFile:
        names = ("size", "mtime" if "mtime" in entry else "created", "ETag", "LastModified", "updated", "md5Hash")
        marks = [entry.get(name) for name in names]
        fingerprint = ":".join(str(mark) for mark in marks if mark is not None)
        filename = path[len(self._root) :].lstrip("/")
        return RemoteFile(_readable(filename), path, entry.get("size"), fingerprint, _readable(filename) == filename)


def _open_regular(path: str) -> IO[bytes]:
    """Open a file of this machine that ends: not a pipe, whose other end may never come, nor a device."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("It is not a regular file.")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _readable(name: str) -> str:
    """A name that is text: bytes in it that are not UTF-8 are written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
