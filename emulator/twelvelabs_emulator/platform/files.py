"""The files of a data folder: videos being received, videos received, and streams made of them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import IO

import attrs

from .store import DataFolderError

_FLUSH = 64 * 2**20
_ROOM = 2**20
"""How much space there is on a disk that is not called full, in bytes."""
_MARKER = ".twelvelabs-emulator"
_MARKER_TEXT = "The emulator of twelvelabs-tasks keeps its state in this folder, and removes files from it.\n"
_OWN = re.compile("[0-9a-f]{24}", re.ASCII)
"""What the emulator calls everything it puts into the folders below."""


@attrs.frozen
class ReceivedFile:
    """A file that has arrived whole, and is not anyone's yet."""

    path: Path
    filename: str
    size: int
    content_hash: str
    too_large: bool
    """Whether it was larger than allowed, in which case nothing of it was kept."""

    def discard(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)


class Files:
    """The folders below the data folder.

    Args:
        folder: The data folder; it is made if it is not there.

    Raises:
        DataFolderError: It cannot be written to, or it holds files and does not say that it is the emulator's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incoming = folder / "incoming"
        self.videos = folder / "videos"
        self.media = folder / "media"
        try:
            _claim(folder)
            for path in (self.incoming, self.videos, self.media):
                path.mkdir(exist_ok=True)
                if path.is_symlink():  # What it leads to is someone else's.
                    raise DataFolderError(
                        f"Cannot use the data folder {folder}: {path.name} is not a folder of its own."
                    )
            with tempfile.TemporaryFile(dir=self.incoming):
                pass
        except DataFolderError:
            raise
        except OSError as error:
            raise DataFolderError(f"Cannot use the data folder {folder}: {error.strerror}.") from error

    def video(self, task_id: str) -> Path:
        """Where the video of a task lies."""
        return self.videos / task_id

    def stream(self, task_id: str) -> Path:
        """Where the stream of a task lies."""
        return self.media / task_id

    def receive(self, filename: str, max_bytes: int) -> Incoming:
        """Begin to receive a file."""
        return Incoming(self.incoming / secrets.token_hex(12), filename, max_bytes)

    def keep(self, received: ReceivedFile, task_id: str) -> None:
        """Make a received file the video of a task, durably."""
        received.path.replace(self.video(task_id))
        _sync_folder(self.videos)

    def remove(self, task_id: str) -> None:
        """Remove everything of a task."""
        self.video(task_id).unlink(missing_ok=True)
        self.remove_stream(task_id)

    def remove_stream(self, task_id: str) -> None:
        """Remove the stream of a task, or what there is of it."""
        shutil.rmtree(self.stream(task_id), ignore_errors=True)

    def sweep(self, with_video: Collection[str], with_stream: Collection[str]) -> None:
        """Remove what no task claims, of what the emulator put there itself.

        Args:
            with_video: The tasks whose video is still needed.
            with_stream: The tasks whose stream is complete.
        """
        for path in _own(self.videos):
            if path.name not in with_video and path.is_file():
                path.unlink(missing_ok=True)
        for path in _own(self.media):
            if path.name not in with_stream:
                shutil.rmtree(path, ignore_errors=True)

    def has_room(self) -> bool:
        """Whether there is so much space on the disk that nothing fails for want of it."""
        return shutil.disk_usage(self.folder).free >= _ROOM

    def sweep_incoming(self) -> None:
        """Remove what was being received when an earlier process ended."""
        for path in _own(self.incoming):
            if path.is_file():
                path.unlink()


class Incoming:
    """A file that is being received.

    Args:
        path: Where it is written to.
        filename: What its sender calls it.
        max_bytes: How large it may be. Nothing is kept of a larger one, but its size is still counted.
    """

    def __init__(self, path: Path, filename: str, max_bytes: int) -> None:
        self._path = path
        self.filename = filename
        self._max_bytes = max_bytes
        self._file: IO[bytes] = path.open("wb", buffering=0)
        self._hash = hashlib.sha256()
        self._size = 0
        self._unflushed = 0

    @property
    def too_large(self) -> bool:
        """Whether it is larger than allowed already."""
        return self._size > self._max_bytes

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take in a piece, all of it.

        Raises:
            OSError: The disk has no room for it.
        """
        self._size += len(data)
        if self.too_large:
            self._path.unlink(missing_ok=True)
            return
        self._hash.update(data)
        rest = memoryview(data)
        while rest:  # What a disk has no room for any more is left out of a write, without an error.
            rest = rest[self._file.write(rest) :]
        self._unflushed += len(data)
        if self._unflushed >= _FLUSH:
            # Bit by bit, so that the end of a large file does not wait for all of it to reach the disk.
            os.fsync(self._file.fileno())
            self._unflushed = 0

    def finish(self) -> ReceivedFile:
        """Make what was received durable.

        Raises:
            OSError: The disk has no room for it.
        """
        if not self.too_large:
            os.fsync(self._file.fileno())
        self._file.close()
        return ReceivedFile(self._path, self.filename, self._size, self._hash.hexdigest(), self.too_large)

    def discard(self) -> None:
        """Remove what was received so far."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _claim(folder: Path) -> None:
    """Make a new or an empty folder the emulator's, durably.

    Raises:
        DataFolderError: There are files in it, and it is not the emulator's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / _MARKER
    if marker.is_file():
        return
    with os.scandir(folder) as entries:
        found = next(entries, None)
    if found and not marker.is_file():  # Another emulator may have put it there just now.
        raise DataFolderError(
            f"{folder} is not a data folder of the emulator: it holds {found.name!r} and no file {_MARKER!r}."
            " Name a new or an empty folder."
        )
    marker.write_text(_MARKER_TEXT, encoding="utf-8")
    _sync_folder(folder)


def _own(folder: Path) -> list[Path]:
    """What the emulator put into a folder; links are not followed, since it makes none."""
    return [path for path in folder.iterdir() if _OWN.fullmatch(path.name) and not path.is_symlink()]


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Elsewhere a folder cannot be opened.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
