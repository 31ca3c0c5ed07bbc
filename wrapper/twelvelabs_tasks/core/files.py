"""The videos to upload: every form in which a file can be given."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

__all__ = ["File", "FileContent", "VideoFile"]

FileContent: TypeAlias = IO[bytes] | bytes | str | os.PathLike[str]
"""The content of a file: an open binary file, the bytes themselves, or the path of a file."""

File: TypeAlias = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
"""A file to upload: its content, or `(filename, content)`, `(filename, content, content_type)` or
`(filename, content, content_type, headers)`.

A path is opened and closed by the library. An open file is sent from its present position and stays open."""


@dataclass(frozen=True)
class VideoFile:
    """A file to upload, in one form whatever the form it was given in."""

    content: FileContent
    name: str
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: File) -> VideoFile:
        """Return the file in this form; raise TypeError if it is not a `File`."""
        name, content, content_type, headers = _parts(file)
        if not isinstance(content, (bytes, str, os.PathLike)) and not hasattr(content, "read"):
            raise TypeError(f"video_file must be a path, bytes or an open binary file, not {type(content).__name__}")
        return cls(content, name or _name_of(content), content_type, headers)

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open the file for reading; close it afterwards if it was given as a path or as bytes."""
        if isinstance(self.content, (str, os.PathLike)):
            with Path(self.content).open("rb") as stream:
                yield stream
        elif isinstance(self.content, bytes):
            with io.BytesIO(self.content) as stream:
                yield stream
        elif self.content.closed:
            raise ValueError("video_file is closed")
        elif not isinstance(self.content.read(0), bytes):
            raise TypeError("video_file must be opened in binary mode: open(path, 'rb')")
        else:
            yield self.content


def _parts(file: File) -> tuple[str | None, FileContent, str | None, Mapping[str, str]]:
    match file:
        case (name, content):
            return name, content, None, {}
        case (name, content, content_type):
            return name, content, content_type, {}
        case (name, content, content_type, headers):
            return name, content, content_type, headers
        case tuple():
            raise TypeError("video_file must be (filename, content[, content_type[, headers]])")
        case content:
            return None, content, None, {}


def _name_of(content: FileContent) -> str:
    """Return the last part of a file's path, or `upload` where there is none, as httpx does."""
    path = content if isinstance(content, (str, os.PathLike)) else getattr(content, "name", None)
    return Path(path).name if isinstance(path, (str, os.PathLike)) else "upload"
