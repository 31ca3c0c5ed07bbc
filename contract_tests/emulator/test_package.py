"""The package itself: what it shows, and how it is divided."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import twelvelabs_emulator

ROOT = Path(twelvelabs_emulator.__file__).parent
MODULES = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")}
STATEMENTS = ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "BEGIN ")


def test_it_shows_what_is_public_and_nothing_else() -> None:
    shown = {name for name in dir(twelvelabs_emulator) if not name.startswith("__")}
    assert shown == set(twelvelabs_emulator.__all__)
    assert all(getattr(twelvelabs_emulator, name) for name in shown)


def test_no_two_classes_have_the_same_name() -> None:
    names = Counter(node.name for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


def test_only_the_store_knows_sql() -> None:
    with_sql = {
        path.parts[0]
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(STATEMENTS)
    }
    assert with_sql == {"store"}
