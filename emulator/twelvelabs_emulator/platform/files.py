"""The files of a data folder: videos being received, videos received, and streams made of them."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import attrs

from ..store import DataFolderError

__all__ = ["Files", "Incoming", "ReceivedFile"]

_FLUSH = 64 * 2**20
_MIN_FREE = 2**20
"""How much space a disk has to have in order not to count as full, in bytes."""
_MARKER = ".twelvelabs-emulator"
_MARKER_TEXT = "The emulator of twelvelabs-tasks keeps its state in this folder, and removes files from it.\n"
_OWN = re.compile("[0-9a-f]{24}", re.ASCII)
"""The names of everything the emulator puts into the folders below."""


@attrs.frozen
class ReceivedFile:
    """A file that has arrived completely, and does not belong to a task yet.

    Attributes:
        path: Where it is.
        filename: The name its sender gave it.
        size: Its size, in bytes.
        content_hash: The SHA-256 of its content.
        too_large: Whether it was larger than allowed, in which case nothing of it was kept.
    """

    path: Path
    filename: str
    size: int
    content_hash: str
    too_large: bool

    def discard(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)


class Files:
    """The folders below the data folder.

    Args:
        folder: The data folder, created if it does not exist.

    Raises:
        DataFolderError: It cannot be written to, or it holds files but no marker of the emulator.
    """

    def __init__(self, folder: Path) -> None:
        folder = folder.absolute()
        self.folder = folder
        self.incoming = folder / "incoming"
        self.videos = folder / "videos"
        self.media = folder / "media"
        try:
            _claim(folder)
            for path in (self.incoming, self.videos, self.media):
                path.mkdir(exist_ok=True)
                if path.is_symlink():  # What it points to belongs to somebody else.
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
        """Return the path of the video of a task."""
        return self.videos / task_id

    def stream(self, task_id: str) -> Path:
        """Return the folder of the stream of a task."""
        return self.media / task_id

    def receive(self, filename: str, max_bytes: int) -> Incoming:
        """Begin to receive a file.

        Raises:
            DataFolderError: The data folder is gone.
        """
        with self._explain():
            return Incoming(self.incoming / secrets.token_hex(12), filename, max_bytes)

    def keep(self, received: ReceivedFile, task_id: str, *, streamed: bool) -> None:
        """Make a received file the video of a task, durably.

        Args:
            received: The file.
            task_id: The task.
            streamed: Whether a stream is to be made of it, which is about as large.

        Raises:
            DataFolderError: The data folder is gone.
            OSError: The disk has no room for what is to be made of the videos that are kept: it would stay full.
        """
        with self._explain():
            if shutil.disk_usage(self.folder).free < _MIN_FREE + streamed * (received.size + self._size_of_videos()):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            received.path.replace(self.video(task_id))
            _sync_folder(self.videos)

    def _size_of_videos(self) -> int:
        """Return the size of the videos that are still needed, in bytes."""
        size = 0
        for path in self.videos.iterdir():
            with suppress(FileNotFoundError):  # Its stream has just been made.
                size += path.stat().st_size
        return size

    def remove(self, task_id: str) -> None:
        """Remove everything of a task."""
        self.video(task_id).unlink(missing_ok=True)
        self.remove_stream(task_id)

    def remove_stream(self, task_id: str) -> None:
        """Remove the stream of a task, or the part of it that exists, but nothing that others have put there."""
        folder = self.stream(task_id)
        for part in (folder / "stream", folder / "thumbnails"):
            with suppress(OSError):  # Whatever is left is swept away at the next start.
                _remove_own(part, f"{task_id}.")
        if not folder.is_symlink():
            with suppress(OSError):  # It holds something else.
                folder.rmdir()

    def sweep(self, with_video: Collection[str], with_stream: Collection[str]) -> None:
        """Remove files of the emulator that no task needs.

        Args:
            with_video: The tasks whose video is still needed.
            with_stream: The tasks whose stream is complete.

        Raises:
            DataFolderError: The data folder is gone.
        """
        with self._explain():
            for path in _find_own(self.videos):
                if path.name not in with_video and path.is_file():
                    path.unlink(missing_ok=True)
            for path in _find_own(self.media):
                if path.name not in with_stream:
                    self.remove_stream(path.name)

    def has_room(self) -> bool:
        """Return whether the disk has enough space that nothing fails for the lack of it.

        Raises:
            DataFolderError: The data folder is gone.
        """
        with self._explain():
            return shutil.disk_usage(self.folder).free >= _MIN_FREE

    def sweep_incoming(self) -> None:
        """Remove files that were being received when an earlier process ended."""
        for path in _find_own(self.incoming):
            if path.is_file():
                path.unlink()

    @contextmanager
    def _explain(self) -> Iterator[None]:
        """Say so if something is not found because somebody has removed the data folder."""
        try:
            yield
        except FileNotFoundError as error:
            for path in (self.folder, self.incoming, self.videos, self.media):
                if not path.is_dir():
                    raise DataFolderError(f"The emulator needs {path}, which somebody has removed.") from error
            raise


class Incoming:
    """A file that is being received.

    Args:
        path: Where it is written to.
        filename: The name its sender gave it.
        max_bytes: The maximum size. Nothing is kept of a larger file, but its size is still counted.
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
        """Whether it is already larger than allowed."""
        return self._size > self._max_bytes

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write a piece, all of it.

        Raises:
            OSError: The disk has no room for it.
        """
        self._size += len(data)
        if self.too_large:
            self._path.unlink(missing_ok=True)
            return
        self._hash.update(data)
        rest = memoryview(data)
        while rest:  # A disk that becomes full writes only a part, without an error.
            rest = rest[self._file.write(rest) :]
        self._unflushed += len(data)
        if self._unflushed >= _FLUSH:
            # Step by step, so that the end of a large file does not have to wait until all of it reaches the disk.
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
        """Remove what has been received so far."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _claim(folder: Path) -> None:
    """Mark a new or an empty folder as the emulator's, durably.

    Raises:
        DataFolderError: It holds files, and does not belong to the emulator.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / _MARKER
    if _is_marker(marker):
        return
    with os.scandir(folder) as entries:
        found = next((entry for entry in entries if entry.name != _MARKER), None)
    if found and _is_marker(marker):  # Another emulator may have put it there just now.
        return
    if found or marker.is_symlink() or (marker.exists() and not marker.is_file()):
        what = f"{found.name!r} but no {_MARKER!r} that it wrote" if found else f"a {_MARKER!r} that is not a file"
        raise DataFolderError(
            f"{folder} is not a data folder of the emulator: it holds {what}. Choose a new or an empty folder."
        )
    marker.write_text(_MARKER_TEXT, encoding="utf-8")
    _sync_folder(folder)


def _is_marker(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return path.read_text(encoding="utf-8", errors="replace") == _MARKER_TEXT


def _remove_own(folder: Path, prefix: str) -> None:
    """Remove the files in a folder whose names have a prefix, and the folder if it is empty then."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(prefix) and path.is_file() and not path.is_symlink():
            path.unlink()
    folder.rmdir()


def _find_own(folder: Path) -> list[Path]:
    """Return what the emulator put into a folder, which is never a link."""
    return [path for path in folder.iterdir() if _OWN.fullmatch(path.name) and not path.is_symlink()]


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Other systems cannot open a folder.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
