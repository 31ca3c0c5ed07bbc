"""Choose mutants: those of a change, or of some modules."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence

from contract_tests.mutants.making import ROOT, Mutant, mutants_of
from contract_tests.mutants.project import git

__all__ = ["changed", "of_modules", "sample"]

SOURCES = ("wrapper", "emulator", "codegen/runtime")
HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def changed(base: str) -> list[Mutant]:
    """Return the mutants on the lines that differ from where this branch left another one."""
    origin = git("merge-base", base, "HEAD").strip()
    new = set(_python(git("ls-files", "--others", "--exclude-standard", "--", *SOURCES).splitlines()))
    found = []
    for path in sorted({*_python(git("diff", "--name-only", origin, "--", *SOURCES).splitlines()), *new}):
        hunks = HUNK.findall(git("diff", "-U0", origin, "--", path))
        lines = {line for start, count in hunks for line in range(int(start), int(start) + int(count or 1))}
        found += [mutant for mutant in mutants_of(path) if path in new or lines.intersection(mutant.lines)]
    return found


def of_modules(paths: Sequence[str]) -> list[Mutant]:
    """Return the mutants of modules, and of all modules in folders."""
    files: set[str] = set()
    for path in paths:
        root = ROOT / path
        if not root.exists():
            raise SystemExit(f"There is no {path}.")
        files.update(each.relative_to(ROOT).as_posix() for each in ([root] if root.is_file() else root.rglob("*.py")))
    return [mutant for file in sorted(files) for mutant in mutants_of(file)]


def sample(mutants: Sequence[Mutant], size: int | None, seed: int) -> list[Mutant]:
    """Return so many mutants, or all, in random order."""
    return random.Random(seed).sample(mutants, len(mutants))[:size]


def _python(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.endswith(".py") and (ROOT / name).is_file()]
