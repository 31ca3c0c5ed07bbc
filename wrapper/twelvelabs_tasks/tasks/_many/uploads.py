"""The inputs of a bulk creation: each a file or a URL, on its way to becoming a task."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from attrs import frozen

from ... import errors
from ...core._files import File, FileContent, SourceFile, check_regular
from ...core._outcomes import cannot_have_acted
from ...core._uploads import start_of
from ...types import TasksCreateResponse
from .._new_task import filename_of
from .ledger_file import resolve
from .records import Key

__all__ = ["BulkUpload", "Outcome", "uploads_of"]


@frozen
class Outcome:
    """How sending an input ended.

    Attributes:
        result: The task that the platform created, or what went wrong.
        is_known: Whether what went wrong says if there is a task. The failure of an executor does not.
        may_retry: Whether the platform certainly did nothing, and may do so when it is retried. Found out where it
            was sent, since the cause of an exception does not travel.
    """

    result: TasksCreateResponse | Exception
    is_known: bool = True
    may_retry: bool = False

    @classmethod
    def capture(cls, create: Callable[[], TasksCreateResponse]) -> Outcome:
        """Send an input and return how that ended."""
        try:
            return cls(create())
        except Exception as error:  # noqa: BLE001 - one failure never stops the others; the caller gets it as a result
            return cls.of_error(error)

    @classmethod
    def of_error(cls, error: Exception) -> Outcome:
        """Return how sending an input failed."""
        return cls(error, may_retry=cannot_have_acted(error))

    @property
    def is_failure(self) -> bool:
        """Whether there is certainly no task."""
        return (
            isinstance(self.result, Exception)
            and self.is_known
            and not isinstance(self.result, errors.CreateOutcomeUnknown)
        )


class BulkUpload:
    """One input of a bulk creation.

    Args:
        position: Its place among the inputs, counted from 0.
        given: The file, or the URL.
        is_url: Whether it is a URL.

    Attributes:
        size: The bytes of the file, 0 for a URL; `None` if that cannot be known.
        key: What the ledger knows it by, when it has been prepared.
        filename: The filename that its video will have, likewise.
        failures: How often no connection could be made to send it.
        refusals: How often the API refused it for now.
        given_up_at: When another process gives it up, if one sends it.
        losses: How often it was sent in this run and nobody knew how that ended.
    """

    def __init__(self, position: int, given: File, *, is_url: bool) -> None:
        self.position = position
        self.given = given
        self.is_url = is_url
        self.size: int | None = 0
        self.failures = 0
        self.refusals = 0
        self.losses = 0
        self.key = Key("", "")
        self.filename = ""
        self.given_up_at = datetime.max.replace(tzinfo=UTC)
        self._stream: IO[bytes] | None = None  # if it can be rewound
        self._start = 0

    def prepare(self, index_id: str, *, lasting: bool, only_paths: bool) -> None:
        """Find out what it is: its size, where it begins, and what the ledger knows it by.

        Args:
            index_id: The index of its task.
            lasting: Whether it must be recognised in a later run. If not, each input is an upload of its own.
            only_paths: Whether files must be given as paths.

        Raises:
            TypeError: It is not a `File`, or not given as a path where it must be.
            ValueError: It is the path of something else than a regular file.
            OSError: The file does not exist.
            Exception: What the caller's own file raises.
        """
        if self.is_url:
            self.filename = filename_of(str(self.given))
            self.key = Key(index_id, str(self.given))
        else:
            video = SourceFile.of(self.given, "video_file")
            self.filename = video.name
            self._prepare_file(index_id, video.content, only_paths=only_paths)
        if not lasting:
            self.key = Key(index_id, f"input {self.position}")

    def _prepare_file(self, index_id: str, content: FileContent, *, only_paths: bool) -> None:
        if isinstance(content, (str, os.PathLike)):
            path = resolve(os.fsdecode(content))
            check_regular(Path(path))
            status = Path(path).stat()
            self.size = status.st_size
            self.key = Key(index_id, path, f"{status.st_size} bytes, {status.st_mtime_ns} ns")
        elif only_paths:
            raise TypeError("video_files must be paths: with a ledger, or an executor that may use other processes")
        elif isinstance(content, bytes):
            self.size = len(content)
        else:
            self.size = self._measure(content)

    def _measure(self, stream: IO[bytes]) -> int | None:
        start = start_of(stream)
        if start is None:
            return None
        self._stream, self._start = stream, start
        return stream.seek(0, os.SEEK_END) - stream.seek(start)

    def rewind(self) -> bool:
        """Make it ready to be sent again; return whether that is possible."""
        if self.size is None:
            return False
        if self._stream is not None:
            try:
                self._stream.seek(self._start)
            except Exception:  # noqa: BLE001 - of the caller's own file
                return False
        return True


def uploads_of(video_files: Iterable[File] | None, video_urls: Iterable[str] | None) -> Iterator[BulkUpload]:
    """Return the inputs, first the files, then the URLs, taken from their iterables one by one.

    Raises:
        ValueError: Neither is given.
        TypeError: One file or one URL is given instead of several.
    """
    if video_files is None and video_urls is None:
        raise ValueError("video_files or video_urls must be given")
    for name, several in (("video_files", video_files), ("video_urls", video_urls)):
        if isinstance(several, (str, bytes, os.PathLike)) or hasattr(several, "read"):
            raise TypeError(f"{name} must be an iterable; use create for a single one")
    return _uploads_of(video_files or (), video_urls or ())


def _uploads_of(video_files: Iterable[File], video_urls: Iterable[str]) -> Iterator[BulkUpload]:
    position = 0
    for given, is_url in ((video_files, False), (video_urls, True)):
        for each in given:
            yield BulkUpload(position, each, is_url=is_url)
            position += 1
