"""A small disk of its own, which can be filled to the last byte and freed again."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["Disk", "mount"]

PIECES = (2**20, 2**12, 1)


class Disk:
    """A file system of a few mebibytes.

    Args:
        path: Where it is mounted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    @property
    def free(self) -> int:
        """How much may still be written, in bytes."""
        return shutil.disk_usage(self.path).free

    def fill(self, *, leave: int = 0) -> None:
        """Fill it up.

        Args:
            leave: How much to leave free, in bytes.
        """
        with self._filler.open("ab", buffering=0) as file:
            for size in PIECES:
                while self.free - size >= leave and _write(file.fileno(), size):
                    pass

    def clear(self) -> None:
        """Free what was filled."""
        self._filler.unlink(missing_ok=True)


def _write(descriptor: int, size: int) -> bool:
    try:
        return os.write(descriptor, bytes(size)) == size
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False


@contextmanager
def mount(path: Path, mebibytes: int) -> Iterator[Disk]:
    """Mount a disk for a while, or skip the test where that is not permitted."""
    path.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(path)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("Only root can mount a disk.")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
