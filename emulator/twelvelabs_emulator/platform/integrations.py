"""Integrations: places with videos to import, a folder or anything else that fsspec can list."""

from __future__ import annotations

import os
import stat
from typing import IO, Any, cast

import attrs
import fsspec
from fsspec.implementations.local import LocalFileSystem

__all__ = ["Integration", "RemoteFile", "UnlistableError", "escape_name"]


@attrs.frozen
class RemoteFile:
    """A file of an integration.

    Attributes:
        filename: Its name, relative to the place, with slashes; bytes that are not UTF-8 are written as `\\xff`.
        path: Its path below the place.
        size: Its size, in bytes, if that is known.
        fingerprint: A string that changes when the file does.
        is_named: Whether its name is valid Unicode. Other files cannot be identified by their names, and are not
            imported.
    """

    filename: str
    path: str
    size: int | None
    fingerprint: str
    is_named: bool = True


class UnlistableError(Exception):
    """A place cannot be listed; the message says why."""


class Integration:
    """A place that holds videos.

    Args:
        url: A folder, or a URL such as `s3://bucket/folder` for which fsspec has a file system.

    Raises:
        ValueError: fsspec has no file system for it.
        ImportError: The file system needs a package that is not installed.
    """

    def __init__(self, url: str) -> None:
        filesystem, path = fsspec.core.url_to_fs(url)
        self._filesystem: Any = filesystem
        self._root = path.rstrip("/")

    def files(self) -> list[RemoteFile]:
        """Return all files of the place and its folders, by name, except hidden ones.

        Raises:
            UnlistableError: It cannot be listed.
        """
        try:
            self._filesystem.invalidate_cache()
            if not self._filesystem.isdir(self._root):
                raise UnlistableError(f"{escape_name(self._root)} is not a folder.")
            found = self._filesystem.find(self._root, detail=True)
        except UnlistableError:
            raise
        except Exception as error:  # each file system has errors of its own
            raise UnlistableError(escape_name(f"{self._root} cannot be listed: {error}")) from error
        files = [self._file(path, entry) for path, entry in sorted(found.items())]
        return [file for file in files if not any(part.startswith(".") for part in file.filename.split("/"))]

    def open(self, file: RemoteFile | str) -> IO[bytes]:
        """Open a file, given by itself or by its path below the place, for reading.

        Raises:
            OSError: It cannot be opened.
        """
        path = file if isinstance(file, str) else file.path
        if not path.startswith(f"{self._root}/"):  # Earlier versions of the emulator remembered whole paths.
            path = f"{self._root}/{path}"
        if isinstance(self._filesystem, LocalFileSystem):
            return _open_regular(path)
        return cast("IO[bytes]", self._filesystem.open(path, "rb"))

    def _file(self, path: str, entry: dict[str, Any]) -> RemoteFile:
        names = ("size", "mtime" if "mtime" in entry else "created", "ETag", "LastModified", "updated", "md5Hash")
        marks = [entry.get(name) for name in names]
        fingerprint = ":".join(str(mark) for mark in marks if mark is not None)
        filename = path[len(self._root) :].lstrip("/")
        name = escape_name(filename)
        return RemoteFile(name, filename, entry.get("size"), fingerprint, name == filename)


def _open_regular(path: str) -> IO[bytes]:
    """Open a regular file of this machine: a pipe or a device might never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("It is not a regular file.")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def escape_name(name: str) -> str:
    """Return a name with bytes that are not UTF-8 escaped."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
