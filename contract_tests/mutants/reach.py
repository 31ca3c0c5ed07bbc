"""Which tests reach which function, as recorded once and kept in `.mutants/`.

A record by lines would be of no use after the next change of a module; functions keep their names. Test files that
have changed are recorded anew. Modules as such are reached by every test that reaches one of their functions.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageWarning

from contract_tests.mutants.making import ROOT
from contract_tests.mutants.project import Project

__all__ = ["Reach", "tested_path"]

FOLDERS = ("wrapper", "generated", "live", "emulator")  # of contract_tests/, where tests run the library
PACKAGES = ("generated/twelvelabs_tasks_api", "wrapper/twelvelabs_tasks", "emulator/twelvelabs_emulator")
# It is interrupted at moments that a measured run does not keep to, and would end the whole run.
UNMEASURED = (
    "contract_tests/emulator/test_faulty_files.py::test_an_interruption_that_comes_while_ffmpeg_works_is_not_lost"
)
# That `generated/` is not what is generated does not count: a fault must be found by what the code does.
COMPARING = "test_regeneration.py"
STAGE = re.compile(r" \((setup|call|teardown)\)$")
SETTINGS = """\
[run]
source =
    {packages}
parallel = true
patch = _exit
context = ${{PYTEST_CURRENT_TEST-}}
data_file = {data}
disable_warnings = no-data-collected, module-not-imported
"""


@attrs.define
class Reach:
    """The tests that reach each function.

    Attributes:
        files: The digest of each test file as it was recorded.
        seconds: How long each test takes that passes.
        tests: The tests by the path and the name of a function, joined by `:`; no name is the module.
    """

    files: dict[str, str] = attrs.field(factory=dict)
    seconds: dict[str, float] = attrs.field(factory=dict)
    tests: dict[str, list[str]] = attrs.field(factory=dict)

    @classmethod
    def up_to_date(cls, folder: Path, *, slow: bool, anew: bool) -> Reach:
        """Return the record that is kept, after recording what it lacks in a folder."""
        kept = ROOT / ".mutants" / f"reach{'-slow' if slow else ''}.json"
        reach = cls._read(kept) if kept.exists() and not anew else cls()
        files = {name: _digest(name) for name in _test_files()}
        stale = [name for name, digest in files.items() if reach.files.get(name) != digest]
        reach._forget({*stale, *(reach.files.keys() - files.keys())})
        if stale:
            print(f"recording what the tests of {len(stale)} files reach", flush=True)
            reach._record(folder, stale, slow=slow)
            reach.files = files
            reach._write(kept)
        return reach

    def of(self, path: str, function: str, most: float) -> dict[str, float]:
        """Return the tests that reach a function, fastest first, that take no longer than so many seconds together."""
        path = tested_path(path)
        names = self.tests.get(f"{path}:{function}")
        if names is None:  # a new function
            names = self.tests.get(f"{path}:", [])
        chosen: dict[str, float] = {}
        for name in sorted((name for name in names if name in self.seconds), key=lambda name: self.seconds[name]):
            most -= self.seconds[name]
            if most < 0 and chosen:
                break
            chosen[name] = self.seconds[name]
        return chosen

    @classmethod
    def _read(cls, kept: Path) -> Reach:
        record = json.loads(kept.read_text(encoding="utf-8"))
        names = [*record["seconds"]]
        tests = {function: [names[number] for number in numbers] for function, numbers in record["tests"].items()}
        return cls(record["files"], record["seconds"], tests)

    def _write(self, kept: Path) -> None:
        """Keep the record, with a number for each name of a test: they would fill a hundred megabytes."""
        numbers = {name: number for number, name in enumerate(self.seconds)}
        tests = {function: [numbers[name] for name in names] for function, names in self.tests.items()}
        kept.parent.mkdir(exist_ok=True)
        record = {"files": self.files, "seconds": self.seconds, "tests": tests}
        kept.write_text(json.dumps(record), encoding="utf-8")

    def _forget(self, files: set[str]) -> None:
        self.seconds = {name: each for name, each in self.seconds.items() if name.partition("::")[0] not in files}
        self.tests = {
            function: [name for name in names if name in self.seconds] for function, names in self.tests.items()
        }

    def _record(self, folder: Path, files: Sequence[str], *, slow: bool) -> None:
        project = Project(folder)
        data = folder / "data"
        data.mkdir()
        settings = folder / "coverage.ini"
        packages = "\n    ".join(str(project.path / each) for each in PACKAGES)
        settings.write_text(SETTINGS.format(packages=packages, data=data / "lines"), encoding="utf-8")
        seconds = folder / "seconds"
        options = ["-p", "contract_tests.mutants.recorder", "--numprocesses=2", f"--deselect={UNMEASURED}"]
        project.pytest(
            [*options, *([] if slow else ["-m", "not slow"]), *files],
            {"COVERAGE_PROCESS_START": str(settings), "REACH_DURATIONS": str(seconds)},
            None,
        )
        if not seconds.exists():
            raise SystemExit("The tests ended before their time, so what they reach is not known: run `make test`.")
        self.seconds |= json.loads(seconds.read_text(encoding="utf-8"))
        self.add(settings, project.path)

    def add(self, settings: Path, project: Path) -> None:
        """Add what coverage has measured in a copy of the project."""
        coverage = Coverage(config_file=str(settings))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CoverageWarning)  # programs that tests kill leave data that is cut off
            coverage.combine()
        data = coverage.get_data()
        reached = {name: set(tests) for name, tests in self.tests.items()}
        for file in data.measured_files():
            path = Path(file).relative_to(project).as_posix()
            for function, tests in _by_function(data, file).items():
                reached.setdefault(f"{path}:{function}", set()).update(tests)
        self.tests = {name: sorted(tests & self.seconds.keys()) for name, tests in reached.items()}


def tested_path(path: str) -> str:
    """Return the path of the module that runs: that of the generator's runtime is copied to `generated/`."""
    return path.replace("codegen/runtime/", "generated/twelvelabs_tasks_api/")


def _by_function(data: CoverageData, file: str) -> dict[str, set[str]]:
    """Return the tests that reach each function of a file, and those that reach any of them as those of `""`."""
    functions = dict(_functions(ast.parse(Path(file).read_text(encoding="utf-8")).body, ""))
    found: dict[str, set[str]] = {name: set() for name in functions.values()}
    for line, contexts in data.contexts_by_lineno(file).items():
        tests = {STAGE.sub("", context) for context in contexts}
        found.setdefault("", set()).update(tests)
        if line in functions:
            found.setdefault(functions[line], set()).update(tests)
    return found


def _functions(statements: Iterable[ast.stmt], outer: str) -> Iterable[tuple[int, str]]:
    """Yield each line of the body of a function, and the name of the innermost such function."""
    for each in statements:
        if isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{outer}.{each.name}" if outer else each.name
            if not isinstance(each, ast.ClassDef):
                yield from ((line, name) for line in range(each.body[0].lineno, (each.end_lineno or 0) + 1))
            yield from _functions(each.body, name)
        else:
            for part in ("body", "orelse", "handlers", "finalbody", "cases"):
                yield from _functions(getattr(each, part, []), outer)


def _test_files() -> list[str]:
    found = [path for folder in FOLDERS for path in (ROOT / "contract_tests" / folder).rglob("test_*.py")]
    return [path.relative_to(ROOT).as_posix() for path in sorted(found) if path.name != COMPARING]


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
