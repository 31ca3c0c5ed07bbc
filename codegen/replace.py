"""Try a package out before it takes the place of another, and exchange the two in one step."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["import_failures", "replace"]

AT_FDCWD = -100  # paths are relative to the working directory
RENAME_EXCHANGE = 2

IMPORT_EVERYTHING = """
import importlib, pathlib, sys
folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder.parent))
for path in sorted(folder.rglob("*.py")):
    parts = path.relative_to(folder.parent).with_suffix("").parts
    try:
        importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    except Exception as error:
        print(f"{path.relative_to(folder)}: {type(error).__name__}: {error}".replace(f"{folder.parent}/", ""))
"""


def import_failures(package: Path) -> list[str]:
    """Import each module of a package in a new process, and return which cannot be imported, and why."""
    # Isolated (-I), so that no other package of that name is found; -B leaves no compiled modules behind.
    command = [sys.executable, "-I", "-B", "-c", IMPORT_EVERYTHING, str(package)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    ended = [f"the process that imports it ended with {result.returncode}: {result.stderr.strip()}"]
    return result.stdout.splitlines() or (ended if result.returncode else [])


def replace(new: Path, target: Path) -> None:
    """Put a copy of a folder in the place of another, or where none is yet.

    Whoever looks meanwhile finds the old folder or the new one, whole. If it fails, the old one is there as before.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".{target.name}-*"):  # by a replacement that was killed
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:  # on the same disk
        copy = Path(folder) / target.name
        shutil.copytree(new, copy)
        if not target.exists():
            copy.rename(target)
        elif not _exchange(copy, target):
            old = copy.with_suffix(".old")
            target.rename(old)
            try:
                copy.rename(target)
            except OSError:
                old.rename(target)
                raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and return whether this system can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    status: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return status == 0
