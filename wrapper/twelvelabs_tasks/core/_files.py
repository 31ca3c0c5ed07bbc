"""The videos to upload: every form in which a file can be given."""

from __future__ import annotations

import inspect
import io
import mimetypes
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, TypeAlias

from attrs import frozen

from twelvelabs_tasks_api.operations import File as Part

from .. import errors
from ._headers import CONTROL, FRAMING_OF_A_PART, check_header, check_headers

if TYPE_CHECKING:
    from ..video import Fault

__all__ = ["File", "FileContent", "SourceFile", "check_regular", "check_video", "too_large_error"]

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


@frozen
class SourceFile:
    """A file to upload, in one form whatever the form it was given in.

    Attributes:
        content: Its content.
        name: Its filename.
        content_type: Its media type.
        headers: Further headers of its part of the form.
        parameter: The parameter that it was given as, for messages.
    """

    content: FileContent
    name: str
    content_type: str
    headers: Mapping[str, str]
    parameter: str

    @classmethod
    def of(cls, file: File, parameter: str) -> SourceFile:
        """Return the file in this form.

        Args:
            file: The file.
            parameter: The parameter that it was given as.

        Raises:
            TypeError: It is not a `File`.
            ValueError: Its name or its headers cannot be sent as they are.
        """
        name, content, content_type, headers = _parts(file, parameter)
        if not isinstance(content, (bytes, str, os.PathLike)) and not hasattr(content, "read"):
            raise TypeError(f"{parameter} must be a path, bytes or an open binary file, not {type(content).__name__}")
        name = name or _name_of(content)
        _check_name(name, parameter)
        content_type = _media_type_of(name) if content_type is None else content_type
        check_header("Content-Type", content_type)
        return cls(content, name, content_type, check_headers(headers, FRAMING_OF_A_PART), parameter)

    @property
    def part(self) -> Part:
        """The part of a form that stands for it."""
        return Part(self.name, self, self.content_type, self.headers)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file for reading; close it afterwards if it was given as a path or as bytes."""
        if isinstance(self.content, (str, os.PathLike)):
            path = Path(os.fsdecode(self.content))
            check_regular(path)
            with path.open("rb") as stream:
                yield stream
        elif isinstance(self.content, bytes):
            with io.BytesIO(self.content) as stream:
                yield stream
        elif getattr(self.content, "closed", False):
            raise ValueError(f"{self.parameter} is closed")
        elif isinstance(self.content, io.TextIOBase):
            raise self.not_binary_error("")
        else:
            yield self.content

    def may_stall(self) -> bool:
        """Whether reading may block for ever: it is not a regular file, as far as is known, nor in memory."""
        content = self.content
        if isinstance(content, (str, os.PathLike, bytes, io.BytesIO, tempfile.SpooledTemporaryFile)):
            return False
        content = getattr(content, "file", content)  # that of a `NamedTemporaryFile`
        if not isinstance(content, (io.BufferedReader, io.BufferedRandom, io.FileIO)):
            return True
        try:
            return not stat.S_ISREG(os.fstat(content.fileno()).st_mode)
        except (OSError, ValueError):
            return False  # reading it will say what is wrong

    def not_binary_error(self, piece: object) -> TypeError:
        """Return the exception for a `read` that does not return bytes."""
        if inspect.iscoroutine(piece):
            piece.close()
            return TypeError(
                f"{self.parameter}.read() is a coroutine: async files are not supported. "
                "For an UploadFile, pass file.file"
            )
        return TypeError(f"{self.parameter} must be opened in binary mode: open(path, 'rb')")


def check_regular(path: Path) -> None:
    """Raise ValueError for the path of something that may stall, such as a pipe: closing it could block for ever."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ValueError(f"{str(path)!r} is not a regular file. Open it and pass the stream, which is sent once.")


def _parts(file: File, parameter: str) -> tuple[str | None, FileContent, str | None, Mapping[str, str]]:
    match file:
        case (name, content):
            return name, content, None, {}
        case (name, content, content_type):
            return name, content, content_type, {}
        case (name, content, content_type, headers):
            return name, content, content_type, headers
        case tuple():
            raise TypeError(f"{parameter} must be (filename, content[, content_type[, headers]])")
        case content:
            return None, content, None, {}


def _check_name(name: str, parameter: str) -> None:
    """Raise ValueError unless a filename arrives as it is, which in forms is not sure for control characters."""
    if not isinstance(name, str):
        raise TypeError(f"the filename of {parameter} must be str, not {type(name).__name__}")
    if re.search(CONTROL, name) or SURROGATE.search(name):
        raise ValueError(
            f"invalid filename {name!r}: it contains control characters or is not valid Unicode. "
            f'Pass another name: {parameter}=("name.mp4", file)'
        )


SURROGATE = re.compile(r"[\ud800-\udfff]")


def _media_type_of(name: str) -> str:
    """Return the media type that a filename stands for. Only its end counts: whole, it might be taken for a URL."""
    return mimetypes.guess_type(f"file{PurePath(name).suffix}")[0] or "application/octet-stream"


def check_video(stream: IO[bytes], start: int | None) -> None:
    """Inspect a video as the API would.

    Args:
        stream: The file. It is left standing anywhere.
        start: Where what is to be sent begins, `None` if the file cannot be rewound.

    Raises:
        errors.BadRequestError: The API would refuse it; of the class that the API's refusal would have.
        ValueError: It cannot be inspected, because it is not positioned at its start or cannot be rewound.
        ImportError: PyAV is not installed.
    """
    if start != 0:
        raise ValueError("preflight needs a seekable file positioned at its start")
    from ..video import check  # here, because only who asks for it pays for it

    try:
        fault = check(stream, max_bytes=sys.maxsize)  # the size has been checked already
    except ImportError as error:
        raise ImportError("preflight needs PyAV: pip install 'twelvelabs-tasks[video]'") from error
    if fault is not None:
        raise _refusal(fault)


def too_large_error(size: int, max_bytes: int) -> errors.ApiError:
    """Return the exception for a file that is too large, in the API's words."""
    from ..video import check_size  # here, because it is rarely needed

    fault = check_size(size, max_bytes=max_bytes)
    assert fault is not None
    return _refusal(fault)


def _refusal(fault: Fault) -> errors.ApiError:
    return errors.BY_CODE[fault.code](fault.message, code=fault.code)


def _name_of(content: FileContent) -> str:
    """Return the last part of a file's path, or `upload` where there is none, as httpx does."""
    path = content if isinstance(content, (str, os.PathLike)) else getattr(content, "name", None)
    return PurePath(os.fsdecode(path)).name if isinstance(path, (str, os.PathLike)) else "upload"
