"""A generated package replaces the old one in one step, or not at all."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from codegen import replace as replacing
from codegen.replace import replace

pytestmark = pytest.mark.slow


def make_package(folder: Path, content: str) -> Path:
    folder.mkdir()
    (folder / "content").write_text(content)
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="two folders can be exchanged in one step on Linux only")
def test_a_package_is_there_at_every_moment_of_its_replacement(tmp_path: Path) -> None:
    new, target = make_package(tmp_path / "new", "new"), make_package(tmp_path / "target", "old")
    missing = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            if not target.is_dir():
                missing.append(target)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(300):
        replace(new, target)
    ended.set()
    watcher.join()
    assert missing == []
    assert (target / "content").read_text() == "new"


def test_a_system_that_cannot_exchange_folders_renames_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, target = make_package(tmp_path / "new", "new"), make_package(tmp_path / "target", "old")
    monkeypatch.setattr(replacing, "_exchange", lambda one, other: False)
    replace(new, target)
    assert (target / "content").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "target"]


def test_a_replacement_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, target = make_package(tmp_path / "new", "new"), make_package(tmp_path / "target", "old")

    def fail_for_the_new(path: Path, to: Path) -> Path:
        if to == target and path.name == "target":
            raise OSError("The disk is gone.")
        os.rename(path, to)  # noqa: PTH104 - that of Path is this function
        return to

    monkeypatch.setattr(replacing, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError, match="The disk is gone"):
        replace(new, target)
    assert (target / "content").read_text() == "old"
